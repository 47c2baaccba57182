"""Facts by their ids: the rows, which of them the public can see, and what can be public only if they are.

For the actions that write, show and hide facts. Each text is made once; where facts are of several kinds, one statement
asks for all of them. It is planned anew each time: a plan that was made when the tables were empty reads them row by
row for each row, until PostgreSQL counts them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import F, Model

from tracker.models import Fact
from tracker.queries.sql import IDS, Among, Kept, Prepared, array, named_ids, written_out
from tracker.vocabulary import Noun

Ids = Mapping[type[Fact], set[int]]


@cache
def fact_models() -> dict[Noun, type[Fact]]:
    """Every kind of fact, in the order in which the public can make sense of them: sources first."""
    found = {model.noun: model for model in apps.get_models() if issubclass(model, Fact)}
    return {noun: found[noun] for noun in Noun if noun in found}


def rows_by_id(model: type[Model], ids: Collection[int]) -> dict[int, Any]:
    """The rows of one kind, by id, in the order of their ids."""
    if not ids:
        return {}
    found = _by_id(model).models({"ids": array(ids)}, anew=True)
    return {row.pk: row for row in found}


@cache
def _by_id(model: type[Model]) -> Kept:
    return Kept(model._default_manager.filter(Among(F("pk"), IDS)).order_by("pk"))


def public_among(ids: Ids) -> dict[type[Fact], set[int]]:
    """Those of the facts given that the public can see now; one query."""
    seen: dict[type[Fact], set[int]] = {model: set() for model in ids}
    asked = tuple(model for model in fact_models().values() if ids.get(model))
    if asked:
        for number, pk in _rows(_public(asked), {f"ids{n}": ids[model] for n, model in enumerate(asked)}):
            seen[asked[number]].add(pk)
    return seen


def ids_below(facts: Iterable[Fact]) -> dict[type[Fact], set[int]]:
    """The facts given and all that can be public only if they are, by kind; a query for each step down."""
    found: dict[type[Fact], set[int]] = defaultdict(set)
    for fact in facts:
        found[type(fact)].add(fact.pk)
    fresh = {model: set(ids) for model, ids in found.items()}
    while asked := tuple(model for model in fact_models().values() if fresh.get(model) and _children(model)):
        values = {f"ids{n}": fresh[model] for n, model in enumerate(asked)}
        below: dict[type[Fact], set[int]] = defaultdict(set)
        kinds = _children_of(asked)
        for number, pk in _rows(_below(asked), values):
            below[kinds[number][0]].add(pk)
        fresh = {model: ids - found[model] for model, ids in below.items()}
        for model, new in fresh.items():
            found[model] |= new
    return {model: ids for model, ids in found.items() if ids}


def _rows(text: Prepared, values: Mapping[str, set[int]]) -> list[tuple[Any, ...]]:
    """The number of a kind and an id, for each fact found."""
    return text.rows({name: array(sorted(ids)) for name, ids in values.items()}, anew=True)


@cache
def _public(kinds: tuple[type[Fact], ...]) -> Prepared:
    texts = (
        written_out(
            model.objects.public().filter(Among(F("pk"), named_ids(f"ids{number}"))).order_by().values("id")
        )
        for number, model in enumerate(kinds)
    )
    return _numbered(texts)


@cache
def _children(above: type[Fact]) -> list[tuple[type[Fact], str]]:
    """The kinds that a kind is an ancestor of, each by the field that names it."""
    return [
        (model, name)
        for model in fact_models().values()
        for name in model.ancestors
        if model._meta.get_field(name).related_model is above
    ]


@cache
def _children_of(kinds: tuple[type[Fact], ...]) -> list[tuple[type[Fact], str, int]]:
    """Each kind of child, the field by which it names its ancestor, and that ancestor's number."""
    return [(*child, number) for number, above in enumerate(kinds) for child in _children(above)]


@cache
def _below(kinds: tuple[type[Fact], ...]) -> Prepared:
    texts = (
        written_out(child.objects.filter(Among(F(name), named_ids(f"ids{number}"))).order_by().values("id"))
        for child, name, number in _children_of(kinds)
    )
    return _numbered(texts)


def _numbered(texts: Iterable[str]) -> Prepared:
    """Several queries for ids as one, each row with the number of its query."""
    return Prepared(" UNION ALL ".join(f"SELECT {n}, t.id FROM ({text}) t" for n, text in enumerate(texts)))
