"""Questions to PostgreSQL, several in one journey: each is planned once for a connection and answered in its turn.

A process that waits is woken with nothing at hand. That costs it, and the server, more than to find a few rows. psycopg
has pipelines too: it sends their questions one by one, and looks for answers after each.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.generators import fetch, send
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Rows = list[tuple[Any, ...]]

# How many plans a connection keeps.
KEPT = 100


class Question(NamedTuple):
    """A text with $1, $2, … and what stands for them.

    `binary`: how the answer travels. `kept`: the connection keeps the plan, for a text that comes again.
    """

    text: bytes
    values: Sequence[Any] = ()
    binary: bool = True
    kept: bool = True


class Beginning(NamedTuple):
    """What a transaction begins with, before anything else is asked in it; and who is told the answers."""

    questions: Sequence[Question]
    told: Callable[[list[Rows]], None]


_BEGIN = Question(b"BEGIN")
_GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


def asked(server: psycopg.Connection[Any], questions: Sequence[Question]) -> list[Rows]:
    """The answers. Raises psycopg's error for the first question that has none: those after it were not answered.

    Where psycopg would begin a transaction with the next statement, it is begun.
    """
    begun = server.autocommit or server.pgconn.transaction_status != TransactionStatus.IDLE
    if begun:
        return _Journey(server, questions).made()
    return _Journey(server, [_BEGIN, *questions]).made()[1:]


_Key = tuple[bytes, tuple[int, ...]]
_Written = tuple[Sequence[Any], tuple[int, ...], list[Format] | None]
# What each connection keeps: names by text and types, the one that was used last at the end.
_kept: WeakKeyDictionary[psycopg.Connection[Any], OrderedDict[_Key, bytes]] = WeakKeyDictionary()
_numbers = count()


class _Journey:
    """All questions are sent, then all answers read."""

    def __init__(self, server: psycopg.Connection[Any], questions: Sequence[Question]) -> None:
        self.server, self.questions = server, questions
        self.names = _kept.setdefault(server, OrderedDict())
        self.adapting = Transformer(server)
        # What is done with each result, in their order.
        self.awaited: list[Callable[[PGresult], None]] = []
        self.rows: list[Rows] = []
        self.wrong: PGresult | None = None

    def made(self) -> list[Rows]:
        libpq = self.server.pgconn
        # A value that cannot be written is nobody's fault but its own: nothing was sent.
        written = [(question, *self._written(question.values)) for question in self.questions]
        try:
            libpq.enter_pipeline_mode()
            for each in written:
                self._ask(*each)
            while len(self.names) > KEPT:
                self._forget()
            libpq.pipeline_sync()
            self.server.wait(send(libpq))
            for meet, result in zip(self.awaited, self._results(), strict=True):
                meet(result)
            libpq.exit_pipeline_mode()
        except BaseException:
            # Half way nobody could tell to which question the next answer is.
            self.server.close()
            raise
        if self.wrong is not None:
            wrong = error_from_result(self.wrong, encoding=self.adapting.encoding)
            if isinstance(wrong, InvalidSqlStatementName):  # somebody threw the plans away
                self.names.clear()
            raise wrong
        return self.rows

    def _written(self, values: Sequence[Any]) -> _Written:
        written = self.adapting.dump_sequence(values, [PyFormat.AUTO] * len(values))
        return written, self.adapting.types or (), self.adapting.formats

    def _ask(
        self, question: Question, values: Sequence[Any], types: tuple[int, ...], forms: list[Format] | None
    ) -> None:
        libpq, form = self.server.pgconn, Format.BINARY if question.binary else Format.TEXT
        if question.kept:
            libpq.send_query_prepared(self._name((question.text, types)), values, forms, form)
        else:
            libpq.send_query_params(question.text, values, types, forms, form)
        self.awaited.append(self._answered)

    def _name(self, key: _Key) -> bytes:
        if key in self.names:
            self.names.move_to_end(key)
        else:
            self.names[key] = b"kept_%d" % next(_numbers)
            self.server.pgconn.send_prepare(self.names[key], *key)
            self.awaited.append(partial(self._prepared, key))
        return self.names[key]

    def _prepared(self, key: _Key, result: PGresult) -> None:
        if not self._is_good(result):
            del self.names[key]

    def _answered(self, result: PGresult) -> None:
        if self._is_good(result):
            self.adapting.set_pgresult(result)
            self.rows.append(self.adapting.load_rows(0, result.ntuples, tuple))

    def _forget(self) -> None:
        """The plan that was not used for longest; it stays if that fails."""
        key, name = self.names.popitem(last=False)
        self.server.pgconn.send_query_params(b"DEALLOCATE " + name, None)

        def forgotten(result: PGresult) -> None:
            if not self._is_good(result):
                self.names[key] = name
                self.names.move_to_end(key, last=False)

        self.awaited.append(forgotten)

    def _is_good(self, result: PGresult) -> bool:
        good = result.status in _GOOD
        if not good and self.wrong is None:
            self.wrong = result
        return good

    def _results(self) -> Iterator[PGresult]:
        libpq = self.server.pgconn
        while True:
            result = self.server.wait(fetch(libpq))
            if result is not None:
                if result.status == ExecStatus.PIPELINE_SYNC:
                    return
                yield result
            elif libpq.status == ConnStatus.BAD:
                if self.wrong is not None:
                    raise error_from_result(self.wrong, encoding=self.adapting.encoding)
                raise psycopg.OperationalError("the connection is lost")
