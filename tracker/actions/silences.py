"""Looking for an answer, and confirming that there is none: check, notice, time, a second person."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import not_in_the_future
from tracker.actions._clocks import is_held, lock, settle
from tracker.actions._visibility import public_ids
from tracker.actions._writing import (
    Change,
    New,
    Writing,
    change,
    record,
    told,
    unique_ref,
)
from tracker.deadlines import Period, last_day
from tracker.ledger import Actor, line_about
from tracker.models import Addressee, Check, Silence, User
from tracker.queries.days import register_day
from tracker.queries.facts import public_records
from tracker.spans import day
from tracker.statuses import status_on
from tracker.vocabulary import Clock, Counting, DeadlineUnit, EventKind, Finding, Status

# What the body is given after it was told what would be published, counted from the day after.
TIME_TO_REPLY = Period(10, DeadlineUnit.WORKING_DAYS, Counting.EXCLUSIVE)


@transaction.atomic
def record_checks(
    *,
    addressees: Sequence[Addressee],
    clock: Clock,
    checked_on: date,
    where_looked: str,
    finding: Finding,
    note: str = "",
    by: Actor,
    at: datetime,
) -> list[Check]:
    """Enter that somebody looked for an answer or a delivery, and what was found, as drafts."""
    if not where_looked.strip():
        raise ValidationError({"where_looked": ["Say where you looked."]})
    not_in_the_future("checked_on", checked_on, register_day(at))
    rows = lock(addressees)
    checks = [
        Check(
            ref=unique_ref(Check, f"{row.ref}/{clock}-checked-{checked_on}"),
            addressee=row,
            clock=clock,
            checked_on=checked_on,
            where_looked=where_looked,
            finding=finding,
            note=note,
        )
        for row in rows
    ]
    writing = Writing(by, at)
    record([New(check) for check in checks], writing)
    settle([row.pk for row in rows], writing)
    return checks


@transaction.atomic
def propose_silences(
    *,
    checks: Sequence[Check],
    told_on: date,
    told_how: str,
    by: Actor,
    at: datetime,
    answer_by: date | None = None,
) -> list[Silence]:
    """Say that the bodies were told that their silence would be confirmed, and until when they may answer.

    Each stands on a public check that found no answer, to an addressee that is overdue. Without `answer_by`
    they have ten working days from the day after they were told.
    """
    user = _person(by)
    not_in_the_future("told_on", told_on, register_day(at))
    until = last_day(TIME_TO_REPLY, day(told_on))
    if answer_by is not None and answer_by < until:
        raise ValidationError({"answer_by": [f"Give at least ten working days: to {until.isoformat()}."]})
    seen = public_ids(checks)
    rows = {row.pk: row for row in lock([check.addressee for check in checks])}
    silences = []
    for check in checks:
        if check.finding != Finding.NOTHING or check.clock != Clock.ANSWER or check.pk not in seen:
            raise ValidationError({"checks": ["A silence stands on a published check that found no answer."]})
        if told_on < check.checked_on:
            raise ValidationError({"told_on": ["Check first, then tell the body."]})
        _must_be_silent(rows[check.addressee_id], check.checked_on)
        silences.append(
            Silence(
                ref=unique_ref(Silence, f"{check.ref}/silence"),
                addressee=rows[check.addressee_id],
                found_by=check,
                told_on=told_on,
                told_how=told_how,
                answer_by=answer_by or until,
                proposed_by=user,
            )
        )
    record([New(silence) for silence in silences], Writing(by, at))
    return silences


@transaction.atomic
def second_silences(*, silences: Sequence[Silence], by: Actor, at: datetime) -> None:
    """A second person agrees: the silences are published, and their addressees are shown as ignored.

    Raises ValidationError for the person who proposed it, before the body's time is over, and where an answer
    has come in meanwhile, be it a draft.
    """
    user = _person(by)
    today = register_day(at)
    rows = {row.pk: row for row in lock([silence.addressee for silence in silences])}
    for silence in silences:
        if silence.proposed_by_id == user.pk:
            raise ValidationError(
                {"seconded_by": ["Another person than the one who proposed it must agree."]}
            )
        if not silence.is_draft:
            raise ValidationError({"silences": ["This silence is no longer waiting for a second person."]})
        if today <= silence.answer_by:
            raise ValidationError(
                {
                    "answer_by": [
                        f"The body has until {silence.answer_by.isoformat()}: wait for that day to end."
                    ]
                }
            )
        _must_be_silent(rows[silence.addressee_id], today)
    writing = Writing(by, at)
    # The proposal is told in private; what the public sees is one full line for each.
    change(
        [Change(silence, {"seconded_by": user, "published_at": at}) for silence in silences],
        writing,
        kind=EventKind.SILENCE_CONFIRMED,
        occurred_on=today,
        public=set(),
    )
    writing.append(
        [
            line_about(
                silence,
                EventKind.SILENCE_CONFIRMED,
                occurred_on=silence.found_by.checked_on,
                is_public=True,
                **told(silence),
            )
            for silence in silences
        ]
    )
    settle(rows, writing)


def _person(by: Actor) -> User:
    """The account behind an action that a person answers for."""
    if by.user is None:
        raise ValidationError("A person must confirm a silence: no rule does it by itself.")
    return by.user


def _must_be_silent(addressee: Addressee, on: date) -> None:
    """Raises ValidationError unless the addressee is overdue on a day, with no draft that might answer."""
    record_now = public_records([addressee])[addressee.pk]
    if status_on(record_now.facts(), on) not in (Status.OVERDUE, Status.IGNORED):
        raise ValidationError(
            {
                "addressee": [
                    f"{addressee} is not overdue on {on.isoformat()}: its silence cannot be confirmed."
                ]
            }
        )
    if is_held(addressee):
        raise ValidationError(
            {
                "addressee": [
                    f"A draft answer or extension to {addressee} waits: publish or withdraw it first."
                ]
            }
        )
