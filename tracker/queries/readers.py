"""Over which connections this piece of work reads.

What runs for minutes reads over connections of its own (`EXPORTS_DATABASE`, a small pool), so that no number of slow
readers keeps the short requests waiting: inside `reading_over` every query goes there (`Readers`, Django's router).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


class Readers:
    """Where Django reads from: DATABASE_ROUTERS."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return _reading.get()


def reading_from() -> str:
    """Where this piece of work reads from."""
    return _reading.get()


def reader() -> Any:
    """The connection of this thread that this piece of work reads over (tracker.config.postgresql)."""
    return connections[_reading.get()]


@contextmanager
def reading_over(database: str) -> Iterator[None]:
    """Read over other connections than those of the short requests."""
    token = _reading.set(database)
    try:
        yield
    finally:
        _reading.reset(token)
