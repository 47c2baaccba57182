"""What a change of publication reveals or hides. Private to `tracker.actions`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.apps import apps

from tracker.actions._writing import (
    Writing,
    happened_on,
    hidden_targets,
    set_members,
    told,
)
from tracker.ledger import Line, line_about
from tracker.models import Addressee, Fact
from tracker.vocabulary import Noun, Step, fact_event

type_order = list(Noun)


def fact_models() -> dict[Noun, type[Fact]]:
    """Every kind of fact, in the order in which the public can make sense of them: sources first."""
    found = {model.noun: model for model in apps.get_models() if issubclass(model, Fact)}
    return {noun: found[noun] for noun in type_order if noun in found}


def ids_below(facts: Iterable[Fact]) -> dict[type[Fact], set[int]]:
    """The facts given and all that can be public only if they are, by kind."""
    found: dict[type[Fact], set[int]] = defaultdict(set)
    for fact in facts:
        found[type(fact)].add(fact.pk)
    children = [
        (model, name, model._meta.get_field(name).related_model)
        for model in fact_models().values()
        for name in model.ancestors
    ]
    fresh = {model: set(ids) for model, ids in found.items()}
    while fresh:
        below: dict[type[Fact], set[int]] = defaultdict(set)
        for model, name, above in children:
            if above in fresh:
                ids = model._default_manager.filter(**{f"{name}__in": fresh[above]}).values_list(
                    "pk", flat=True
                )
                below[model] |= set(ids) - found[model]
        for model, ids in below.items():
            found[model] |= ids
        fresh = {model: ids for model, ids in below.items() if ids}
    return {model: ids for model, ids in found.items() if ids}


def public_among(ids: Mapping[type[Fact], set[int]]) -> dict[type[Fact], set[int]]:
    """Those of the facts given that the public can see now."""
    return {
        model: set(model._default_manager.public().filter(pk__in=few).values_list("pk", flat=True))
        for model, few in ids.items()
    }


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
    lines = [line for model, ids in appeared.items() for line in _in_full(model, ids, reason)]
    for model in reversed(vanished):
        lines += [
            line_about(
                fact,
                fact_event(model.noun, Step.WITHDRAWN),
                occurred_on=None,
                is_public=True,
                reason=reason,
            )
            for fact in model._default_manager.filter(pk__in=vanished[model]).order_by("pk")
        ]
    lines += _links_to(appeared, appeared, shown=True) + _links_to(vanished, appeared, shown=False)
    writing.append(lines)


def _in_full(model: type[Fact], ids: set[int], reason: str) -> list[Line]:
    """Self-contained public lines for facts that became visible."""
    if not ids:
        return []
    foreign = [field.name for field in model._meta.fields if field.is_relation]
    facts = list(model._default_manager.filter(pk__in=ids).select_related(*foreign).order_by("pk"))
    hidden = hidden_targets(facts, None)
    return [
        line_about(
            fact,
            fact_event(model.noun, Step.PUBLISHED),
            occurred_on=happened_on(fact),
            is_public=True,
            reason=reason,
            **told(fact, hidden=hidden),
        )
        for fact in facts
    ]


def _links_to(
    targets: Mapping[type[Fact], set[int]],
    told_in_full: Mapping[type[Fact], set[int]],
    *,
    shown: bool,
) -> list[Line]:
    """Lines for the public facts that link to targets, but for those that this action tells in full."""
    lines = []
    for model in fact_models().values():
        found: dict[int, tuple[Fact, set[str], set[str]]] = {}
        for name, member, path in _links_of(model):
            ids = targets.get(member, set())
            if not ids:
                continue
            holders = model._default_manager.public().filter(**{f"{path}__in": ids}).distinct()
            for holder in holders.exclude(pk__in=told_in_full.get(model, set())):
                _, fields, sets = found.setdefault(holder.pk, (holder, set(), set()))
                (sets if name in model.sets else fields).add(name)
        hidden = {(kind, pk) for kind, ids in targets.items() for pk in ids} if not shown else set()
        for holder, fields, sets in found.values():
            hidden |= hidden_targets([holder], fields | sets)
            members = {name: set_members(holder, name) for name in sets}
            lines.append(
                line_about(
                    holder,
                    fact_event(model.noun, Step.LINKED),
                    occurred_on=None,
                    is_public=True,
                    **told(
                        holder,
                        fields=dict.fromkeys(fields),
                        sets=members,
                        hidden=hidden,
                    ),
                )
            )
    return lines


def _links_of(model: type[Fact]) -> list[tuple[str, type[Fact], str]]:
    """The fields and sets of a kind of fact that link to others and are no ancestors: name, kind, path."""
    links: list[tuple[str, type[Fact], str]] = []
    for column in model.told_fields():
        other = column.related_model
        if isinstance(other, type) and issubclass(other, Fact) and column.name not in model.ancestors:
            links.append((column.name, other, column.name))
    for name, (table, parent, member) in model.sets.items():
        rows = apps.get_model("tracker", table)
        above = rows._meta.get_field(parent).remote_field.related_name
        links.append((name, rows._meta.get_field(member).related_model, f"{above}__{member}"))
    return links


def touched_addressees(ids: Mapping[type[Fact], set[int]]) -> set[int]:
    """The addressees whose clocks may be moved by a change to facts of these kinds."""
    touched = set(ids.get(Addressee, set()))
    for model in fact_models().values():
        if any(field.name == "addressee" for field in model._meta.fields) and ids.get(model):
            touched |= set(
                model._default_manager.filter(pk__in=ids[model]).values_list("addressee", flat=True)
            )
    return touched
