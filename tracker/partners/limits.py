"""How often somebody may ask, counted over all processes.

A window begins with a caller's first request and lasts a minute. The count is one row in PostgreSQL; a process
draws several requests from it at once and hands them out from its own memory, so that most requests ask no database.
What is drawn counts as used: all processes together never grant more than the limit, and may grant a little less.
"""

import hashlib
import math
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from tracker.models import RateCount

WINDOW = timedelta(minutes=1)
# A draw is a share of what is left, so that little lies unused in one process while another has run dry.
SHARE_DRAWN = 32
LARGEST_DRAW = 200
# So many callers are remembered before those whose window is over are forgotten.
MOST_REMEMBERED = 10_000

_DRAW = """
    INSERT INTO tracker_ratecount AS r (caller, begun_at, granted) VALUES (%(caller)s, %(at)s, %(draw)s)
    ON CONFLICT (caller) DO UPDATE SET
        begun_at = CASE WHEN r.begun_at <= %(over)s THEN %(at)s ELSE r.begun_at END,
        granted = CASE WHEN r.begun_at <= %(over)s THEN 0 ELSE r.granted END + %(draw)s
    RETURNING begun_at, granted
"""


class Allowance(NamedTuple):
    """What a caller was told: the limit, how many are left, and in how many seconds the window ends."""

    granted: bool
    limit: int
    left: int
    seconds: int


@dataclass
class _Window:
    """What this process knows of a caller: what it drew and has not handed out, and how many were left then."""

    ends_at: datetime
    drawn: int
    left: int


class Limiter:
    """The memory of one process."""

    def __init__(self) -> None:
        self._windows: dict[UUID, _Window] = {}
        self._lock = threading.Lock()

    def ask(self, caller: UUID, limit: int, *, at: datetime) -> Allowance:
        """Whether this caller may go on: from memory, else from the common count."""
        with self._lock:
            window = self._windows.get(caller)
            if window is not None and window.ends_at <= at:
                window = None
            if window is not None and (window.drawn > 0 or window.left == 0):
                return _hand_out(window, limit, at)
        left = window.left if window else limit
        drawn = _draw(caller, limit, max(1, min(left // SHARE_DRAWN, LARGEST_DRAW)), at)
        with self._lock:
            window = self._windows.get(caller)
            if window is not None and window.ends_at == drawn.ends_at:
                drawn.drawn += window.drawn  # another thread drew too
            self._windows[caller] = drawn
            if len(self._windows) > MOST_REMEMBERED:
                self._forget(at)
            return _hand_out(drawn, limit, at)

    def _forget(self, at: datetime) -> None:
        """Those whose window is over, or all if that is not enough. What was drawn is lost, never granted twice."""
        self._windows = {who: kept for who, kept in self._windows.items() if kept.ends_at > at}
        if len(self._windows) > MOST_REMEMBERED:
            self._windows.clear()


def _draw(caller: UUID, limit: int, draw: int, at: datetime) -> _Window:
    """Draw from the common count: nothing once it has reached the limit."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, {"caller": caller, "at": at, "over": at - WINDOW, "draw": draw})
        begun_at, granted = cursor.fetchone()
    drawn = max(0, min(draw, limit - (granted - draw)))
    return _Window(begun_at + WINDOW, drawn, max(0, limit - granted))


def _hand_out(window: _Window, limit: int, at: datetime) -> Allowance:
    granted = window.drawn > 0
    if granted:
        window.drawn -= 1
    seconds = max(1, math.ceil((window.ends_at - at).total_seconds()))
    return Allowance(granted, limit, window.left + window.drawn, seconds)


def caller_of(kind: str, name: str) -> UUID:
    """Who asks, as the count knows them: a digest under the register's own key, so that no address is kept."""
    return _digest(settings.SECRET_KEY, kind, name)


@lru_cache(maxsize=1024)
def _digest(secret: str, kind: str, name: str) -> UUID:
    key = hashlib.sha256(secret.encode()).digest()
    return UUID(bytes=hashlib.blake2b(f"{kind} {name}".encode(), key=key, digest_size=16).digest())


def forget(*, at: datetime) -> int:
    """Drop the windows that are over; how many."""
    return RateCount.objects.filter(begun_at__lt=at - 2 * WINDOW).delete()[0]
