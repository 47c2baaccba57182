"""Reminders: a time to answer, or to act, ends in 28, 7 or 1 days, and nothing has come.

A frequent sweep that asks whose time has come and is not yet reminded of. A reminder is one row, unique by addressee,
clock, date, days before and subscription: a deadline that moved reminds again, a second sweep does not.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction

from tracker.alerts.outbox import mail_host
from tracker.alerts.statements import columns, held_columns
from tracker.models import Addressee, TaskRun
from tracker.queries.days import register_day, register_midnight
from tracker.queries.sql import execute
from tracker.queries.terms import FITTING, standings
from tracker.vocabulary import REMINDER_DAYS, Clock

DONE = "reminders"
AT_ONCE = 2_000
# The sweep may have been away: of each reminder, until how many days before the deadline it is still worth sending.
_UNTIL = dict(zip(REMINDER_DAYS, (21, 1, -1), strict=True))
# When the sweep of misses will look at an addressee whose answer, or delivery, is outstanding: the day after the
# deadline. Worked out by the actions, and empty while somebody enters a draft of what would move it.
_LOOKED_AT = {Clock.ANSWER: "answer_sweep_on", Clock.ACT: "promise_sweep_on"}
_A_DAY = timedelta(days=1)


def remind(*, at: datetime) -> int:
    """Make the reminders of the day, unless that was done; how many were new."""
    on = register_day(at)
    done = TaskRun.objects.is_done(DONE, since=register_midnight(on))
    if done:
        return 0
    made = sum(make_reminders(clock, days, on=on, at=at) for clock in _LOOKED_AT for days in REMINDER_DAYS)
    TaskRun.objects.note(DONE, at=at)
    return made


def make_reminders(clock: Clock, days: int, *, on: date, at: datetime) -> int:
    """One kind of reminder, in batches; how many were new. Run twice, late, or by two at once, it makes each once."""
    column = _LOOKED_AT[clock]
    first, last = on + timedelta(days=_UNTIL[days] + 1), on + timedelta(days=days)
    due = Addressee.objects.public().filter(**{f"{column}__range": (first + _A_DAY, last + _A_DAY)})
    rows = list(due.order_by("pk").values_list("pk", column))
    return sum(
        _note(rows[start : start + AT_ONCE], clock, days, on, at) for start in range(0, len(rows), AT_ONCE)
    )


@transaction.atomic
def _note(rows: Sequence[tuple[int, date]], clock: Clock, days: int, on: date, at: datetime) -> int:
    """The reminders of some addressees, and the mail of each reader who is told at once.

    Whoever began to follow after the day for it has come is not reminded of it. One worker at a time: a mail must
    not be made for reminders that another has just made.
    """
    stand = standings([pk for pk, _ in rows], on)
    held = [(pk, *term) for pk, each in stand.items() for term in each.terms]
    put = [(pk, looked_at - _A_DAY) for pk, looked_at in rows if pk in stand]
    if not put:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tracker.alerts.reminders', 0))")
    came = [register_midnight(due - timedelta(days=days) + _A_DAY) for _, due in put]
    return execute(
        _REMIND,
        {
            **held_columns(held),
            **columns([(*each, moment) for each, moment in zip(put, came, strict=True)], 3, "put"),
            "clock": clock.value,
            "days": days,
            "at": at,
            "action": uuid4(),
            "host": mail_host(),
        },
    )


_REMIND = f"""
WITH held (state, field, value) AS MATERIALIZED (
    SELECT * FROM unnest(%(held0)s::bigint[], %(held1)s::text[], %(held2)s::text[])
), {FITTING}, put AS (
    SELECT * FROM unnest(%(put0)b::bigint[], %(put1)b::date[], %(put2)b::timestamptz[])
    AS p (addressee, due_on, came_at)
), fresh AS MATERIALIZED (
    SELECT DISTINCT s.id AS subscription, s.channel, s.user_id, s.address_id, p.addressee, p.due_on
    FROM put p
    JOIN fitting f ON f.state = p.addressee
    JOIN tracker_subscription s ON s.interest_id = f.interest
    LEFT JOIN tracker_user u ON u.id = s.user_id
    LEFT JOIN tracker_address a ON a.id = s.address_id
    WHERE 'due_soon' = ANY (s.kinds) AND s.created_at < p.came_at
      AND (u.is_active OR (a.confirmed_at IS NOT NULL AND a.suspended_at IS NULL))
      AND NOT EXISTS (
        SELECT 1 FROM tracker_notice n
        WHERE n.addressee_id = p.addressee AND n.clock = %(clock)s AND n.due_on = p.due_on
          AND n.days_before = %(days)s AND n.subscription_id = s.id AND n.days_before IS NOT NULL
      )
), followed AS MATERIALIZED (
    SELECT id FROM tracker_subscription WHERE id IN (SELECT subscription FROM fresh) ORDER BY id FOR KEY SHARE
), mail AS (
    INSERT INTO tracker_message (purpose, user_id, address_id, action, state, message_id, mail_to, subject, text, html,
                                 created_at, next_attempt_at, attempts, outcome)
    SELECT 'news', user_id, address_id, %(action)s, 'pending', '<' || gen_random_uuid() || '@' || %(host)s || '>', '',
           '', '', '', %(at)s, %(at)s, 0, ''
    FROM (
        SELECT DISTINCT user_id, address_id FROM fresh
        WHERE channel = 'at_once' AND (subscription IN (SELECT id FROM followed)) IS TRUE
    ) AS each
    RETURNING id, user_id, address_id
)
INSERT INTO tracker_notice (subscription_id, news, addressee_id, clock, due_on, days_before, matter, created_at,
                            message_id, told, dropped_because)
SELECT f.subscription, 'due_soon', f.addressee, %(clock)s, f.due_on, %(days)s, '', %(at)s, m.id, false, ''
FROM (SELECT * FROM fresh WHERE (subscription IN (SELECT id FROM followed)) IS TRUE) AS f
FULL JOIN mail m
    ON coalesce(-m.user_id, m.address_id) = CASE f.channel WHEN 'at_once' THEN coalesce(-f.user_id, f.address_id) END
ORDER BY f.addressee, f.subscription
ON CONFLICT DO NOTHING
"""
