"""Pages by key: page 10,000 costs what page 1 costs, and no row is skipped when others come or go.

A cursor holds the keys of the row at the edge of a page. It is signed, and good for one list in one order; it holds
public values only (never a row's number, from which drafts could be counted).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from api.conditional import Built
from api.errors import Problem, refuse
from tracker.queries.asking import Question
from tracker.queries.keysets import Matching, page_and, page_planned_once
from tracker.queries.subjects import Subjects

LARGEST_PAGE = 200
PAGE = 50
FORWARD, BACK = "next", "previous"


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of its neighbours; None where there are none."""

    rows: list[Any]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Pager:
    """One list in one order: `keys` as for order_by, none of them null, the last of them unique."""

    name: str
    ordering: str
    keys: Sequence[str]
    size: int

    def page(self, rows: QuerySet | Subjects, cursor: str | None, *, again: bool = False) -> Page:
        """Raises ValidationError for a cursor that this list, in this order, never gave.

        `again`: others will ask the same with other values, and to plan it takes longer than to run it.
        """
        way, edge, keys = self._asked(cursor)
        beyond = _beyond(keys, edge) if edge is not None else Q()
        if again:
            told = page_planned_once(rows, keys, self.size + 1, beyond)
            return self._page(way, edge, [row for row, _ in told], [at for _, at in told])
        found = list(rows.filter(beyond).order_by(*keys)[: self.size + 1])
        return self._page(way, edge, found, [[_value(row, key) for key in self.keys] for row in found])

    def page_and_documents(
        self, matching: Matching, wanted: Any, cursor: str | None, documents: Question
    ) -> tuple[Page, bytes]:
        """The same, with ids for rows, and the JSON that PostgreSQL makes of them."""
        way, edge, keys = self._asked(cursor)
        found, [(told,)] = page_and(documents, matching, wanted, keys, edge, self.size, turned=way == BACK)
        return self._page(way, edge, [row[0] for row in found], [row[1:] for row in found]), told

    def _asked(self, cursor: str | None) -> tuple[str, list[Any] | None, Sequence[str]]:
        """Which way to go, from where, by which keys."""
        way, edge = self._read(cursor) if cursor else (FORWARD, None)
        return way, edge, self.keys if way == FORWARD else [_turned(key) for key in self.keys]

    def _page(self, way: str, edge: list[Any] | None, found: list[Any], keys: list[Sequence[Any]]) -> Page:
        """The page of what was found: one row more than it has says that there are more."""
        more, found, keys = len(found) > self.size, found[: self.size], keys[: self.size]
        if way == BACK:
            found.reverse()
            keys.reverse()
        after = more if way == FORWARD else True
        before = more if way == BACK else edge is not None
        return Page(
            found,
            self._write(FORWARD, keys[-1]) if found and after else None,
            self._write(BACK, keys[0]) if found and before else None,
        )

    def _write(self, way: str, edge: Sequence[Any]) -> str:
        return _signer(self.name, self.ordering).sign_object([way, [*map(_plain, edge)]])

    def _read(self, cursor: str) -> tuple[str, list[Any]]:
        try:
            way, edge = _signer(self.name, self.ordering).unsign_object(cursor)
        except (BadSignature, ValueError):
            refuse(
                [
                    Problem(
                        "cursor",
                        "invalid",
                        "This list, in this order, gave no such cursor: take one from `next` or `previous`.",
                    )
                ]
            )
        return way, edge


@cache
def _signer(name: str, ordering: str) -> Signer:
    return Signer(salt=f"api.pagination {name} {ordering}")


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _value(row: Model, key: str) -> Any:
    return reduce(getattr, key.removeprefix("-").split("__"), row)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _beyond(keys: Sequence[str], edge: Sequence[Any]) -> Q:
    """The rows after the edge in this order: a later first key, or the same and a later second, and so on."""
    condition, same = Q(), Q()
    for key, value in zip(keys, edge, strict=True):
        name = key.removeprefix("-")
        further = "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{name}__{further}": value})
        same &= Q(**{name: value})
    # It follows from the others, and an index can be entered by it.
    first = keys[0].removeprefix("-")
    return condition & Q(**{f"{first}__{'lte' if keys[0].startswith('-') else 'gte'}": edge[0]})


def paginated(
    request: Request, results: list[Any] | bytes, *, next: str | None, previous: str | None, name: str
) -> Built:
    """The answer of a list: its page, the addresses of its neighbours, in the body and as a Link header.

    Results that are JSON already are passed on as they are.
    """
    # This very list, from another place: its other parameters in the order of their names.
    here, asked = request.build_absolute_uri(request.path), dict(request.query_params.lists())
    links = {
        way: f"{here}?{urlencode(sorted({**asked, name: [cursor]}.items()), doseq=True)}" if cursor else None
        for way, cursor in ((FORWARD, next), (BACK, previous))
    }
    if isinstance(results, bytes):
        data: Any = b"".join((b'{"results":', results, b",", orjson.dumps(links)[1:]))
    else:
        data = {"results": results, **links}
    relations = {FORWARD: "next", BACK: "prev"}
    told = [f'<{url}>; rel="{relations[way]}"' for way, url in links.items() if url]
    return Built(data, {"Link": ", ".join(told)} if told else {})
