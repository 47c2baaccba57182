"""The end of the public chain, and reading the register as it was at one moment."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

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
_BEGIN = f"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; {_HEAD}"


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query."""
    return _head(_HEAD)


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
        if not server.closed:
            server.pgconn.exec_(b"COMMIT")


def _head(sql: str) -> PublicHead:
    """It is asked before every answer, and is most of what a 304 costs: so it is asked of libpq itself.

    By Django's cursor it costs three times as much.
    """
    connection = connections[reading_from()]
    connection.ensure_connection()
    started = time.perf_counter()
    with connection.wrap_database_errors:
        found = connection.connection.pgconn.exec_(sql.encode())
        if found.status != ExecStatus.TUPLES_OK:
            raise error_from_result(found)
    noted(sql, started)
    if not found.ntuples:
        return PublicHead(NO_EPOCH, 0)
    return PublicHead(UUID(found.get_value(0, 0).decode()), int(found.get_value(0, 1)))
