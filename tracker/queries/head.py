"""The end of the public chain, and reading the register as it was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from tracker.models import LedgerHead

NO_EPOCH = UUID(int=0)


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
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
