"""One statement over many rows, given as arrays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tracker.queries.sql import array, array_of_texts


def columns(rows: Sequence[tuple[Any, ...]], width: int, name: str) -> dict[str, list[Any]]:
    """Rows as one array for each column: `name0`, `name1` and so on."""
    turned = list(zip(*rows, strict=True)) if rows else [()] * width
    return {f"{name}{n}": list(column) for n, column in enumerate(turned)}


def held_columns(held: Sequence[tuple[int, str, str]]) -> dict[str, str]:
    """What holds in which state, as `held0` to `held2`: the longest columns there are, as PostgreSQL reads them."""
    if not held:
        return {"held0": "{}", "held1": "{}", "held2": "{}"}
    states, fields, values = zip(*held, strict=True)
    return {"held0": array(states), "held1": array_of_texts(fields), "held2": array_of_texts(values)}


@contextmanager
def planned_for_many() -> Iterator[None]:
    """Meanwhile, in this transaction, each statement is planned for the arrays that it is given.

    Everywhere else one plan serves all values (settings.DATABASES): PostgreSQL expects ten rows of any array then,
    which costs seconds where there are thousands. Only meanwhile: the checks of foreign keys at commit would be
    planned anew for each row, too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield
        cursor.execute("SET LOCAL plan_cache_mode TO DEFAULT")
