"""How sending goes: what waits, what fails, how old the oldest is. For the desk, /metrics and /readyz."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

# Nobody sends, or nobody reads the ledger, where something of ours waited for so long. What a server refused waits for
# another time, and is not due meanwhile; of an endpoint that fails, rests or is slow its owner hears, and is not ours.
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Deliveries:
    """One way of sending at a moment. `due` could be sent now; `retrying` have failed and wait for their turn."""

    way: str
    due: int
    retrying: int
    oldest_due_seconds: int
    sent: int
    dropped: int
    failed: int


@dataclass(frozen=True)
class Sending:
    """All of it."""

    ways: list[Deliveries]
    seconds_late: int
    unread_lines: int
    lines_left_out: int
    waiting_for_a_digest: int
    endpoints: int
    endpoints_failing: int
    endpoints_disabled: int

    @property
    def oldest_due_seconds(self) -> int:
        return max((way.oldest_due_seconds for way in self.ways), default=0)

    @property
    def is_late(self) -> bool:
        return self.seconds_late > LATE.total_seconds()


def sending(at: datetime, using: BaseDatabaseWrapper = connection) -> Sending:
    """How sending goes at a moment. What was sent is counted over a day, by the index of what is due the rest."""
    with using.cursor() as cursor:
        cursor.execute(_WAYS, {"at": at, "since": at - timedelta(days=1)})
        ways = [Deliveries(*row) for row in cursor.fetchall()]
        cursor.execute(_REST, {"at": at})
        return Sending(ways, *cursor.fetchone())


_WAYS = """
WITH way (name, is_call) AS (VALUES ('mail', false), ('call', true)),
waiting AS (
    SELECT endpoint_id IS NOT NULL AS is_call, next_attempt_at, attempts, state FROM tracker_message
    WHERE state IN ('pending', 'sending') AND endpoint_id IS NULL
    UNION ALL
    SELECT true, m.next_attempt_at, m.attempts, m.state FROM tracker_message m
    JOIN tracker_endpoint p ON p.id = m.endpoint_id AND p.disabled_at IS NULL
    WHERE m.state IN ('pending', 'sending') AND m.endpoint_id IS NOT NULL
), past AS (
    SELECT endpoint_id IS NOT NULL AS is_call, state FROM tracker_message
    WHERE created_at >= %(since)s AND state IN ('sent', 'dropped', 'failed')
)
SELECT way.name,
    (SELECT count(*) FROM waiting w WHERE w.is_call = way.is_call AND w.next_attempt_at <= %(at)s),
    (SELECT count(*) FROM waiting w WHERE w.is_call = way.is_call AND w.next_attempt_at > %(at)s
        AND w.state = 'pending'),
    (SELECT coalesce(greatest(0, extract(epoch FROM %(at)s - min(w.next_attempt_at))::int), 0) FROM waiting w
        WHERE w.is_call = way.is_call AND w.next_attempt_at <= %(at)s),
    (SELECT count(*) FROM past p WHERE p.is_call = way.is_call AND p.state = 'sent'),
    (SELECT count(*) FROM past p WHERE p.is_call = way.is_call AND p.state = 'dropped'),
    (SELECT count(*) FROM past p WHERE p.is_call = way.is_call AND p.state = 'failed')
FROM way
"""

# Of what nobody did, the oldest: a mail that is due, a call to an endpoint that answers and took none since, a line
# that nobody read, a line that could not be told.
_REST = """
WITH read_to AS (
    SELECT coalesce((SELECT number FROM tracker_alertcursor), 0) AS number,
        coalesce((SELECT left_out FROM tracker_alertcursor), '{}') AS left_out
), waits (since) AS (
    SELECT min(next_attempt_at) FROM tracker_message WHERE state IN ('pending', 'sending') AND endpoint_id IS NULL
    UNION ALL
    SELECT greatest(p.last_success_at, (
        SELECT min(m.next_attempt_at) FROM tracker_message m
        WHERE m.endpoint_id = p.id AND m.state IN ('pending', 'sending')))
    FROM tracker_endpoint p
    WHERE p.disabled_at IS NULL AND p.failing_since IS NULL AND (p.rests_until IS NULL OR p.rests_until <= %(at)s)
      AND EXISTS (SELECT 1 FROM tracker_message m WHERE m.endpoint_id = p.id AND m.state IN ('pending', 'sending'))
    UNION ALL
    (SELECT e.recorded_at FROM tracker_seal s JOIN tracker_event e ON e.id = s.event_id, read_to
     WHERE s.number > read_to.number ORDER BY s.number LIMIT 1)
    UNION ALL
    SELECT min(e.recorded_at) FROM tracker_event e, read_to WHERE e.id = ANY (read_to.left_out)
)
SELECT (SELECT coalesce(greatest(0, extract(epoch FROM %(at)s - min(since))::int), 0) FROM waits),
    (SELECT greatest(0, coalesce((SELECT number FROM tracker_ledgerhead), 0) - read_to.number) FROM read_to),
    (SELECT cardinality(left_out) FROM read_to),
    (SELECT count(*) FROM tracker_notice WHERE message_id IS NULL AND dropped_because = '' AND NOT told),
    (SELECT count(*) FROM tracker_endpoint WHERE disabled_at IS NULL),
    (SELECT count(*) FROM tracker_endpoint WHERE disabled_at IS NULL AND failing_since IS NOT NULL),
    (SELECT count(*) FROM tracker_endpoint WHERE disabled_at IS NOT NULL AND deleted_at IS NULL)
"""
