"""Django's PostgreSQL, but for three things.

Several questions are asked in one journey, each planned once for the connection (tracker/queries/asking.py).

A transaction that writes nothing begins with the first question in it, and is ended without waiting for its end:
whoever uses the connection next reads what the server said, and by then it has: nobody sleeps and wakes for it.

And a connection of the pool that its server has left is noticed without asking.

Django's own check (CONN_HEALTH_CHECKS) sends an empty query before each request: as much as all else that a request
needs that is answered with 304. A server that ends closes its connections, and the kernel knows of that: only where
there is something to be read from a connection that nobody uses is it asked whether it is well.
"""

import select
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.generators import fetch_many
from psycopg_pool import ConnectionPool

from tracker.queries.asking import Beginning, Question, Rows, asked


class DatabaseWrapper(base.DatabaseWrapper):
    # What a transaction begins with that is to begin with the next question.
    beginning: Beginning | None = None
    # The connection on which it was begun.
    begun: psycopg.Connection[Any] | None = None
    # The end of a transaction was sent, and nobody has read what the server said to it.
    ending = False

    def ask(self, questions: Sequence[Question]) -> list[Rows]:
        """The answers, in one journey; see `asked`. Raises Django's errors."""
        self._settle()
        beginning, self.beginning = self.beginning, None
        try:
            super().ensure_connection()  # which asks for one itself, to set it up
        except BaseException:
            self.beginning = beginning
            raise
        first = beginning.questions if beginning else ()
        self.begun = self.connection if beginning else self.begun
        started = time.perf_counter()
        with self.wrap_database_errors:
            found = asked(self.connection, [*first, *questions])
        if beginning:
            self.noted(b"; ".join(question.text for question in first), started)
            beginning.told(found[: len(first)])
        for question in questions:
            self.noted(question.text, started)
        return found[len(first) :]

    def noted(self, sql: bytes, started: float) -> None:
        """Tell Django of a question that went past its cursors, so that tests count it among the others."""
        if self.queries_logged:
            took = f"{time.perf_counter() - started:.3f}"
            self.queries_log.append({"sql": sql.decode(), "time": took})

    def begin_reading(self, beginning: Beginning) -> None:
        """A transaction that writes nothing begins with whatever is asked next."""
        self.beginning = beginning

    def end_reading(self) -> None:
        """End it. Where nothing was asked, there is none; where the connection is lost, so is its transaction."""
        begun, self.begun, self.beginning = self.begun, None, None
        if begun is None or self.connection is not begun:
            return
        try:
            begun.pgconn.send_query(b"COMMIT")
        except OperationalError:
            return
        self.ending = True

    def ensure_connection(self) -> None:
        if self.beginning:
            self.ask(())
        self._settle()
        super().ensure_connection()

    def close(self) -> None:
        self._settle()
        super().close()

    def _settle(self) -> None:
        if not self.ending:
            return
        self.ending = False
        if self.connection is not None:
            try:
                self.connection.wait(fetch_many(self.connection.pgconn))
            except OperationalError:
                self.connection.close()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        while self.pool and not _is_there(connection):
            connection.close()
            self.pool.putconn(connection)  # which makes another one in its place
            connection = super().get_new_connection(conn_params)
        return connection


def _is_there(connection: Any) -> bool:
    silence = select.poll()
    silence.register(connection.fileno(), select.POLLIN)
    if not silence.poll(0):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True
