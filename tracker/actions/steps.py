"""Recording what staff did to get an answer: letters, reminders, requests for information."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import not_in_the_future
from tracker.actions._writing import New, Writing, record, unique_ref
from tracker.ledger import Actor
from tracker.models import Addressee, Step
from tracker.queries.days import register_day
from tracker.vocabulary import StepKind


@transaction.atomic
def record_steps(
    *,
    addressees: Sequence[Addressee],
    kind: StepKind,
    taken_on: date,
    summary: str,
    url: str = "",
    letter: str = "",
    by: Actor,
    at: datetime,
) -> list[Step]:
    """Enter one step that was taken about some addressees, as drafts: for staff only until published.

    A step is no answer and no check: no clock and no status moves by it.
    """
    if not summary.strip():
        raise ValidationError({"summary": ["Say what was done."]})
    not_in_the_future("taken_on", taken_on, register_day(at))
    steps = [
        Step(
            ref=unique_ref(Step, f"{each.ref}/{kind}-{taken_on}"),
            addressee=each,
            kind=kind,
            taken_on=taken_on,
            summary=summary.strip(),
            url=url,
            letter=letter,
        )
        for each in addressees
    ]
    record([New(step) for step in steps], Writing(by, at))
    return steps
