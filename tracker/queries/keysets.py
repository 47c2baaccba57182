"""The rows of a page by the keys at its edge, as ids, in a text that PostgreSQL plans once: no model is made of them.

The text of a list depends on what it is asked for and on the day, not on who asks nor on what is in it: it is kept.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from tracker.queries.sql import Prepared, with_values

# Texts of some ten thousand letters: a few megabytes in each process.
KEPT = 256
_TYPES = {"date": "date", "integer": "integer"}

Matching = Callable[[Any], QuerySet]


def page_of(
    matching: Matching, wanted: Hashable, keys: Sequence[str], edge: Sequence[Any] | None, most: int
) -> list[tuple[Any, ...]]:
    """At most so many rows after an edge, in the order of `keys` (as for order_by): each its id and its keys."""
    text, values = page_text(matching, wanted, tuple(keys), edge is not None, most)
    given = {f"edge{number}": value for number, value in enumerate(edge or ())}
    return text.rows({**values, **given})


@lru_cache(maxsize=KEPT)
def page_text(
    matching: Matching, wanted: Hashable, keys: tuple[str, ...], after: bool, most: int
) -> tuple[Prepared, dict[str, Any]]:
    """The statement of a page, and its values but for those of the edge."""
    names = {f"key{number}": F(key.removeprefix("-")) for number, key in enumerate(keys)}
    rows = matching(wanted).select_related(None).order_by().annotate(**names)
    text, values = with_values(rows.values("id", *names), "value")
    order = ", ".join(
        f"{name} {'DESC' if key[0] == '-' else 'ASC'}" for name, key in zip(names, keys, strict=True)
    )
    edge = {name: f"%(edge{number})s::{_type(rows, name)}" for number, name in enumerate(names)}
    beyond = f"WHERE {_beyond(keys, edge)}" if after else ""
    return (
        Prepared(
            f"SELECT id, {', '.join(names)} FROM ({text}) AS matching {beyond} ORDER BY {order} LIMIT {int(most)}"
        ),
        values,
    )


def _beyond(keys: Sequence[str], edge: Mapping[str, str]) -> str:
    """The rows after the edge: a later first key, or the same and a later second, and so on.

    Where all keys run one way that is one comparison of rows, by which an index can be entered; where not, the first
    key alone can.
    """
    further = ["<" if key.startswith("-") else ">" for key in keys]
    if len({*further}) == 1:
        return f"({', '.join(edge)}) {further[0]} ({', '.join(edge.values())})"
    names = [*edge]
    steps = [
        " AND ".join(
            [*(f"{same} = {edge[same]}" for same in names[:at]), f"{name} {further[at]} {edge[name]}"]
        )
        for at, name in enumerate(names)
    ]
    return f"{names[0]} {further[0]}= {edge[names[0]]} AND (({') OR ('.join(steps)}))"


def _type(rows: QuerySet, name: str) -> str:
    return _TYPES.get(rows.query.annotations[name].output_field.db_type(connection), "text")
