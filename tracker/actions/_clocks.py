"""What follows for the two clocks when anything about an addressee changes. Private to `tracker.actions`."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tracker.actions import _rows
from tracker.actions._writing import Change, Writing, change
from tracker.deadlines import extended
from tracker.models import Addressee, Body, Recommendation, Report
from tracker.queries.by_id import public_among, rows_by_id
from tracker.queries.days import register_day
from tracker.queries.drafts import held_clocks
from tracker.queries.facts import PublicRecord, public_records
from tracker.statuses import current_answer, is_delivered
from tracker.vocabulary import Clock, EventKind

ONE_DAY = timedelta(days=1)


def lock(addressees: Iterable[Addressee]) -> list[Addressee]:
    """Lock addressees until the transaction ends, in one order, and read them anew.

    The sweep and the clerk who records an answer lock the same rows: nobody is flagged after answering.
    """
    ids = [addressee.pk for addressee in addressees]
    rows = list(Addressee.objects.select_for_update().filter(pk__any_of=ids).order_by("pk"))
    _read_shared(rows)
    return rows


def _read_shared(rows: Sequence[Addressee]) -> None:
    """The recommendation, its report and the body of each: what many of them share is read once."""
    asks = rows_by_id(Recommendation, {row.recommendation_id for row in rows})
    reports = rows_by_id(Report, {ask.report_id for ask in asks.values()})
    bodies = rows_by_id(Body, {row.body_id for row in rows})
    for ask in asks.values():
        ask.report = reports[ask.report_id]
    for row in rows:
        row.recommendation, row.body = asks[row.recommendation_id], bodies[row.body_id]


def settle(addressee_ids: Collection[int], writing: Writing) -> None:
    """Bring the clocks of addressees into line with all that is on record, with a line for each change.

    1. The deadlines in force follow the public extensions; the first dates stand.
    2. A miss is retracted where an answer given in time, or a later deadline, has come to light, or there was none; a
       broken promise too where none was made.
    3. A confirmed silence is retracted where the check it stands on was wrong, or a later one found an answer.
    4. The sweep is told when to look next: not at all while a draft holds it back.
    """
    if not addressee_ids:
        return
    addressees, public = _locked(addressee_ids)
    # Nobody is late in answering what nobody can see: drafts are settled when they are published.
    records = public_records([addressee for addressee in addressees if addressee.pk in public])
    held = held_clocks(records)
    on = register_day(writing.at)
    _move_deadlines(records, on, public, writing)
    _retract_misses(records, public, writing)
    _retract_silences(records, writing)
    moved = []
    for addressee in addressees:
        record = records.get(addressee.pk)
        answer = _answer_sweep_on(record) if record and addressee.pk not in held[Clock.ANSWER] else None
        promise = _promise_sweep_on(record, on) if record and addressee.pk not in held[Clock.ACT] else None
        if (answer, promise) != (addressee.answer_sweep_on, addressee.promise_sweep_on):
            addressee.answer_sweep_on, addressee.promise_sweep_on = answer, promise
            moved.append(addressee)
    _rows.update(Addressee, moved, ["answer_sweep_on", "promise_sweep_on"])


def _locked(addressee_ids: Collection[int]) -> tuple[list[Addressee], set[int]]:
    """Lock addressees. Those that there is anything to settle of, and the ids of those that are public.

    Of a draft there is not, unless it was public and the sweep still looks at it: a list of drafts is not even read.
    """
    locked = Addressee.objects.select_for_update(of=("self",)).filter(pk__any_of=addressee_ids).order_by("pk")
    ids = [*locked.values_list("pk", flat=True)]
    public = public_among({Addressee: set(ids)})[Addressee]
    swept = Q(answer_sweep_on__isnull=False) | Q(promise_sweep_on__isnull=False)
    rows = list(Addressee.objects.filter(swept | Q(pk__any_of=public), pk__any_of=ids).order_by("pk"))
    _read_shared(rows)
    return rows, public


def _move_deadlines(records: dict[int, PublicRecord], on: date, public: set[int], writing: Writing) -> None:
    """Step 1."""
    changes = []
    for record in records.values():
        addressee = record.addressee
        values: dict[str, Any] = {}
        for clock, field, first in (
            (Clock.ANSWER, "answer_due_on", addressee.first_answer_due_on),
            (Clock.ACT, "act_by", addressee.first_act_by),
        ):
            due = extended(first, record.grants(clock), on) if first else None
            if due != getattr(addressee, field):
                values[field] = due
        if values:
            changes.append(Change(addressee, values))
    change(changes, writing, kind=EventKind.DEADLINE_MOVED, occurred_on=on, public=public)


def _retract_misses(records: dict[int, PublicRecord], public: set[int], writing: Writing) -> None:
    """Step 2. Private, unless the miss was made public by a check."""
    answers, promises, told = [], [], set()
    for record in records.values():
        addressee = record.addressee
        missed = addressee.answer_missed_on
        if missed and (_answered_by(record, missed) or _not_due_by(addressee.answer_due_on, missed)):
            answers.append(Change(addressee, {"answer_missed_on": None}))
        promised = addressee.promise_missed_on
        if promised and (
            _delivered_by(record, promised)
            or _not_due_by(addressee.act_by, promised)
            or not record.is_promised(promised)
        ):
            promises.append(Change(addressee, {"promise_missed_on": None}))
        if any(record.nothing_found_on(clock) for clock in Clock):
            told.add(addressee.pk)
    for changes, kind in (
        (answers, EventKind.DEADLINE_MISS_RETRACTED),
        (promises, EventKind.PROMISE_MISS_RETRACTED),
    ):
        change(
            changes,
            writing,
            kind=kind,
            occurred_on=register_day(writing.at),
            public=public & told,
        )


def _not_due_by(due: date | None, day: date) -> bool:
    """There is no deadline, or a later one: nothing was missed by that day."""
    return due is None or due > day


def _answered_by(record: PublicRecord, missed: date) -> bool:
    """An answer on record was, or may have been, given by the deadline."""
    return current_answer(record.answer_facts(), missed) is not None


def _delivered_by(record: PublicRecord, missed: date) -> bool:
    return is_delivered(record.assessment_facts(), missed)


def _retract_silences(records: dict[int, PublicRecord], writing: Writing) -> None:
    """Step 3."""
    wrong = [
        silence
        for record in records.values()
        for silence in record.silences
        if _answered_by(record, silence.found_by.checked_on)
        or _not_due_by(record.addressee.answer_due_on, silence.found_by.checked_on - ONE_DAY)
        or record.found_since(silence.found_by.checked_on)
    ]
    change(
        [Change(silence, {"withdrawn_at": writing.at}) for silence in wrong],
        writing,
        kind=EventKind.SILENCE_RETRACTED,
        occurred_on=register_day(writing.at),
        public={silence.pk for silence in wrong},
        reason="An earlier answer, a later deadline, or a check that found an answer has come to light.",
    )
    for record in records.values():
        record.silences = [silence for silence in record.silences if silence not in wrong]


def _answer_sweep_on(record: PublicRecord) -> date | None:
    """The first day on which an answer that has not come is late; None where nothing is to be recorded."""
    due = record.addressee.answer_due_on
    if due is None or due == record.addressee.answer_missed_on:
        return None
    if any(not answer.holding for answer in record.answers):
        return None
    return due + ONE_DAY


def _promise_sweep_on(record: PublicRecord, on: date) -> date | None:
    """The first day on which a promise that is not kept is late; None where nothing is to be recorded."""
    due = record.addressee.act_by
    if due is None or due == record.addressee.promise_missed_on:
        return None
    if is_delivered(record.assessment_facts(), on):
        return None
    return due + ONE_DAY if record.is_promised(on) else None
