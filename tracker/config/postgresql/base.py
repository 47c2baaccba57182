"""Django's PostgreSQL, but for two things.

A transaction that wrote nothing is ended without waiting for its end: whoever uses the connection next reads what the
server said, and by then it has: nobody sleeps and wakes for it.

And a connection of the pool that its server has left is noticed without asking.

Django's own check (CONN_HEALTH_CHECKS) sends an empty query before each request: as much as all else that a request
needs that is answered with 304. A server that ends closes its connections, and the kernel knows of that: only where
there is something to be read from a connection that nobody uses is it asked whether it is well.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    # The end of a transaction was sent, and nobody has read what the server said to it.
    ending = False

    def end_reading(self) -> None:
        """End a transaction that wrote nothing. Where the connection is lost, so is its transaction."""
        try:
            self.connection.pgconn.send_query(b"COMMIT")
        except OperationalError:
            return
        self.ending = True

    def ensure_connection(self) -> None:
        self._settle()
        super().ensure_connection()

    def close(self) -> None:
        self._settle()
        super().close()

    def _settle(self) -> None:
        if self.ending:
            self.ending = False
            while self.connection is not None and self.connection.pgconn.get_result() is not None:
                pass

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
