"""Calls of partners' endpoints: what is sent when, when to try again, when to give up. Mails stand in `outbox.py`.

As with mails, a batch is claimed, committed, sent, and marked. Each endpoint is called by one thread at a time, for
some seconds; one that hangs costs its thread that long and then rests, and half of the threads are kept for those
that answer. The database is asked by one thread only, a hundred calls at a time.
"""

import logging
import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from tracker.alerts import call_rows
from tracker.alerts.call_rows import Call, Outcome
from tracker.alerts.signing import signed_headers
from tracker.egress import Answer, Client, Forbidden, NoAnswer
from tracker.models import Endpoint

log = logging.getLogger(__name__)

JITTER = 0.1
# The longest that an endpoint may ask us to wait.
LONGEST_WAIT = timedelta(days=1)
CALL_SECONDS = 15.0
# A batch of one endpoint ends after this long, but for the call that is on its way.
BATCH_SECONDS = 20.0
# After so many failures in a row the rest of the batch is left for another time.
FAILURES_IN_A_ROW = 5
THREADS = 8
# Batches that are begun together. More threads than this only wait for each other's turn of the interpreter.
LANES = 1
# Endpoints whose calls are prepared together, while those before them are being called.
AHEAD = 4
# A batch that takes longer than this is left to its thread, and the next is begun beside it.
MOMENT = 0.25
RUN_SECONDS = 25.0

_GONE, _TOO_MANY = 410, 429
_GATEWAYS = (502, 504)  # whoever stands behind one may have taken it

Running = dict[Future[list[Outcome]], tuple[call_rows.Batch, float]]


def send_due_calls(*, clock: Callable[[], datetime], client: Client | None = None) -> int:
    """Make the calls that are due, for some seconds; how many were taken.

    Those that fail come after those that do not. A batch that is not done in a moment is slow, and the next begins
    beside it: so quick endpoints follow each other in one thread, which costs least, and no slow one holds them up.
    While a batch is called, this thread writes down what came of the last one and prepares the next.
    """
    client = client or _client()
    until = time.monotonic() + RUN_SECONDS
    running: Running = {}
    ready: deque[call_rows.Batch] = deque()
    done: list[Future[list[Outcome]]] = []
    taken = 0
    with ThreadPoolExecutor(THREADS, thread_name_prefix="call") as threads:
        while True:
            made = [(running.pop(future)[0], future.result()) for future in done]
            for batch in _next(ready, running):
                running[threads.submit(_make, batch, client, clock)] = (batch, time.monotonic())
            if made:
                call_rows.mark(made, at=clock())
                taken += sum(outcome.ok for _, outcomes in made for outcome in outcomes)
            if len(ready) <= 1 and time.monotonic() < until:
                ready += _prepared(_slow_room(running, ready), clock())
            if not running and not ready:
                return taken
            done = list(
                wait(running, timeout=0 if _room(running) and ready else MOMENT, return_when=FIRST_COMPLETED)[
                    0
                ]
            )


def _prepared(slow: int, at: datetime) -> list[call_rows.Batch]:
    """The next endpoints that have something to be called with."""
    batches = call_rows.claim(AHEAD, slow=slow, at=at)
    for batch in batches:
        if not batch.calls:
            call_rows.release(batch.endpoint)
    return [batch for batch in batches if batch.calls]


def _next(ready: deque[call_rows.Batch], running: Running) -> list[call_rows.Batch]:
    """What is begun now."""
    return [ready.popleft() for _ in range(min(_room(running), len(ready)))]


def _room(running: Running) -> int:
    """How many batches may be begun now: none while one is in its first moment."""
    now = time.monotonic()
    quick = sum(now - began < MOMENT for _, began in running.values())
    return max(0, min(LANES - quick, THREADS - len(running)))


def _slow_room(running: Running, ready: Iterable[call_rows.Batch]) -> int:
    """How many of the next may be ones that fail: half of the threads are kept for the others."""
    batches = [*ready, *(batch for batch, _ in running.values())]
    return max(0, THREADS // 2 - sum(batch.endpoint.failing_since is not None for batch in batches))


@cache
def _client() -> Client:
    """One for each process: its connections are kept from run to run."""
    return Client()


@dataclass
class _Row:
    """How a batch goes: failures in a row, and how long the endpoint asked to be left alone."""

    failures: int = 0
    stop: bool = False
    outcomes: list[Outcome] = field(default_factory=list)


def _make(batch: call_rows.Batch, client: Client, clock: Callable[[], datetime]) -> list[Outcome]:
    """Make the calls of one batch, one after the other; what is left when it ends is for another time."""
    row = _Row()
    until = time.monotonic() + BATCH_SECONDS
    for call in batch.calls:
        if row.stop or time.monotonic() >= until:
            break
        began = time.monotonic()
        at = clock()
        try:
            outcome = _one(batch.endpoint, call, client, at)
        except Exception as error:
            log.exception("call %s could not be made", call.message_id)
            outcome = _refused(call, None, f"a fault of ours: {type(error).__name__}", at)
        outcome.milliseconds = round((time.monotonic() - began) * 1000)
        row.outcomes.append(outcome)
        row.failures = 0 if outcome.ok else row.failures + 1
        row.stop = outcome.stops = outcome.stops or row.failures >= FAILURES_IN_A_ROW
    return row.outcomes


def _one(endpoint: Endpoint, call: Call, client: Client, at: datetime) -> Outcome:
    """One call. Only 2xx is success; a redirect is none, and is not followed."""
    headers = {
        "content-type": "application/json",
        "user-agent": "told-to-act-webhooks/1",
        **signed_headers(endpoint, call.message_id, call.body, at),
    }
    try:
        answer = client.call("POST", endpoint.url, headers=headers, body=call.body, seconds=CALL_SECONDS)
    except Forbidden as error:
        return _refused(call, None, str(error), at, stops=True)
    except NoAnswer as error:
        refused = _refused(call, None, str(error), at, stops=True)
        refused.perhaps = error.perhaps
        return refused
    if 200 <= answer.status < 300:
        return Outcome(call, at, ok=True, status=answer.status, words=f"answered {answer.status}")
    words = f"answered {answer.status}"
    if 300 <= answer.status < 400:
        words += ": redirects are not followed"
    refused = _refused(call, answer.status, words, at, stops=answer.status in (_GONE, _TOO_MANY))
    refused.gone, refused.perhaps = answer.status == _GONE, answer.status in _GATEWAYS
    if asked := _asked_to_wait(answer, at):
        if refused.next_attempt_at is not None:  # what is given up stays so
            refused.next_attempt_at = max(refused.next_attempt_at, at + asked)
        refused.rest = asked if answer.status in (_TOO_MANY, 503) else None
        refused.stops = True
    return refused


def _refused(call: Call, status: int | None, words: str, at: datetime, *, stops: bool = False) -> Outcome:
    """It was not taken: when to try again, or never. The pause never shrinks by chance, so that 75 hours are 75."""
    if call.attempts > len(call_rows.PAUSES):
        return Outcome(call, at, ok=False, status=status, words=words, stops=stops)
    pause = call_rows.PAUSES[call.attempts - 1] * (1 + random.random() * JITTER)
    return Outcome(call, at, ok=False, status=status, words=words, stops=stops, next_attempt_at=at + pause)


def _asked_to_wait(answer: Answer, at: datetime) -> timedelta | None:
    """How long the endpoint asks to be left alone, by `Retry-After`, in seconds or as a moment; a day at most."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=min(int(said), 10**6)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return max(timedelta(), min(moment - at, LONGEST_WAIT))
