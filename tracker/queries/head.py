"""The end of the public chain, and reading the register as it was at one moment."""

import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format

from tracker.models import LedgerHead
from tracker.queries.readers import reading_from
from tracker.queries.sql import noted

NO_EPOCH = UUID(int=0)


@dataclass(frozen=True)
class PublicHead:
    """How many public lines there are, and which history of the register they belong to."""

    epoch: UUID
    number: int


_HEAD = f"SELECT epoch, public_number FROM {LedgerHead._meta.db_table}"
# A page read by an index costs little more than one read in turn: else all addressees are gone through for the five of
# a rare word. Of these reads alone: where nothing is counted yet, the sweeps and alerts were led astray by it.
_BEGIN = f"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL random_page_cost = 1.1; {_HEAD}"


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query.

    Over the connection that this piece of work reads from, if it has one; else over the one that each thread keeps.
    """
    connection = connections[reading_from()]
    if connection.in_atomic_block or connection.connection is not None:
        return _head(_HEAD)
    started = time.perf_counter()
    with connection.wrap_database_errors:
        found = _standing.ask(connection)
    noted(_HEAD, started)
    return _told(found)


# In seconds. How old the head may be from which whoever asks again is answered.
LATELY = 0.005


def head_lately(*, at: float) -> PublicHead:
    """The end of the public chain, as this process was told it at most LATELY before; `at` in seconds that only grow.

    To ask for it is about half of what a 304 costs, and where many ask at once, one question serves all. Who reads
    anything else of the register asks for the head itself; so does who is within a transaction, which has a head of
    its own.
    """
    if connections[reading_from()].in_atomic_block:
        return public_head()
    known = _lately.known
    if known is None or not 0 <= at - known[0] < LATELY:
        known = _lately.known = (at, public_head())
    return known[1]


class _Lately:
    """What one thread was told, for all of them: when it asked, and what."""

    known: tuple[float, PublicHead] | None = None


_lately = _Lately()


class _Kept:
    """A connection on which the question is prepared; closed with the thread that keeps it."""

    def __init__(self, connection: Any) -> None:
        how = {**connection.get_connection_params(), "autocommit": True}
        server = connection.Database.connect(**how)
        weakref.finalize(self, server.close)
        self.by = os.getpid()
        self.asked = server.pgconn
        self.asked.prepare(_NAME, _HEAD.encode())

    def answer(self) -> Any:
        return self.asked.exec_prepared(_NAME, (), result_format=Format.TEXT)


class _Standing(threading.local):
    """A connection that a thread keeps for this one question.

    It is asked before every answer and is most of what a 304 costs. To take a connection out of the pool, to give it
    back, and to have the question read and planned anew cost more than the answer. A connection that is lost, or
    was another process's, is made anew.
    """

    kept: _Kept | None = None

    def ask(self, connection: Any) -> Any:
        """The answer of libpq. Raises the error of psycopg if a new connection cannot give it either."""
        if self.kept is not None and self.kept.by == os.getpid():
            found = self.kept.answer()
            if found.status == ExecStatus.TUPLES_OK:
                return found
        self.kept = _Kept(connection)
        found = self.kept.answer()
        if found.status != ExecStatus.TUPLES_OK:
            raise error_from_result(found)
        return found


_NAME = b"public_head"
_standing = _Standing()


@contextmanager
def snapshot() -> Iterator[PublicHead]:
    """All that is read inside is of one moment, that of the head, whoever is writing meanwhile; nothing can be written.

    Inside a transaction it takes part in that one (the tests). Begun and ended by hand: Django would begin, set the
    level and ask for the head in three steps. The level is this transaction's: a connection of the pool keeps nothing
    of it.
    """
    connection = connections[reading_from()]
    if connection.in_atomic_block:
        yield public_head()
        return
    head = _head(_BEGIN)
    server = connection.connection
    try:
        yield head
    finally:
        # Of the connection that was begun on. Where it is lost, so is its transaction: there is nothing to end.
        if connection.connection is server and not server.closed:
            connection.end_reading()  # type: ignore[attr-defined]  # tracker.config.postgresql


def _head(sql: str) -> PublicHead:
    """Asked of libpq itself: by Django's cursor it costs three times as much."""
    connection = connections[reading_from()]
    connection.ensure_connection()
    started = time.perf_counter()
    with connection.wrap_database_errors:
        found = connection.connection.pgconn.exec_(sql.encode())
        if found.status != ExecStatus.TUPLES_OK:
            raise error_from_result(found)
    noted(sql, started)
    return _told(found)


def _told(found: Any) -> PublicHead:
    if not found.ntuples:
        return PublicHead(NO_EPOCH, 0)
    return PublicHead(_epoch(found.get_value(0, 0)), int(found.get_value(0, 1)))


@lru_cache(maxsize=8)
def _epoch(written: bytes) -> UUID:
    return UUID(written.decode())
