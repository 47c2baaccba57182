"""Looking for an answer, and confirming that there is none: check, notice, time, a second person."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import not_in_the_future
from tracker.actions._clocks import lock, settle
from tracker.actions._silent import confirm_silences, must_be_silent, person_behind
from tracker.actions._visibility import public_ids
from tracker.actions._writing import (
    New,
    Writing,
    record,
    unique_ref,
)
from tracker.deadlines import last_day
from tracker.ledger import Actor
from tracker.models import Addressee, Check, Silence
from tracker.queries.days import register_day
from tracker.spans import day
from tracker.statuses import TIME_TO_REPLY
from tracker.vocabulary import Clock, Finding


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
    user = person_behind(by)
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
    must_be_silent({rows[check.addressee_id]: check.checked_on for check in checks})
    record([New(silence) for silence in silences], Writing(by, at))
    return silences


@transaction.atomic
def second_silences(*, silences: Sequence[Silence], by: Actor, at: datetime) -> None:
    """A second person agrees: the silences are published, and their addressees are shown as ignored.

    Raises ValidationError for the person who proposed it, before the body's time is over, and where an answer
    has come in meanwhile, be it a draft.
    """
    confirm_silences(silences=silences, by=by, at=at)
