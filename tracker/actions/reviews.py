"""Putting a record under review while staff look into a challenge, and ending it. Both are public."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._clocks import lock
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change, reasoned
from tracker.ledger import Actor
from tracker.models import Addressee
from tracker.queries.days import register_day
from tracker.vocabulary import EventKind


@transaction.atomic
def begin_review(*, addressees: Sequence[Addressee], reason: str, by: Actor, at: datetime) -> int:
    """Let adverse words and alerts about some addressees rest from today; how many were not under review yet.

    The reason is public. Raises ValidationError without one.
    """
    reason = reasoned(reason)
    today = register_day(at)
    rows = [row for row in lock(addressees) if row.under_review_since is None]
    change(
        [Change(row, {"under_review_since": today}) for row in rows],
        Writing(by, at),
        kind=EventKind.REVIEW_BEGUN,
        occurred_on=today,
        public=public_ids(rows),
        reason=reason,
    )
    return len(rows)


@transaction.atomic
def end_review(*, addressees: Sequence[Addressee], reason: str, by: Actor, at: datetime) -> int:
    """Say again what is on record; how many were under review. The reason is public.

    Raises ValidationError without a reason, and where none of them is under review.
    """
    reason = reasoned(reason)
    rows = [row for row in lock(addressees) if row.under_review_since is not None]
    if not rows:
        raise ValidationError({"addressees": ["None of these is under review."]})
    change(
        [Change(row, {"under_review_since": None}) for row in rows],
        Writing(by, at),
        kind=EventKind.REVIEW_ENDED,
        occurred_on=register_day(at),
        public=public_ids(rows),
        reason=reason,
    )
    return len(rows)
