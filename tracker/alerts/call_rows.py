"""The rows of calls: which are taken, what is not told any more, what came of each. In batches, one endpoint each."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import orjson
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q

from tracker.alerts import telling
from tracker.alerts.statements import columns, execute
from tracker.alerts.truth import verdicts
from tracker.models import Endpoint, Message, MessageState, Notice
from tracker.queries.changes import lines_about
from tracker.queries.days import register_day
from tracker.queries.head import public_head
from tracker.vocabulary import Purpose

log = logging.getLogger(__name__)

BATCH = 100
# Longer than a batch takes, so that nobody makes the calls that another is making.
LEASE = timedelta(minutes=2)
# What has to wait for somebody is looked at again after this long.
WAIT = timedelta(minutes=10)
# An endpoint that did not answer is left alone, each time longer.
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=30)
DISABLED_AFTER = timedelta(days=5)


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


@dataclass(frozen=True)
class Batch:
    """An endpoint and the calls taken for it."""

    endpoint: Endpoint
    calls: list[Call]


def claim(most: int, *, slow: int, at: datetime) -> list[Batch]:
    """Take endpoints that have something due, at most so many, and of those that fail at most `slow`; on a lease."""
    if most <= 0:
        return []
    batches = []
    for endpoint in _take(most, slow, at):
        try:
            batches.append(_prepare(endpoint, at))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("the calls of endpoint %s could not be prepared together", endpoint.pk)
            batches.append(_prepare_one_by_one(endpoint, at))
    return batches


@transaction.atomic
def _take(most: int, slow: int, at: datetime) -> list[Endpoint]:
    """Endpoints that have something due and that nobody is calling, those that answer first."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"at": at, "most": most})
        ids = [pk for (pk,) in cursor.fetchall()]
    free = Endpoint.objects.filter(pk__in=ids).select_for_update(skip_locked=True)
    taken = sorted(free, key=lambda each: ids.index(each.pk))
    taken = [
        each
        for each in taken
        if each.disabled_at is None and not (each.rests_until and each.rests_until > at)
    ]
    failing = [each for each in taken if each.failing_since][slow:]
    taken = [each for each in taken if each not in failing]
    Endpoint.objects.filter(pk__in=[each.pk for each in taken]).update(rests_until=at + LEASE)
    return taken


# The endpoints are few and each looks into the index of what is due: it costs the endpoints, not the messages.
_DUE = """
SELECT p.id FROM tracker_endpoint p
WHERE p.disabled_at IS NULL AND (p.rests_until IS NULL OR p.rests_until <= %(at)s)
  AND EXISTS (
    SELECT 1 FROM tracker_message m
    WHERE m.endpoint_id = p.id AND m.state IN ('pending', 'sending') AND m.next_attempt_at <= %(at)s
  )
ORDER BY p.failing_since IS NOT NULL, p.last_success_at NULLS FIRST, p.id
LIMIT %(most)s
"""


@transaction.atomic
def _prepare(endpoint: Endpoint, at: datetime, only: Sequence[int] | None = None) -> Batch:
    """The next calls of an endpoint as they are to be made now.

    1. They are taken, on a lease; of those whose lease has ended nobody knows whether they arrived. 2. What is no
    longer true is struck out, what has to wait is put off. 3. Id and body are fixed at the first attempt.
    """
    rows = _claimed(endpoint, at, only)
    unknown = [row.pk for row in rows if row.state == MessageState.SENDING]
    if unknown:
        Notice.objects.filter(message__in=unknown, dropped_because="", told=False).update(told=True)
    left = _strike_out([row.pk for row in rows if row.purpose == Purpose.CALL], at)
    left |= {row.pk for row in rows if row.purpose == Purpose.PING}
    told = [row for row in rows if row.pk in left]
    fixed = _fix_bodies([row for row in told if row.body is None])
    calls = [Call(row.pk, row.message_id, row.body or fixed.get(row.pk, b""), row.attempts) for row in told]
    return Batch(endpoint, [call for call in calls if call.body])


class _Row(NamedTuple):
    """A message as it was when it was taken, but for the attempt that is counted now."""

    pk: int
    message_id: str
    purpose: str
    event: int | None
    body: bytes | None
    attempts: int
    created_at: datetime
    state: str


def _claimed(endpoint: Endpoint, at: datetime, only: Sequence[int] | None) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            {
                "endpoint": endpoint.pk,
                "at": at,
                "until": at + LEASE,
                "most": BATCH,
                "only": None if only is None else list(only),
            },
        )
        rows = [_Row(*row) for row in cursor.fetchall()]
    return sorted(row._replace(body=bytes(row.body)) if row.body is not None else row for row in rows)


_CLAIM = """
WITH due AS (
    SELECT id, state FROM tracker_message
    WHERE endpoint_id = %(endpoint)s AND state IN ('pending', 'sending') AND next_attempt_at <= %(at)s
      AND (%(only)s::bigint[] IS NULL OR id = ANY (%(only)s::bigint[]))
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE tracker_message m SET state = 'sending', attempts = attempts + 1, next_attempt_at = %(until)s
FROM due WHERE m.id = due.id
RETURNING m.id, m.message_id, m.purpose, m.event_id, m.body, m.attempts, m.created_at, due.state
"""


def _prepare_one_by_one(endpoint: Endpoint, at: datetime) -> Batch:
    """One poison row stops no other: each by itself, and what cannot be prepared is put off."""
    waiting = Q(state__in=[MessageState.PENDING, MessageState.SENDING], next_attempt_at__lte=at)
    ids = list(
        Message.objects.filter(waiting, endpoint=endpoint).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )
    calls: list[Call] = []
    for pk in ids:
        try:
            calls += _prepare(endpoint, at, [pk]).calls
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("call %s could not be prepared", pk)
            why = f"a fault of ours: {type(error).__name__}"
            Message.objects.filter(pk=pk).update(
                state=MessageState.PENDING, next_attempt_at=at + WAIT, outcome=why, attempts=F("attempts") + 1
            )
    return Batch(endpoint, calls)


def _strike_out(ids: Sequence[int], at: datetime) -> set[int]:
    """The ids of the messages to send now. The others are dropped, each with its reason, or put off."""
    notices = list(
        Notice.objects.filter(message__in=ids, dropped_because="").select_related(
            "event", "corrects__message"
        )
    )
    found = verdicts(notices, on=register_day(at))
    by_message: dict[int | None, list[Notice]] = defaultdict(list)
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
            state=MessageState.PENDING, outcome=why, attempts=F("attempts") - 1, next_attempt_at=at + WAIT
        )
    return left


def _fix_bodies(rows: Sequence[_Row]) -> dict[int, bytes]:
    """Write down what is sent, by message. A line whose content was erased is not told any more."""
    if not rows:
        return {}
    lines = lines_about([row.event for row in rows if row.event], public_head().epoch)
    fixed = {}
    for row in rows:
        line = lines.get(row.event or 0)
        if row.purpose == Purpose.PING:
            fixed[row.pk] = orjson.dumps({"kind": Purpose.PING, "recorded_at": row.created_at})
        elif line is not None and not line.erased:
            fixed[row.pk] = orjson.dumps(line)
    execute(_FIX, {"ids": list(fixed), "bodies": list(fixed.values())})
    if erased := [row.pk for row in rows if row.pk not in fixed]:
        Message.objects.filter(pk__in=erased).update(
            state=MessageState.DROPPED, outcome="its content was erased"
        )
    return fixed


_FIX = """
UPDATE tracker_message m SET body = x.body FROM unnest(%(ids)b::bigint[], %(bodies)b::bytea[]) AS x (id, body)
WHERE m.id = x.id
"""


def release(endpoint: Endpoint) -> None:
    """Nobody calls it any more."""
    Endpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)


@transaction.atomic
def mark(batch: Batch, outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """Write down what came of a batch: the messages, the log, the endpoint. What was not tried goes back as it was.

    Nothing where the lease ended and another worker has made the next attempt; but what was taken was taken.
    """
    made = [(each.call.pk, each.at, each.milliseconds, each.status, each.words) for each in outcomes]
    if made:
        execute(_LOG, columns(made, 5, "row"))
    taken = [each for each in outcomes if each.ok]
    _mark_taken(taken, at)
    _mark_refused([each for each in outcomes if not each.ok])
    tried = {each.call.pk for each in outcomes}
    _give_back([call for call in batch.calls if call.pk not in tried], at)
    _mark_endpoint(batch.endpoint, outcomes, at)


_LOG = """
INSERT INTO tracker_attempt (message_id, at, milliseconds, status, outcome)
SELECT * FROM unnest(%(row0)b::bigint[], %(row1)b::timestamptz[], %(row2)b::int[], %(row3)b::smallint[],
                     %(row4)b::text[])
"""


def _mark_taken(taken: Sequence[Outcome], at: datetime) -> None:
    ids = [each.call.pk for each in taken]
    Message.objects.filter(pk__in=ids).update(state=MessageState.SENT, sent_at=at, outcome="")
    Notice.objects.filter(message__in=ids, dropped_because="").update(told=True)


def _mark_refused(refused: Sequence[Outcome]) -> None:
    """Try each again after its pause, or give it up."""
    for each in refused:
        ours = Message.objects.filter(
            pk=each.call.pk, state=MessageState.SENDING, attempts=each.call.attempts
        )
        if each.next_attempt_at is None:
            ours.update(state=MessageState.FAILED, outcome=each.words)
        else:
            ours.update(state=MessageState.PENDING, outcome=each.words, next_attempt_at=each.next_attempt_at)


def _give_back(calls: Sequence[Call], at: datetime) -> None:
    for attempts in {call.attempts for call in calls}:
        ids = [call.pk for call in calls if call.attempts == attempts]
        ours = Message.objects.filter(pk__in=ids, state=MessageState.SENDING, attempts=attempts)
        ours.update(state=MessageState.PENDING, attempts=attempts - 1, next_attempt_at=at)


def _mark_endpoint(endpoint: Endpoint, outcomes: Sequence[Outcome], at: datetime) -> None:
    """One success clears all; a failure without one counts, lets it rest where it did not answer, and may end it."""
    row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    row.rests_until = None
    succeeded = [each for each in outcomes if each.ok]
    if succeeded:
        row.failing_since, row.failures, row.last_success_at = None, 0, at
    last = outcomes[-1] if outcomes else None
    if last is not None and not last.ok:
        row.failing_since = row.failing_since or last.at
        row.failures += 1
        if last.rest is not None:
            row.rests_until = at + last.rest
        elif last.stops:
            row.rests_until = at + min(FIRST_REST * 2 ** min(row.failures - 1, 12), LONGEST_REST)
    row.save(update_fields=["rests_until", "failing_since", "failures", "last_success_at"])
    if any(each.gone for each in outcomes):
        telling.disable(row, "it answered 410 Gone", at=at)
    elif row.failing_since and at - row.failing_since >= DISABLED_AFTER:
        telling.disable(row, "it has failed for five days", at=at)
