"""Several questions in one: to ask PostgreSQL once more costs more than what is found of a few rows.

Each takes texts that are made and planned once (`sql.py`) and makes another such text of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orjson import loads

from tracker.queries.sql import Kept, Prepared, array, renamed


def which_find(queries: Mapping[str, Kept], whole: Sequence[Prepared] = ()) -> Prepared:
    """One question for many: a row that tells, query by query, whether it would find anything; then all rows of the
    `whole` ones, each a list of objects in JSON.

    Most things have little hanging on them: who asks this first need not ask the rest.
    """
    columns = [f"EXISTS ({kept.prepared.sql}) AS {name}" for name, kept in queries.items()]
    columns += [f"(SELECT COALESCE(json_agg(r), '[]')::text FROM ({rows.sql}) AS r)" for rows in whole]
    return Prepared(f"SELECT {', '.join(columns)}")


def told_rows(told: str) -> list[tuple[Any, ...]]:
    """The rows that `which_find` told whole."""
    return [tuple(row.values()) for row in loads(told)]


class Alongside:
    """Models, each with a row that another question finds for it.

    `given`: what of a model's own columns, or what is made of them, that question is given for its parameters;
    `{name}` stands for a column.
    """

    def __init__(self, kept: Kept, question: Prepared, given: Mapping[str, str]) -> None:
        self.kept = kept
        columns = [f"c{number}" for number in range(kept.width)]
        own = {name: f"found.{each}" for name, each in zip(kept.names, columns[kept.span], strict=True)}
        asked = renamed(question.sql, {name: made_of.format(**own) for name, made_of in given.items()})
        self.prepared = Prepared(
            f"SELECT found.*, more.* FROM ({kept.prepared.sql}) AS found ({', '.join(columns)})"
            f" CROSS JOIN LATERAL ({asked}) AS more"
        )

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, tuple[Any, ...]]]:
        found = self.prepared.rows(values, binary=False)
        models = self.kept.made_of(found)
        return [(model, row[self.kept.width :]) for model, row in zip(models, found, strict=True)]


class Beside:
    """Models of several kinds by their ids, which each kind's query is given as `ids`; in no order."""

    def __init__(self, kinds: Sequence[Kept]) -> None:
        self.kinds = kinds
        texts = [renamed(each.prepared.sql, {"ids": f"%(ids{n})s"}) for n, each in enumerate(kinds)]
        joined = "".join(f" LEFT JOIN ({text}) AS q{n} ON of.kind = {n}" for n, text in enumerate(texts))
        told = ", ".join(["of.kind", *(f"q{n}.*" for n in range(len(kinds)))])
        self.prepared = Prepared(
            f"SELECT {told} FROM generate_series(0, {len(kinds) - 1}) AS of (kind){joined}"
        )

    def models(self, ids: Sequence[Iterable[int]]) -> list[list[Any]]:
        """The models of each kind."""
        found = self.prepared.rows({f"ids{n}": array(each) for n, each in enumerate(ids)}, binary=False)
        return [*self._told(found)]

    def _told(self, found: Sequence[tuple[Any, ...]]) -> Iterable[list[Any]]:
        start = 1
        for number, kept in enumerate(self.kinds):
            mine = [row[start : start + kept.width] for row in found if row[0] == number]
            key = kept.span.start + kept.names.index("id")
            yield kept.made_of(row for row in mine if row[key] is not None)
            start += kept.width
