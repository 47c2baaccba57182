"""The end of the public chain, and reading the register as it was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from tracker.models import LedgerHead
from tracker.queries.sql import Prepared

NO_EPOCH = UUID(int=0)


@dataclass(frozen=True)
class PublicHead:
    """How many public lines there are, and which history of the register they belong to."""

    epoch: UUID
    number: int


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query."""
    found = _HEAD.rows({})
    return PublicHead(*found[0]) if found else PublicHead(NO_EPOCH, 0)


_HEAD = Prepared(f"SELECT epoch, public_number FROM {LedgerHead._meta.db_table}")


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
