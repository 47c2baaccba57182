"""The rows of calls: which are taken, what is not told any more, what came of each. In batches, one endpoint each."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q

from tracker.alerts import telling
from tracker.alerts.statements import columns
from tracker.alerts.truth import Waiting, verdicts, waiting_in
from tracker.models import Attempt, Endpoint, Message, MessageState, Notice
from tracker.queries.changes import lines_about
from tracker.queries.days import register_day
from tracker.queries.head import public_head
from tracker.queries.sql import execute
from tracker.vocabulary import Purpose

log = logging.getLogger(__name__)

NOBODY_LIVED = "given up: no worker lived to say what came of it"

BATCH = 100
# As the Standard Webhooks specification asks: ten attempts in 75 hours and 35 minutes, or a little more.
PAUSES = [
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
]
# Longer than a batch takes, so that nobody makes the calls that another is making.
LEASE = timedelta(minutes=2)
# What has to wait for somebody is looked at again after this long.
WAIT = timedelta(minutes=10)
# An endpoint that did not answer is left alone, each time longer.
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=30)
DISABLED_AFTER = timedelta(days=5)
# Where there was nothing to call it with for longer than any pause, nobody knows whether it failed all the time.
UNHEARD = timedelta(days=2)


@dataclass(frozen=True)
class Call:
    """One call as it is made, each time the same."""

    pk: int
    message_id: str
    body: bytes
    attempts: int


@dataclass
class Outcome:
    """What came of one attempt."""

    call: Call
    at: datetime
    ok: bool
    status: int | None
    words: str
    stops: bool = False
    gone: bool = False
    rest: timedelta | None = None
    next_attempt_at: datetime | None = None
    milliseconds: int = 0
    # No answer came, or one of a gateway: it may have been taken all the same.
    perhaps: bool = False


@dataclass(frozen=True)
class Batch:
    """An endpoint and the calls taken for it."""

    endpoint: Endpoint
    calls: list[Call]


def claim(most: int, *, slow: int, at: datetime) -> list[Batch]:
    """Take endpoints that have something due, at most so many, and of those that fail at most `slow`; on a lease."""
    endpoints = _take(most, slow, at) if most > 0 else []
    if not endpoints:
        return []
    try:
        return _prepare(endpoints, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("the calls of endpoints %s could not be prepared together", [e.pk for e in endpoints])
        return [_prepare_one_by_one(endpoint, at) for endpoint in endpoints]


def _take(most: int, slow: int, at: datetime) -> list[Endpoint]:
    """Endpoints that have something due and that nobody is calling, those that answer first."""
    values: dict[str, Any] = {"at": at, "until": at + LEASE, "most": most, "slow": min(slow, most)}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    taken = Endpoint.objects.in_bulk(ids)
    return [taken[pk] for pk in ids if pk in taken]


# The endpoints are few and each looks into the index of what is due: it costs the endpoints, not the messages.
_FREE = """
SELECT p.id FROM tracker_endpoint p
WHERE p.disabled_at IS NULL AND (p.rests_until IS NULL OR p.rests_until <= %(at)s)
  AND p.failing_since IS {failing}
  AND EXISTS (
    SELECT 1 FROM tracker_message m
    WHERE m.endpoint_id = p.id AND m.state IN ('pending', 'sending') AND m.next_attempt_at <= %(at)s
  )
ORDER BY p.last_success_at NULLS FIRST, p.id LIMIT {most} FOR UPDATE SKIP LOCKED
"""
_TAKE = f"""
WITH well AS MATERIALIZED ({_FREE.format(failing="NULL", most="%(most)s")}),
failing AS MATERIALIZED ({_FREE.format(failing="NOT NULL", most="%(slow)s")}),
taken AS (
    SELECT id, row_number() OVER () AS place FROM (SELECT * FROM well UNION ALL SELECT * FROM failing) AS f
    LIMIT %(most)s
), lease AS (
    UPDATE tracker_endpoint p SET rests_until = %(until)s FROM taken WHERE p.id = taken.id
)
SELECT id FROM taken ORDER BY place
"""


@transaction.atomic
def _prepare(endpoints: Sequence[Endpoint], at: datetime, only: Sequence[int] | None = None) -> list[Batch]:
    """The next calls of some endpoints as they are to be made now, a batch for each.

    1. They are locked; of those whose lease has ended nobody knows whether they arrived, and one that no worker
    outlived in all its attempts is given up. 2. What is no longer true is struck out, what has to wait is put off.
    3. The others are taken, on a lease; id and body are fixed at the first attempt.
    """
    rows = _due(endpoints, at, only)
    unknown = [row.pk for row in rows if row.state == MessageState.SENDING]
    if unknown:
        Notice.objects.filter(message__in=unknown, dropped_because="", told=False).update(told=True)
    if over := [row.pk for row in rows if row.attempts > len(PAUSES)]:
        Message.objects.filter(pk__in=over).update(state=MessageState.FAILED, outcome=NOBODY_LIVED)
        rows = [row for row in rows if row.pk not in over]
    left = _strike_out([row.pk for row in rows if row.purpose == Purpose.CALL], at)
    left |= {row.pk for row in rows if row.purpose == Purpose.PING}
    told = [row for row in rows if row.pk in left]
    bodies = _bodies([row for row in told if row.body is None])
    calls: dict[int, list[Call]] = defaultdict(list)
    for row in told:
        if body := row.body or bodies.get(row.pk):
            calls[row.endpoint].append(Call(row.pk, row.message_id, body, row.attempts + 1))
    taken = [call.pk for few in calls.values() for call in few]
    execute(_CLAIM, {"ids": taken, "bodies": [bodies.get(pk) for pk in taken], "until": at + LEASE})
    return [Batch(endpoint, calls[endpoint.pk]) for endpoint in endpoints]


class _Row(NamedTuple):
    """A message as it was when it was locked."""

    pk: int
    endpoint: int
    message_id: str
    purpose: str
    event: int | None
    body: bytes | None
    attempts: int
    created_at: datetime
    state: str


def _due(endpoints: Sequence[Endpoint], at: datetime, only: Sequence[int] | None) -> list[_Row]:
    values: dict[str, Any] = {
        "endpoints": [endpoint.pk for endpoint in endpoints],
        "at": at,
        "most": BATCH,
        "only": None if only is None else list(only),
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, values)
        rows = [_Row(*row) for row in cursor.fetchall()]
    return sorted(row._replace(body=bytes(row.body)) if row.body is not None else row for row in rows)


_DUE = """
SELECT m.* FROM unnest(%(endpoints)s::bigint[]) AS p (id) CROSS JOIN LATERAL (
    SELECT id, endpoint_id, message_id, purpose, event_id, body, attempts, created_at, state FROM tracker_message
    WHERE endpoint_id = p.id AND state IN ('pending', 'sending') AND next_attempt_at <= %(at)s
      AND (%(only)s::bigint[] IS NULL OR id = ANY (%(only)s::bigint[]))
    ORDER BY next_attempt_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
) AS m
"""
_CLAIM = """
UPDATE tracker_message m
SET state = 'sending', attempts = m.attempts + 1, next_attempt_at = %(until)s, body = coalesce(m.body, x.body)
FROM unnest(%(ids)b::bigint[], %(bodies)b::bytea[]) AS x (id, body) WHERE m.id = x.id
"""


def _prepare_one_by_one(endpoint: Endpoint, at: datetime) -> Batch:
    """One poison row stops no other: each by itself, and what cannot be prepared is put off."""
    waiting = Q(state__in=[MessageState.PENDING, MessageState.SENDING], next_attempt_at__lte=at)
    due = Message.objects.filter(waiting, endpoint=endpoint).order_by("next_attempt_at", "pk")
    calls: list[Call] = []
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            calls += _prepare([endpoint], at, [pk])[0].calls
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("call %s could not be prepared", pk)
            why = f"a fault of ours: {type(error).__name__}"
            row = Message.objects.filter(pk=pk)
            row.filter(attempts__gte=len(PAUSES)).update(state=MessageState.FAILED, outcome=why)
            row.exclude(state=MessageState.FAILED).update(
                state=MessageState.PENDING, next_attempt_at=at + WAIT, outcome=why, attempts=F("attempts") + 1
            )
    return Batch(endpoint, calls)


def _strike_out(ids: Sequence[int], at: datetime) -> set[int]:
    """The ids of the messages to send now. The others are dropped, each with its reason, or put off."""
    notices = waiting_in(ids)
    found = verdicts(notices, on=register_day(at))
    by_message: dict[int | None, list[Waiting]] = defaultdict(list)
    for notice in notices:
        by_message[notice.message_id].append(notice)
    left, dropped, later = set(), defaultdict(list), defaultdict(list)
    for pk in ids:
        few = [(notice, found[notice.pk]) for notice in by_message.get(pk, ())]
        why = next((verdict.why_not for _, verdict in few if not verdict.tell), "nobody follows it any more")
        again = [verdict.later and notice.told and not verdict.rests for notice, verdict in few]
        if any(again) or any(verdict.tell for _, verdict in few):
            left.add(pk)
        elif any(verdict.later for _, verdict in few):
            later[why].append(pk)
        else:
            dropped[why].append(pk)
    for why, few_ids in dropped.items():
        Notice.objects.filter(message__in=few_ids, dropped_because="").update(dropped_because=why)
        Message.objects.filter(pk__in=few_ids).update(state=MessageState.DROPPED, outcome=why)
    for why, few_ids in later.items():
        Message.objects.filter(pk__in=few_ids).update(
            state=MessageState.PENDING, outcome=why, next_attempt_at=at + WAIT
        )
    return left


def _bodies(rows: Sequence[_Row]) -> dict[int, bytes]:
    """What is sent, by message. A line whose content was erased is not told any more."""
    if not rows:
        return {}
    lines = lines_about([row.event for row in rows if row.event], public_head().epoch)
    made = {}
    for row in rows:
        line = lines.get(row.event or 0)
        if row.purpose == Purpose.PING:
            made[row.pk] = orjson.dumps({"kind": Purpose.PING, "recorded_at": row.created_at})
        elif line is not None and not line.erased:
            made[row.pk] = orjson.dumps(line)
    if erased := [row.pk for row in rows if row.pk not in made]:
        Message.objects.filter(pk__in=erased).update(
            state=MessageState.DROPPED, outcome="its content was erased"
        )
    return made


def release(endpoint: Endpoint) -> None:
    """Nobody calls it any more."""
    Endpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)


Made = tuple[Batch, Sequence[Outcome]]


@transaction.atomic
def mark(made: Sequence[Made], *, at: datetime) -> None:
    """Write down what came of some batches: the endpoints, the messages, the log. What was not tried goes back.

    Nothing where the lease ended and another worker has made the next attempt; but what was taken was taken. An
    endpoint or a message that was deleted meanwhile is left out.
    """
    locked = Endpoint.objects.select_for_update().in_bulk([batch.endpoint.pk for batch, _ in made])
    outcomes = [
        (each.call.pk, each.call.attempts, each.ok, each.at, each.milliseconds, each.status, each.words,
         each.next_attempt_at, each.perhaps)
        for _, few in made for each in few
    ]  # fmt: skip
    tried = {pk for pk, *_ in outcomes}
    back = [(c.pk, c.attempts) for batch, _ in made for c in batch.calls if c.pk not in tried]
    execute(_MARK, {**columns(outcomes, 9, "made"), **columns(back, 2, "back"), "at": at})
    for batch, few in made:
        if row := locked.get(batch.endpoint.pk):
            _mark_endpoint(row, few, at)


# Parts of one statement that change rows of their own: the log; what was taken, and its notices, those too of which
# nobody knows whether they were; what was refused and
# is tried again after its pause, or given up; what was not tried.
_MARK = """
WITH made AS MATERIALIZED (
    SELECT * FROM unnest(%(made0)b::bigint[], %(made1)b::int[], %(made2)b::boolean[], %(made3)b::timestamptz[],
                         %(made4)b::int[], %(made5)b::smallint[], %(made6)b::text[], %(made7)b::timestamptz[],
                         %(made8)b::boolean[])
    AS x (id, attempts, ok, at, milliseconds, status, words, next_attempt_at, perhaps)
), log AS (
    INSERT INTO tracker_attempt (message_id, at, milliseconds, status, outcome)
    SELECT x.id, x.at, x.milliseconds, x.status, x.words FROM made x JOIN tracker_message m ON m.id = x.id
), taken AS (
    UPDATE tracker_message m SET state = 'sent', sent_at = %(at)s, outcome = '' FROM made x WHERE m.id = x.id AND x.ok
), told AS (
    UPDATE tracker_notice n SET told = true FROM made x
    WHERE n.message_id = x.id AND (x.ok OR x.perhaps) AND n.dropped_because = '' AND NOT n.told
), refused AS (
    UPDATE tracker_message m
    SET state = CASE WHEN x.next_attempt_at IS NULL THEN 'failed' ELSE 'pending' END, outcome = x.words,
        next_attempt_at = coalesce(x.next_attempt_at, m.next_attempt_at)
    FROM made x WHERE m.id = x.id AND NOT x.ok AND m.state = 'sending' AND m.attempts = x.attempts
)
UPDATE tracker_message m SET state = 'pending', attempts = m.attempts - 1, next_attempt_at = %(at)s
FROM unnest(%(back0)b::bigint[], %(back1)b::int[]) AS b (id, attempts)
WHERE m.id = b.id AND m.state = 'sending' AND m.attempts = b.attempts
"""


def _mark_endpoint(row: Endpoint, outcomes: Sequence[Outcome], at: datetime) -> None:
    """One success clears all; a failure without one counts, lets it rest where it did not answer, and may end it."""
    row.rests_until = None
    succeeded = [each for each in outcomes if each.ok]
    if succeeded:
        row.failing_since, row.failures, row.last_success_at, row.warned_at = None, 0, at, None
    last = outcomes[-1] if outcomes else None
    if last is not None and not last.ok:
        row.failing_since = row.failing_since or last.at
        row.failures += 1
        if last.rest is not None:
            row.rests_until = at + last.rest
        elif last.stops:
            row.rests_until = at + min(FIRST_REST * 2 ** min(row.failures - 1, 12), LONGEST_REST)
    over = bool(outcomes) and row.failing_since is not None and at - row.failing_since >= DISABLED_AFTER
    if over and _was_unheard(row, outcomes[0].at):
        row.failing_since, over = outcomes[0].at, False
    row.save(update_fields=["rests_until", "failing_since", "failures", "last_success_at", "warned_at"])
    if any(each.gone for each in outcomes):
        telling.disable(row, "it answered 410 Gone", at=at)
    elif over:
        telling.disable(row, "it has failed for five days", at=at)
    elif any(not each.ok and each.next_attempt_at is None for each in outcomes):
        telling.warn(row, at=at)


def _was_unheard(row: Endpoint, before: datetime) -> bool:
    """Was there no attempt for so long that an earlier failure says nothing of the time since?"""
    earlier = Attempt.objects.filter(message__endpoint=row, at__lt=before).order_by("-at")
    last = earlier.values_list("at", flat=True).first()
    return last is None or before - last > UNHEARD
