"""The end of the public chain, and reading the register as it was at one moment."""

import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from tracker.models import LedgerHead
from tracker.queries.asking import Beginning, Question, Rows, asked
from tracker.queries.readers import reader

NO_EPOCH = UUID(int=0)


@dataclass(frozen=True)
class PublicHead:
    """How many public lines there are, and which history of the register they belong to."""

    epoch: UUID
    number: int


_HEAD = Question(f"SELECT epoch, public_number FROM {LedgerHead._meta.db_table}".encode())
# A page read by an index costs little more than one read in turn: else all addressees are gone through for the five of
# a rare word. Of these reads alone: where nothing is counted yet, the sweeps and alerts were led astray by it.
_BEGINNING = (
    Question(b"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
    Question(b"SET LOCAL random_page_cost = 1.1"),
    _HEAD,
)


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query.

    Over the connection that this piece of work reads from, if it has one; else over the one that each thread keeps.
    """
    connection = reader()
    if connection.in_atomic_block or connection.connection is not None or connection.beginning is not None:
        return _told(*connection.ask([_HEAD])[0])
    started = time.perf_counter()
    with connection.wrap_database_errors:
        found = _standing.ask(connection)
    connection.noted(_HEAD.text, started)
    return _told(*found)


# In seconds. How old the head may be from which whoever asks again is answered.
LATELY = 0.005


def head_lately(*, at: float) -> PublicHead:
    """The end of the public chain, as this process was told it at most LATELY before; `at` in seconds that only grow.

    To ask for it is about half of what a 304 costs, and where many ask at once, one question serves all. Who reads
    anything else of the register asks for the head itself; so does who is within a transaction, which has a head of
    its own.
    """
    if reader().in_atomic_block:
        return public_head()
    known = _lately.known
    if known is None or not 0 <= at - known[0] < LATELY:
        known = _lately.known = (at, public_head())
    return known[1]


class _Lately:
    """What one thread was told, for all of them: when it asked, and what."""

    known: tuple[float, PublicHead] | None = None


_lately = _Lately()


class _Standing(threading.local):
    """A connection that a thread keeps for this one question.

    It is asked before every answer. To take a connection out of the pool and to give it back cost more than the
    answer. A connection that is lost, or was another process's, is made anew.
    """

    kept: psycopg.Connection[Any] | None = None
    by = 0

    def ask(self, connection: Any) -> Rows:
        """Raises the error of psycopg if a new connection cannot give the answer either."""
        if self.kept is not None and self.by == os.getpid():
            with suppress(psycopg.Error):
                return asked(self.kept, [_HEAD])[0]
        how = {**connection.get_connection_params(), "autocommit": True}
        self.kept, self.by = connection.Database.connect(**how), os.getpid()
        weakref.finalize(self, self.kept.close)
        return asked(self.kept, [_HEAD])[0]


_standing = _Standing()


class Snapshot:
    """All that is read of one moment of the register."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._head: PublicHead | None = None

    @property
    def head(self) -> PublicHead:
        """The end of the public chain at that moment; no query of its own."""
        if self._head is None:
            self._connection.ensure_connection()  # nothing was asked yet: it begins
        assert self._head is not None
        return self._head

    def _begun(self, answers: list[Rows]) -> None:
        self._head = _told(*answers[-1])


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """All that is read inside is of one moment, that of its head, whoever is writing meanwhile; nothing can be written.

    It begins with the first question that is asked in it, and in the same journey: by Django's cursors to begin, to set
    the level and to ask for the head would be three. The level is this transaction's: a connection of the pool keeps
    nothing of it. Inside a transaction it takes part in that one (the tests).
    """
    connection = reader()
    moment = Snapshot(connection)
    if connection.in_atomic_block:
        moment._head = public_head()
        yield moment
        return
    connection.begin_reading(Beginning(_BEGINNING, moment._begun))
    try:
        yield moment
    finally:
        connection.end_reading()


def _told(row: tuple[Any, Any] | None = None) -> PublicHead:
    return PublicHead(*row) if row else PublicHead(NO_EPOCH, 0)
