"""What was sent is kept for as long as it can be sent again, and then forgotten: words, bodies, the log of attempts.

The rows stay: they say who was told what, which a later correction asks.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tracker.alerts.endpoints import KEPT
from tracker.models import Attempt, Message, MessageState, TaskRun

# Some days more than can be sent again, for what was tried late.
GRACE = timedelta(days=5)
# The sweep asks each hour, and does it once a day.
EVERY = timedelta(hours=20)
BATCH = 2_000
NAME = "forget_old_words"


def forget_old_words(*, at: datetime) -> int:
    """Forget the words of what is over for 35 days, unless it was done today; of how many messages."""
    if TaskRun.objects.is_done(NAME, since=at - EVERY):
        return 0
    forgotten = 0
    while few := _forget_some(at - KEPT - GRACE):
        forgotten += few
    TaskRun.objects.note(NAME, at=at)
    return forgotten


@transaction.atomic
def _forget_some(before: datetime) -> int:
    over = [MessageState.SENT, MessageState.DROPPED, MessageState.FAILED]
    says = Q(body__isnull=False) | ~Q(text="") | Exists(Attempt.objects.filter(message=OuterRef("pk")))
    rows = Message.objects.filter(says, state__in=over, created_at__lt=before).order_by("pk")
    ids = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    Attempt.objects.filter(message__in=ids).delete()
    Message.objects.filter(pk__in=ids).update(body=None, subject="", text="", html="")
    return len(ids)
