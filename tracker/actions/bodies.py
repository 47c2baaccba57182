"""Ending and merging bodies: history stays as it was, open addressees gain a duty-holder."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._handing_over import hand_back, hand_over
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change, reasoned
from tracker.ledger import Actor
from tracker.models import Addressee, Body
from tracker.queries.days import register_day
from tracker.queries.outcomes import held_open_by
from tracker.vocabulary import EventKind, Noun, Step, fact_event


@transaction.atomic
def end_bodies(
    *,
    bodies: Sequence[Body],
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
    successor: Body | None = None,
) -> None:
    """End bodies on a day; with a successor, it becomes the duty-holder of all they have not delivered.

    Several bodies with one successor are a merger. Addressees keep the body they were put to, and never merge.
    Raises ValidationError for a body that has ended, or a successor that has.
    """
    reason = reasoned(reason)
    ids = {body.pk for body in bodies}
    wanted = ids | ({successor.pk} if successor else set())
    # As they are now, not as the caller read them: somebody else may have ended one meanwhile.
    locked = list(Body.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    rows = [body for body in locked if body.pk in ids]
    if ended := [body for body in rows if body.ended_on is not None]:
        raise ValidationError({"bodies": [f"{ended[0]} ended on {ended[0].ended_on}: take that back first."]})
    if successor is not None and (
        successor.pk in ids or any(body.ended_on for body in locked if body.pk == successor.pk)
    ):
        raise ValidationError({"successor": ["The successor must be another body that has not ended."]})
    writing = Writing(by, at)
    change(
        [Change(row, {"ended_on": on, "successor": successor}) for row in rows],
        writing,
        kind=EventKind.BODY_ENDED,
        occurred_on=on,
        public=public_ids(rows),
        reason=reason,
    )
    if successor is not None:
        _name_duty_holder(rows, successor, on, writing, reason)


def _name_duty_holder(
    bodies: Sequence[Body], successor: Body, on: date, writing: Writing, reason: str
) -> None:
    """Hand over what no verdict of the register has closed, also what an ended body held for another."""
    ids = held_open_by(bodies, register_day(writing.at)).exclude(body=successor).values("pk")
    open_ones = list(Addressee.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    hand_over(open_ones, successor, on, writing, reason)


@transaction.atomic
def take_back_ends(*, bodies: Sequence[Body], reason: str, by: Actor, at: datetime) -> None:
    """Bodies that were said to have ended, or merged, have not: they hold again what passed to others by it.

    The lines that said so stay; new ones say that it was wrong. Raises ValidationError for a body that has not ended.
    """
    reason = reasoned(reason)
    ids = {body.pk for body in bodies}
    rows = list(Body.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    if there := [body for body in rows if body.ended_on is None]:
        raise ValidationError({"bodies": [f"{there[0]} has not ended: there is nothing to take back."]})
    writing, today = Writing(by, at), register_day(at)
    heirs = {body.pk: body.successor for body in rows}
    change(
        [Change(row, {"ended_on": None, "successor": None}) for row in rows],
        writing,
        kind=fact_event(Noun.BODY, Step.CORRECTED),
        occurred_on=today,
        public=public_ids(rows),
        reason=reason,
    )
    for body in rows:
        if heir := heirs[body.pk]:
            hand_back(body, heir, today, writing, reason)
