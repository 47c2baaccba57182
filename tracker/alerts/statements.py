"""One statement over many rows, given as arrays."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def columns(rows: Sequence[tuple[Any, ...]], width: int, name: str) -> dict[str, list[Any]]:
    """Rows as one array for each column: `name0`, `name1` and so on."""
    turned = list(zip(*rows, strict=True)) if rows else [()] * width
    return {f"{name}{n}": list(column) for n, column in enumerate(turned)}


def execute(sql: str, values: dict[str, Any]) -> int:
    """How many rows it made or changed. Past Django's own cursor, which would write the arrays out as text."""
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
