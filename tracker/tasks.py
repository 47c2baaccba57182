"""What the clock asks for (CELERY_BEAT_SCHEDULE). Each may run late, twice, or in two workers at once."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tracker.actions import deadlines
from tracker.actions.replies import forget_declined
from tracker.alerts import calls, fanout, outbox, replies
from tracker.dumps import make_dump
from tracker.importing import jobs
from tracker.ledger import CLOCK
from tracker.models import TaskRun
from tracker.partners import limits
from tracker.queries.days import register_day


@shared_task
def record_missed_deadlines() -> None:
    """Record what has passed, and that somebody looked: `/readyz` tells by it that the clock goes."""
    at = timezone.now()
    deadlines.record_missed_deadlines(on=register_day(at), by=CLOCK, at=at)
    TaskRun.objects.note("record_missed_deadlines", at=timezone.now())


@shared_task
def make_notices() -> None:
    """Read the new lines of the ledger, and note whom they are to be told."""
    fanout.make_notices(at=timezone.now())


@shared_task
def send_due_messages() -> None:
    """Send what is waiting."""
    outbox.send_due_messages(clock=timezone.now)


@shared_task(time_limit=2 * 60 * 60)
def dump_register() -> None:
    """Make today's dump, if it is not there."""
    make_dump(on=register_day(timezone.now()), root=f"{settings.SITE_URL}/api/v1/")


@shared_task
def forget_rate_counts() -> None:
    """Drop what nobody is counted by any more, and the words of challenges that were declined long ago."""
    at = timezone.now()
    limits.forget(at=at)
    forget_declined(at=at)


@shared_task
def send_reply_links() -> None:
    """Send the links that a mail server refused before."""
    replies.send_links(at=timezone.now())


@shared_task
def send_due_calls() -> None:
    """Call the endpoints for which something waits."""
    calls.send_due_calls(clock=timezone.now)


@shared_task(time_limit=2 * 60 * 60)
def run_imports() -> None:
    """Plan, apply and undo what staff have asked for."""
    jobs.run_waiting(clock=timezone.now)
