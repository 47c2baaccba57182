"""Rows on their way into their table, many at once. Private to `tracker.actions`.

A list is written by `COPY`, and changed by one statement: Django's own ways put all values of a list into the text of a
statement, which takes ten times as long to write and to read. Constraints, triggers and guards hold as for any row.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

# So few are one short INSERT, which gives the ids back at once.
FEW = 20


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows, in the order given, and give each its id."""
    if len(rows) < FEW:
        model._default_manager.bulk_create(rows)
        return
    columns = _columns(model)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for row, pk in zip(rows, _new_ids(cursor, model, len(rows)), strict=True):
            row.pk = pk
        names = ", ".join(connection.ops.quote_name(name) for name, _ in columns)
        table = connection.ops.quote_name(model._meta.db_table)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([value(row) for _, value in columns])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _new_ids(cursor: Any, model: type[models.Model], number: int) -> list[int]:
    """Ids for so many rows, in the order in which they will stand."""
    # The sequence is looked up once, not for each row: that would take ten times as long as the ids.
    cursor.execute(
        "SELECT nextval((SELECT pg_get_serial_sequence(%s, %s)::regclass)) FROM generate_series(1, %s)",
        [model._meta.db_table, model._meta.pk.column, number],
    )
    return [pk for (pk,) in cursor.fetchall()]


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, Callable[[Any], Any]]]:
    """The columns that are written, each with what gives its value for a row, as psycopg takes it."""
    return [
        (str(field.column), _value_of(field))
        for field in model._meta.concrete_fields
        if not isinstance(field, models.GeneratedField)
    ]


_AS_THEY_ARE = (models.BooleanField, models.IntegerField, models.DateField, models.ForeignKey)


def _value_of(field: Any) -> Callable[[Any], Any]:
    name = field.attname
    if isinstance(field, models.CharField | models.TextField):
        # A word of a closed list is a member of an enumeration, which psycopg would look up for each row.
        return lambda row: None if (value := row.__dict__[name]) is None else str(value)
    if isinstance(field, _AS_THEY_ARE) and not getattr(field, "auto_now", False):
        return lambda row: row.__dict__[name]

    is_array = isinstance(field, ArrayField)

    def prepared(row: Any) -> Any:
        value = field.pre_save(row, add=True)
        return "{}" if is_array and not value else field.get_db_prep_save(value, connection)

    return prepared


def update(model: type[models.Model], rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write fields of rows on record, each with values of its own, in one statement."""
    if not rows:
        return
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    given = [{"id": row.pk, **{field.column: _as_json(field, row) for field in columns}} for row in rows]
    names = [connection.ops.quote_name(field.column) for field in columns]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET {', '.join(f'{name} = g.{name}' for name in names)}"
            f" FROM json_populate_recordset(NULL::{table}, %s) AS g WHERE t.id = g.id",
            [orjson.dumps(given).decode()],
        )


def _as_json(field: Any, row: Any) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name or ""
    return value.isoformat() if isinstance(value, datetime) else value
