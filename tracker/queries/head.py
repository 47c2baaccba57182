"""The end of the public chain, and reading the register as it was at one moment.

What runs for minutes reads over connections of its own (`EXPORTS_DATABASE`, a small pool), so that no number of slow
readers keeps the short requests waiting: inside `reading_over` every query goes there (`Readers`, Django's router).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tracker.models import LedgerHead

NO_EPOCH = UUID(int=0)

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


class Readers:
    """Where Django reads from: DATABASE_ROUTERS."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return _reading.get()


def reading_from() -> str:
    """Where this piece of work reads from."""
    return _reading.get()


@contextmanager
def reading_over(database: str) -> Iterator[None]:
    """Read over other connections than those of the short requests."""
    token = _reading.set(database)
    try:
        yield
    finally:
        _reading.reset(token)


@dataclass(frozen=True)
class PublicHead:
    """How many public lines there are, and which history of the register they belong to."""

    epoch: UUID
    number: int


def public_head() -> PublicHead:
    """The end of the public chain now; number 0 before the first line. One query."""
    head = LedgerHead.objects.values_list("epoch", "public_number").first()
    return PublicHead(*head) if head else PublicHead(NO_EPOCH, 0)


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is of one moment, whoever is writing meanwhile, and nothing can be written.

    The moment is that of the first query. Inside a transaction it takes part in that one (the tests).
    The level is set by a statement, for this transaction only: a connection of the pool keeps nothing of it.
    """
    database = reading_from()
    if connections[database].in_atomic_block:
        yield
        return
    with transaction.atomic(using=database):
        with connections[database].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
