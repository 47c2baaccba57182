"""Erasing what a line says, where the law demands it: the line stays, and the chain still verifies."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tracker.actions._writing import Writing, reasoned
from tracker.ledger import Actor, erasure_line
from tracker.models import Event, EventContent
from tracker.queries.days import register_day


@transaction.atomic
def erase_contents(*, events: Sequence[Event], reason: str, by: Actor, at: datetime) -> None:
    """Erase the content and the salts of lines, with a line for each that says so and why.

    The fact itself is corrected first, by an action of its own. Raises ValidationError without a reason.
    """
    reason = reasoned(reason)
    lines = [erasure_line(event, reason=reason, staff_reason="", on=register_day(at)) for event in events]
    Writing(by, at).append(lines)
    EventContent.objects.filter(event__in=events).delete()
