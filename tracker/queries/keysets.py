"""The rows of a page by the keys at its edge, as ids, in a text that PostgreSQL plans once: no model is made of them.

The text of a list depends on what it is asked for and on the day, not on who asks nor on what is in it: it is kept.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Model, Q, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL

from tracker.queries.asking import Question, Rows
from tracker.queries.readers import reader
from tracker.queries.sql import IDS, Among, Kept, Prepared, array, with_values

# Texts of some ten thousand letters: a few megabytes in each process.
KEPT = 256
_TYPES = {"date": "date", "integer": "integer"}

Matching = Callable[[Any], QuerySet]


# The ids of a page that was found in the same journey, in the order in which it is shown.
_NOTED = "register.page"
THE_PAGE = f"current_setting('{_NOTED}')::bigint[]"


def page_and(
    more: Question,
    matching: Matching,
    wanted: Hashable,
    keys: Sequence[str],
    edge: Sequence[Any] | None,
    size: int,
    *,
    turned: bool,
) -> tuple[Rows, Rows]:
    """A page after an edge, in the order of `keys` (as for order_by), and one row more where there is one: each its id
    and its keys. And the answer to what is asked about THE_PAGE, which has the rows `turned` around or not.

    In one journey: nobody here needs to know the page before more is asked about it.
    """
    text, values = _noted_page(matching, wanted, tuple(keys), edge is not None, size, turned)
    given = {f"edge{number}": value for number, value in enumerate(edge or ())}
    found, answer = reader().ask([text.question({**values, **given}), more])
    return [row for row in found if row[0] is not None], answer


@lru_cache(maxsize=KEPT)
def _noted_page(
    matching: Matching, wanted: Hashable, keys: tuple[str, ...], after: bool, size: int, turned: bool
) -> tuple[Prepared, dict[str, Any]]:
    """`page_text` that notes what it finds, be it nothing."""
    text, values = page_text(matching, wanted, keys, after, size + 1)
    names = ", ".join(["id", *(f"key{number}" for number in range(len(keys)))])
    return (
        Prepared(
            f"WITH page AS MATERIALIZED (SELECT found.*, row_number() OVER () AS place FROM ({text.sql}) AS found),"
            f" ids AS (SELECT array_agg(id ORDER BY place {'DESC' if turned else 'ASC'}) AS ids"
            f" FROM page WHERE place <= {int(size)}),"
            f" noted AS MATERIALIZED (SELECT set_config('{_NOTED}', COALESCE(ids, '{{}}')::text, true) FROM ids)"
            f" SELECT {names} FROM noted LEFT JOIN page ON true ORDER BY place"
        ),
        values,
    )


@lru_cache(maxsize=KEPT)
def page_text(
    matching: Matching, wanted: Hashable, keys: tuple[str, ...], after: bool, most: int
) -> tuple[Prepared, dict[str, Any]]:
    """The statement of a page, and its values but for those of the edge."""
    names = {f"key{number}": F(key.removeprefix("-")) for number, key in enumerate(keys)}
    rows = matching(wanted).select_related(None).order_by().annotate(**names)
    text, values = with_values(rows.values("id", *names), "value")
    edge = {name: f"%(edge{number})s::{_type(rows, name)}" for number, name in enumerate(names)}
    beyond = f"WHERE {_beyond(keys, edge)}" if after else ""
    return (
        Prepared(
            f"SELECT id, {', '.join(names)} FROM ({text}) AS matching {beyond}"
            f" ORDER BY {_turns(names, keys)} LIMIT {int(most)}"
        ),
        values,
    )


@dataclass(frozen=True)
class Few:
    """What a query says of itself as its attribute `few`: it finds those of few `rows` that are among the `seen`.

    Whatever is asked of the query after that makes another one, which says nothing of itself.
    """

    rows: QuerySet
    seen: QuerySet


def page_planned_once(
    rows: QuerySet, keys: Sequence[str], most: int, beyond: Q | None = None
) -> list[tuple[Any, tuple[Any, ...]]]:
    """At most so many models that a query finds, in the order of `keys`, each with its keys; only those `beyond` an
    edge. Two queries, which come again with other values, so PostgreSQL plans them once.

    For what takes longer to plan than to run: few rows are found, by keys, whatever the values are. What is sorted is
    narrow; the models are fetched of those that are left. Of a `few`, each is asked in its turn whether it is seen,
    until there are enough.
    """
    names = {f"key{number}": F(key.removeprefix("-")) for number, key in enumerate(keys)}
    few: Few | None = getattr(rows, "few", None)
    if few is not None and not {*few.seen.query.annotations}.isdisjoint(map(_root, keys)):
        few = None  # the order is one of what is seen
    narrow = (few.rows if few else rows).filter(beyond or Q()).select_related(None).order_by(*keys)
    text, values = with_values(narrow.annotate(**names).values_list("pk", *names), "value")
    if few:
        this = RawSQL("few.pk", [], BigIntegerField())
        one, more = with_values(few.seen.select_related(None).order_by().filter(pk=this).values("pk"), "seen")
        text = (
            f"SELECT few.* FROM ({text} OFFSET 0) AS few (pk, {', '.join(names)})"
            f" WHERE EXISTS ({one} OFFSET 0) ORDER BY {_turns(names, keys)}"
        )
        values |= more
    text += f" LIMIT {int(most)}"
    found = {pk: told for pk, *told in Prepared(text).rows(values)}
    kept = _models_of(rows.model, tuple(_paths(rows.query.select_related or {})))
    models = {row.pk: row for row in kept.models({IDS.name: array(found)})} if found else {}
    prefetch_related_objects([*models.values()], *rows._prefetch_related_lookups)  # type: ignore[attr-defined]
    return [(models[pk], tuple(told)) for pk, told in found.items()]


@cache
def _models_of(model: type[Model], related: Sequence[str]) -> Kept:
    return Kept(
        model._default_manager.filter(Among(F("pk"), IDS)).select_related(*related or (None,)).order_by()
    )


def _paths(tree: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """What `select_related` was given."""
    for name, below in tree.items():
        yield above + name
        yield from _paths(below, f"{above}{name}__")


def _turns(names: Iterable[str], keys: Sequence[str]) -> str:
    return ", ".join(
        f"{name} {'DESC' if key[0] == '-' else 'ASC'}" for name, key in zip(names, keys, strict=True)
    )


def _root(key: str) -> str:
    return key.removeprefix("-").partition("__")[0]


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
