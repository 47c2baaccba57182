"""Emptying the tables after a test that commits, past the triggers that forbid it.

The ledger refuses TRUNCATE, and Django's TransactionTestCase empties the tables by nothing else. So the one statement
runs as a replica would run it, without triggers. A TRUNCATE that a test issues itself still meets them.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations


def flush_without_triggers(self: DatabaseOperations, sql_list: Iterable[str]) -> None:
    """Takes the place of `execute_sql_flush` in the tests."""
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql in sql_list:
            cursor.execute(sql)
