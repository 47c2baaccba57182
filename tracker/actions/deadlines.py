"""Setting, confirming and moving deadlines, and recording once that one was missed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tracker.actions._checked import dates_fit, needs_source, no_deadline_before_the_ask
from tracker.actions._clocks import lock, settle
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, New, Writing, change, record, unique_ref
from tracker.deadlines import confirm
from tracker.ledger import Actor, Line
from tracker.models import Addressee, Extension
from tracker.queries.days import register_day
from tracker.queries.deadlines import suggested_answer_due
from tracker.vocabulary import Clock, EventKind, Noun, Strength

# One short transaction each: a clerk who saves meanwhile waits for no more than one batch.
SWEEP_BATCH = 200


@transaction.atomic
def set_deadlines(
    *,
    addressees: Sequence[Addressee],
    clock: Clock,
    on: date,
    basis: str,
    strength: Strength,
    by: Actor,
    at: datetime,
) -> None:
    """Set the first date of a clock, with the sentence by which it can be checked.

    Raises ValidationError where one is set already (a moved date is an extension, a wrong one is corrected),
    for a date before the ask, without a basis, and for a day to answer that nothing sets (strength none).
    """
    if not basis.strip():
        raise ValidationError({"basis": ["Say how the date follows: rule, count, source."]})
    if clock == Clock.ANSWER and strength == Strength.NONE:
        raise ValidationError(
            {"strength": ["A day that nothing sets makes nobody late: say how strong it is."]}
        )
    rows = _with_recommendation(lock(addressees))
    first = "first_answer_due_on" if clock == Clock.ANSWER else "first_act_by"
    for row in rows:
        if getattr(row, first) is not None:
            raise ValidationError({"on": [f"{row} has a date already: extend it, or correct the first one."]})
        no_deadline_before_the_ask("on", on, row.recommendation)
    values = (
        {
            "answer_due_on": on,
            first: on,
            "answer_due_basis": basis,
            "answer_due_strength": strength.value,
        }
        if clock == Clock.ANSWER
        else {"act_by": on, first: on, "act_by_basis": basis}
    )
    writing = Writing(by, at)
    change(
        [Change(row, values) for row in rows],
        writing,
        kind=EventKind.DEADLINE_SET,
        occurred_on=register_day(at),
        public=public_ids(rows),
    )
    settle([row.pk for row in rows], writing)


@transaction.atomic
def confirm_deadlines(
    *, addressees: Sequence[Addressee], by: Actor, at: datetime, on: date | None = None
) -> None:
    """A person confirms the time to answer that the rules suggest, or names a later day.

    Raises ValidationError where the rules suggest no day, and for an earlier one: such a day is set with a basis of its
    own (`set_deadlines`), for this one says that the rule gives it.
    """
    rows = _with_recommendation(lock(addressees))
    changes = []
    for row in rows:
        if row.first_answer_due_on is not None:
            raise ValidationError({"addressees": [f"{row} has a confirmed time to answer already."]})
        suggested = suggested_answer_due(row.recommendation)
        if suggested.on is None:
            raise ValidationError(
                {"on": [f"No rule suggests a day for {row}: set the time to answer, with its own basis."]}
            )
        if on is not None and on < suggested.on:
            raise ValidationError(
                {
                    "on": [
                        f"The rule gives {row} until {suggested.on.isoformat()}: set less with its own basis."
                    ]
                }
            )
        due = confirm(suggested, on=on)
        changes.append(
            Change(
                row,
                {
                    "answer_due_on": due.on,
                    "first_answer_due_on": due.on,
                    "answer_due_basis": due.basis,
                    "answer_due_strength": due.strength.value,
                },
            )
        )
    writing = Writing(by, at)
    change(
        changes,
        writing,
        kind=EventKind.DEADLINE_SET,
        occurred_on=register_day(at),
        public=public_ids(rows),
    )
    settle([row.pk for row in rows], writing)


def _with_recommendation(rows: Sequence[Addressee]) -> list[Addressee]:
    """The same rows, with what their deadlines depend on."""
    related = (
        "recommendation__report__regime__source",
        "recommendation__answer_regime__source",
        "body",
    )
    return list(
        Addressee.objects.filter(pk__any_of=[row.pk for row in rows]).select_related(*related).order_by("pk")
    )


@transaction.atomic
def extend_deadlines(*, extensions: Sequence[Extension], by: Actor, at: datetime) -> list[Extension]:
    """Enter moved dates, as drafts that hold back the clock. Publishing one moves the date in force.

    Raises ValidationError without a source, for a clock with no date, for a day that is no move, or one before the ask,
    and for an old day that the clock never had.
    """
    addressees = {row.pk: row for row in _with_recommendation(lock([e.addressee for e in extensions]))}
    for extension in extensions:
        needs_source(extension.source, "extension")
        addressee = addressees[extension.addressee_id]
        in_force = addressee.answer_due_on if extension.clock == Clock.ANSWER else addressee.act_by
        if in_force is None:
            raise ValidationError({"clock": [f"{addressee} has no date that could be moved: set one first."]})
        if extension.old_on is None:
            extension.old_on = in_force
        _had(addressee, extension, [e for e in extensions if e.addressee_id == addressee.pk])
        dates_fit(extension, register_day(at))
        extension.ref = extension.ref or unique_ref(
            Extension, f"{addressee.ref}/{extension.clock}-until-{extension.until_on}"
        )
    writing = Writing(by, at)
    record([New(extension) for extension in extensions], writing)
    settle(addressees, writing)
    return list(extensions)


def _had(addressee: Addressee, extension: Extension, entered_with: Sequence[Extension]) -> None:
    """Raises ValidationError unless the day that an extension moves is, or was, a day of its clock."""
    on_record = Extension.objects.filter(addressee=addressee.pk, withdrawn_at=None)
    had: set[date | None] = {
        each.until_on for each in [*on_record, *entered_with] if each.clock == extension.clock
    }
    had |= (
        {addressee.answer_due_on, addressee.first_answer_due_on}
        if extension.clock == Clock.ANSWER
        else {addressee.act_by, addressee.first_act_by}
    )
    if extension.old_on not in had:
        days = ", ".join(sorted(each.isoformat() for each in had if each and each != extension.until_on))
        raise ValidationError(
            {"old_on": [f"{addressee} was never due on {extension.old_on.isoformat()}, but on: {days}."]}
        )


def record_missed_deadlines(*, on: date, by: Actor, at: datetime) -> int:
    """Record once each deadline that has passed by the day `on` with nothing on record; how many were new.

    Both clocks, in batches, each its own short transaction. An addressee whom a clerk is answering is locked:
    it is passed over and looked at again next time. The line is dated the day after the deadline, however late
    the sweep runs; it is private until somebody has checked. Safe to run twice, late, and several at once: the
    update of one row decides.
    """
    return sum(
        _sweep(column, kind, on, by, at)
        for column, kind in (
            ("answer", EventKind.DEADLINE_MISSED),
            ("promise", EventKind.PROMISE_MISSED),
        )
    )


_DUE_COLUMN = {"answer": "answer_due_on", "promise": "act_by"}


def _sweep(clock: str, kind: EventKind, on: date, by: Actor, at: datetime) -> int:
    """All batches of one clock."""
    done = 0
    while batch := _sweep_batch(clock, kind, on, by, at):
        done += batch
    return done


@transaction.atomic
def _sweep_batch(clock: str, kind: EventKind, on: date, by: Actor, at: datetime) -> int:
    """One batch of one clock: the rows and their lines. The conditions all stand on the row that is locked."""
    due = _DUE_COLUMN[clock]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE tracker_addressee a
            SET {clock}_missed_on = a.{due}, {clock}_sweep_on = NULL, updated_at = %s
            FROM (
                SELECT id FROM tracker_addressee
                WHERE {clock}_sweep_on <= %s
                ORDER BY {clock}_sweep_on, id
                LIMIT %s
                FOR UPDATE SKIP LOCKED
            ) AS newly
            WHERE a.id = newly.id
            RETURNING a.id, a.ref, a.{clock}_missed_on
            """,
            [at, on, SWEEP_BATCH],
        )
        missed = cursor.fetchall()
    Writing(by, at).append(
        [
            Line(
                kind=kind,
                subject_type=Noun.ADDRESSEE,
                subject_id=pk,
                subject_ref=ref,
                occurred_on=due_on + timedelta(days=1),
                is_public=False,
                staff_after={f"{clock}_missed_on": due_on},
            )
            for pk, ref, due_on in missed
        ]
    )
    return len(missed)
