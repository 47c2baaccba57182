"""Statements put together from parts: what the ORM compiles, so that it starts from `public()`, and what it cannot say.

A part carries its parameters with it, in the order in which they stand; nothing that somebody typed is ever text.
"""

from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    params: tuple[Any, ...] = field(default=())


def sql(template: str, **parts: "Sql | str") -> Sql:
    """A template whose `{name}`s are the parts; a part that is text is SQL of ours."""
    text = ""
    params: list[Any] = []
    for before, name, _, _ in Formatter().parse(template):
        text += before
        if name:
            part = parts[name]
            piece = part if isinstance(part, Sql) else Sql(part)
            text += piece.text
            params += piece.params
    return Sql(text, tuple(params))


def joined(parts: "list[Sql]", by: str) -> Sql:
    return Sql(by.join(part.text for part in parts), tuple(p for part in parts for p in part.params))


def select(rows: QuerySet) -> Sql:
    """What the ORM makes of a query; one that can find nothing is a query too."""
    compiled, params = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return Sql(compiled, tuple(params))
