"""What of a result is told: some of its fields, more than is usual, and where a search found something in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.queries.expansions import EXPANSIONS
from tracker.queries.search import snippets
from tracker.queries.shapes import as_json


@dataclass(frozen=True)
class Told:
    """What one request wants to be told: `fields`, `expand` and `q` of its parameters."""

    shape: type
    fields: Sequence[str] = ()
    expand: Sequence[str] = ()
    q: str = ""

    @classmethod
    def of(cls, shape: type, asked: dict[str, Any]) -> "Told":
        """Takes `fields` and `expand` out of the parameters, and leaves the rest for the filter."""
        return cls(shape, asked.pop("fields", ()), asked.pop("expand", ()), asked.get("q", ""))

    @property
    def is_usual(self) -> bool:
        """Every field, and nothing else."""
        return not (self.fields or self.expand or self.q)

    def results(self, rows: Sequence[Any], views: Sequence[Any], on: date, root: str) -> list[dict[str, Any]]:
        """The JSON of the rows, of which the views are given. What nobody wants is not read."""
        told = [as_json(view, root) for view in views]
        if self.is_usual or not rows:
            return told
        for name in self.expand:
            if self._wanted(name):
                self._expand(told, rows, name, on, root)
        if self.q and self._wanted("snippet"):
            cut = snippets(type(rows[0]), [row.pk for row in rows], self.q, on)
            for row, one in zip(rows, told, strict=True):
                one["snippet"] = cut.get(row.pk)
        return [{name: value for name, value in one.items() if self._wanted(name)} for one in told]

    def _expand(
        self, told: list[dict[str, Any]], rows: Sequence[Any], name: str, on: date, root: str
    ) -> None:
        in_full, _, several = EXPANSIONS[self.shape.resource][name]  # type: ignore[attr-defined]
        found = in_full(rows, on)
        for row, one in zip(rows, told, strict=True):
            one[name] = as_json(found.get(row.pk, [] if several else None), root)

    def _wanted(self, name: str) -> bool:
        return not self.fields or name in self.fields
