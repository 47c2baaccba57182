"""What a change of publication reveals or hides. Private to `tracker.actions`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import Model

from tracker.actions._writing import (
    Writing,
    happened_on,
    hidden_targets,
    members_of,
    set_members,
    told,
)
from tracker.ledger import Line, line_about
from tracker.models import Addressee, Fact
from tracker.queries.by_id import fact_models, public_among, rows_by_id
from tracker.vocabulary import Step, fact_event


def public_ids(facts: Iterable[Fact]) -> set[int]:
    """The ids of those of the facts given, of one kind, that the public can see."""
    facts = list(facts)
    return public_among({type(facts[0]): {fact.pk for fact in facts}})[type(facts[0])] if facts else set()


def append_difference(
    before: Mapping[type[Fact], set[int]],
    after: Mapping[type[Fact], set[int]],
    writing: Writing,
    *,
    reason: str,
) -> None:
    """Write public lines for a change of visibility.

    1. All that became visible, in full, in an order in which each stands on what came before.
    2. Tombstones for all that no longer is, in the opposite order.
    3. The links of other public facts to what appeared or vanished: a line never names a draft.
    """
    appeared = {model: after.get(model, set()) - before.get(model, set()) for model in fact_models().values()}
    vanished = {model: before.get(model, set()) - after.get(model, set()) for model in fact_models().values()}
    known: Known = defaultdict(dict)
    lines = [line for model, ids in appeared.items() for line in _in_full(model, ids, reason, known)]
    for model in (each for each in reversed(vanished) if vanished[each]):
        lines += [
            line_about(
                fact,
                fact_event(model.noun, Step.WITHDRAWN),
                occurred_on=None,
                is_public=True,
                reason=reason,
            )
            for fact in rows_by_id(model, vanished[model]).values()
        ]
    lines += _links_to(appeared, appeared, shown=True) + _links_to(vanished, appeared, shown=False)
    writing.append(lines)


# What was read already, by kind and id.
Known = dict[type[Model], dict[int, Any]]


def _in_full(model: type[Fact], ids: set[int], reason: str, known: Known) -> list[Line]:
    """Self-contained public lines for facts that became visible."""
    if not ids:
        return []
    rows = rows_by_id(model, ids)
    facts = [*rows.values()]
    known[model] |= rows
    _link(facts, known)
    members = {name: members_of(facts, name) for name in model.sets}
    hidden = hidden_targets(facts, None, _each(few for found in members.values() for few in found.values()))
    return [
        line_about(
            fact,
            fact_event(model.noun, Step.PUBLISHED),
            occurred_on=happened_on(fact),
            is_public=True,
            reason=reason,
            **told(
                fact, sets={name: found.get(fact.pk, []) for name, found in members.items()}, hidden=hidden
            ),
        )
        for fact in facts
    ]


_each = chain.from_iterable


def _link(facts: Sequence[Fact], known: Known) -> None:
    """Give facts of one kind the rows that they link to. Many share them, and most were read before."""
    links: Sequence[Any] = type(facts[0])._meta.concrete_fields
    for field in links:
        target: Any = field.related_model
        if target is None:
            continue
        ids = {getattr(fact, field.attname) for fact in facts} - {None}
        if missing := ids - known[target].keys():
            known[target] |= rows_by_id(target, missing)
        for fact in facts:
            if (pk := getattr(fact, field.attname)) is not None:
                field.set_cached_value(fact, known[target][pk])


def _links_to(
    targets: Mapping[type[Fact], set[int]], told_in_full: Mapping[type[Fact], set[int]], *, shown: bool
) -> list[Line]:
    """Lines for the public facts that link to targets, but for those that this action tells in full."""
    found: dict[Fact, list[Link]] = defaultdict(list)
    for link in _links_in_use(targets):
        holders = link.holder._default_manager.public().filter(
            **{f"{link.path}__any_of": targets[link.target]}
        )
        for holder in holders.exclude(pk__any_of=told_in_full.get(link.holder, set())).distinct():
            found[holder].append(link)
    vanished = {(model, pk) for model, ids in targets.items() for pk in ids if not shown}
    lines = []
    for holder, links in found.items():
        sets = {link.name: set_members(holder, link.name) for link in links if link.name in holder.sets}
        fields = {link.name: None for link in links if link.name not in holder.sets}
        hidden = vanished | hidden_targets([holder], fields.keys(), _each(sets.values()))
        lines.append(
            line_about(
                holder,
                fact_event(holder.noun, Step.LINKED),
                occurred_on=None,
                is_public=True,
                **told(holder, fields=fields, sets=sets, hidden=hidden),
            )
        )
    return lines


class Link(NamedTuple):
    """A field or a set of one kind of fact that names facts of another kind, and is no ancestor."""

    holder: type[Fact]
    name: str
    target: type[Fact]
    path: str
    table: str
    column: str


@cache
def _links() -> list[Link]:
    links = []
    for holder in fact_models().values():
        for field in holder.told_fields():
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Fact) and field.name not in holder.ancestors:
                table = holder._meta.db_table
                links.append(Link(holder, field.name, target, field.name, table, str(field.column)))
        for name, (rows_name, parent, member) in holder.sets.items():
            rows: Any = apps.get_model("tracker", rows_name)
            field = rows._meta.get_field(member)
            path = f"{rows._meta.get_field(parent).remote_field.related_name}__{member}"
            links.append(Link(holder, name, field.related_model, path, rows._meta.db_table, field.column))
    return links


def _links_in_use(targets: Mapping[type[Fact], set[int]]) -> list[Link]:
    """The links by which anything names one of the targets: one statement asks all of them."""
    asked = [link for link in _links() if targets.get(link.target)]
    if not asked:
        return []
    sql = " UNION ALL ".join(
        f"SELECT {n} WHERE EXISTS (SELECT 1 FROM {link.table} WHERE {link.column} = ANY(%s))"
        for n, link in enumerate(asked)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(targets[link.target]) for link in asked])
        return [asked[n] for (n,) in cursor.fetchall()]


def touched_addressees(ids: Mapping[type[Fact], set[int]]) -> set[int]:
    """The addressees whose clocks may be moved by a change to facts of these kinds."""
    touched = set(ids.get(Addressee, set()))
    for model in fact_models().values():
        if any(field.name == "addressee" for field in model._meta.fields) and ids.get(model):
            touched |= set(
                model._default_manager.filter(pk__any_of=ids[model]).values_list("addressee", flat=True)
            )
    return touched - {None}  # a challenge may be of an ask, and of no addressee
