"""What the clock asks for (CELERY_BEAT_SCHEDULE). Each may run late, twice, or in two workers at once."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tracker.actions import deadlines
from tracker.actions.papers import forget_papers
from tracker.actions.replies import forget_declined
from tracker.alerts import (
    calls,
    digests,
    fanout,
    outbox,
    pruning,
    readers,
    reminders,
    replies,
    seconding,
    telling,
)
from tracker.dumps import make_dump
from tracker.importing import jobs
from tracker.ledger import CLOCK
from tracker.models import TaskRun
from tracker.partners import limits
from tracker.queries.days import register_day
from tracker.watching import looking


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
    """Send the links that a mail server refused before, to bodies and to second people."""
    at = timezone.now()
    replies.send_links(at=at)
    seconding.send_links(at=at)


@shared_task
def send_due_calls() -> None:
    """Call the endpoints for which something waits."""
    calls.send_due_calls(clock=timezone.now)


@shared_task(time_limit=2 * 60 * 60)
def run_imports() -> None:
    """Plan, apply and undo what staff have asked for."""
    jobs.run_waiting(clock=timezone.now)


@shared_task
def make_reminders() -> None:
    """Remind of what ends soon, unless today's reminders are made."""
    reminders.remind(at=timezone.now())


@shared_task
def make_digests() -> None:
    """Make the digests of the day and of the week, unless they are made."""
    digests.make_digests(at=timezone.now())


@shared_task
def forget_unconfirmed() -> None:
    """Drop what nobody confirmed in time."""
    readers.forget_unconfirmed(at=timezone.now())


@shared_task
def look_at_sources() -> None:
    """Look whether the sources still answer whose week is over."""
    looking.look_at_sources(clock=timezone.now)


@shared_task
def tell_of_proposals() -> None:
    """Tell staff of what partners propose."""
    telling.tell_of_proposals(at=timezone.now())


@shared_task
def forget_old_words() -> None:
    """Forget what was sent long ago, and the papers of forms that were never saved; each once a day."""
    pruning.forget_old_words(at=timezone.now())
    forget_papers(at=timezone.now())
