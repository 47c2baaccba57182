"""The end of the public chain, and reading the register as it was at one moment."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from tracker.models import LedgerHead
from tracker.queries.sql import noted

NO_EPOCH = UUID(int=0)


@dataclass(frozen=True)
class PublicHead:
    """How many public lines there are, and which history of the register they belong to."""

    epoch: UUID
    number: int


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query.

    It is asked before every answer, and is most of what a 304 costs: so it is asked of libpq itself. Django's cursor
    costs three times as much.
    """
    connection.ensure_connection()
    started = time.perf_counter()
    with connection.wrap_database_errors:
        found = connection.connection.pgconn.exec_(_HEAD)
        if found.status != ExecStatus.TUPLES_OK:
            raise error_from_result(found)
    noted(_HEAD.decode(), started)
    if not found.ntuples:
        return PublicHead(NO_EPOCH, 0)
    return PublicHead(UUID(found.get_value(0, 0).decode()), int(found.get_value(0, 1)))


_HEAD = f"SELECT epoch, public_number FROM {LedgerHead._meta.db_table}".encode()


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is of one moment, whoever is writing meanwhile, and nothing can be written.

    The moment is that of the first query. Inside a transaction it takes part in that one (the tests).
    Begun and ended by hand: Django's own would begin, and then set the level, in two steps. The level is this
    transaction's: a connection of the pool keeps nothing of it.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    server = connection.connection
    with connection.wrap_database_errors:
        server.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try:
        yield
    finally:
        with connection.wrap_database_errors:
            # Nothing was written. After a ROLLBACK psycopg would have all that was planned planned again.
            server.execute("COMMIT")
