"""Digests: what waits becomes a mail once a day or once a week. A frequent sweep asks whether it is done."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tracker.alerts.outbox import mail_host
from tracker.models import TaskRun
from tracker.queries.days import register_moment
from tracker.vocabulary import Channel

# Nobody is woken by news of the day before.
MORNING = 7
DAILY, WEEKLY = "daily_digest", "weekly_digest"


def make_digests(*, at: datetime) -> int:
    """Make the digests whose time has come and that are not made yet; how many mails. Mondays have the week's."""
    local = register_moment(at)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    today = morning if local >= morning else morning - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    return _make(DAILY, Channel.DAILY, today, at) + _make(WEEKLY, Channel.WEEKLY, monday, at)


@transaction.atomic
def _make(name: str, channel: Channel, since: datetime, at: datetime) -> int:
    """One kind of digest, if none was made since its time came; in one transaction with the note that it was.

    The row of the note is what two workers meet at. A note that is not there yet is
    older than any time.
    """
    TaskRun.objects.get_or_create(name=name, defaults={"finished_at": since - timedelta(microseconds=1)})
    run = TaskRun.objects.select_for_update(skip_locked=True).filter(name=name).first()
    if run is None or run.finished_at >= since:
        return 0
    made = _mail(channel, at)
    run.finished_at = at
    run.save(update_fields=["finished_at"])
    return made


def _mail(channel: Channel, at: datetime) -> int:
    """One mail for each reader for whom something waits. Who chose `at once` since gets the rest with the day's."""
    channels = [channel.value, *([Channel.AT_ONCE.value] if channel == Channel.DAILY else [])]
    with connection.cursor() as cursor:
        cursor.execute(_MAIL, {"channels": channels, "at": at, "host": mail_host()})
        return cursor.fetchone()[0]


_MAIL = """
WITH waiting AS (
    SELECT n.id, s.user_id, s.address_id FROM tracker_notice n
    JOIN tracker_subscription s ON s.id = n.subscription_id
    WHERE n.message_id IS NULL AND n.dropped_because = '' AND NOT n.told
      AND s.channel = ANY (%(channels)s) AND s.endpoint_id IS NULL
), mail AS (
    INSERT INTO tracker_message (purpose, user_id, address_id, action, state, message_id, mail_to, subject, text, html,
                                 created_at, next_attempt_at, attempts, outcome)
    SELECT 'digest', user_id, address_id, gen_random_uuid(), 'pending',
           '<' || gen_random_uuid() || '@' || %(host)s || '>', '', '', '', '', %(at)s, %(at)s, 0, ''
    FROM (SELECT DISTINCT user_id, address_id FROM waiting) AS each
    RETURNING id, user_id, address_id
), put AS (
    UPDATE tracker_notice n SET message_id = each.message
    FROM (
        SELECT w.id, m.id AS message FROM waiting w
        FULL JOIN mail m ON coalesce(-m.user_id, m.address_id) = coalesce(-w.user_id, w.address_id)
        OFFSET 0
    ) AS each
    WHERE n.id = each.id
)
SELECT count(*) FROM mail
"""
