"""What a change of publication reveals or hides. Private to `tracker.actions`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.apps import apps

from tracker.actions._writing import Writing, happened_on, told
from tracker.ledger import Line, line_about
from tracker.models import Addressee, Fact
from tracker.vocabulary import Noun, Step, fact_event

type_order = list(Noun)


def fact_models() -> dict[Noun, type[Fact]]:
    """Every kind of fact, in the order in which the public can make sense of them: sources first."""
    found = {
        model.noun: model for model in apps.get_models() if issubclass(model, Fact)
    }
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
                ids = model._default_manager.filter(
                    **{f"{name}__in": fresh[above]}
                ).values_list("pk", flat=True)
                below[model] |= set(ids) - found[model]
        for model, ids in below.items():
            found[model] |= ids
        fresh = {model: ids for model, ids in below.items() if ids}
    return {model: ids for model, ids in found.items() if ids}


def public_among(ids: Mapping[type[Fact], set[int]]) -> dict[type[Fact], set[int]]:
    """Those of the facts given that the public can see now."""
    return {
        model: set(
            model._default_manager.public()
            .filter(pk__in=few)
            .values_list("pk", flat=True)
        )
        for model, few in ids.items()
    }


def public_ids(facts: Iterable[Fact]) -> set[int]:
    """The ids of those of the facts given, of one kind, that the public can see."""
    facts = list(facts)
    return (
        public_among({type(facts[0]): {fact.pk for fact in facts}})[type(facts[0])]
        if facts
        else set()
    )


def lines_of_difference(
    before: Mapping[type[Fact], set[int]],
    after: Mapping[type[Fact], set[int]],
    *,
    reason: str,
) -> tuple[list[Line], dict[type[Fact], set[int]]]:
    """Public lines for all that became visible, in full, and tombstones for all that no longer is.

    Also the ids that changed, by kind.
    """
    lines: list[Line] = []
    moved: dict[type[Fact], set[int]] = {}
    for model in fact_models().values():
        seen, was = after.get(model, set()), before.get(model, set())
        if seen == was:
            continue
        moved[model] = seen ^ was
        foreign = [f.name for f in model._meta.fields if f.is_relation]
        for fact in (
            model._default_manager.filter(pk__in=seen - was)
            .select_related(*foreign)
            .order_by("pk")
        ):
            lines.append(
                line_about(
                    fact,
                    fact_event(model.noun, Step.PUBLISHED),
                    occurred_on=happened_on(fact),
                    is_public=True,
                    reason=reason,
                    **told(fact),
                )
            )
    for model in reversed(fact_models().values()):
        gone = before.get(model, set()) - after.get(model, set())
        for fact in model._default_manager.filter(pk__in=gone).order_by("pk"):
            lines.append(
                line_about(
                    fact,
                    fact_event(model.noun, Step.WITHDRAWN),
                    occurred_on=None,
                    is_public=True,
                    reason=reason,
                    after={},
                )
            )
    return lines, moved


def append_difference(
    before: Mapping[type[Fact], set[int]],
    after: Mapping[type[Fact], set[int]],
    writing: Writing,
    *,
    reason: str,
) -> dict[type[Fact], set[int]]:
    """Write the lines of a change of visibility; the ids that changed, by kind."""
    lines, moved = lines_of_difference(before, after, reason=reason)
    writing.append(lines)
    return moved


def touched_addressees(ids: Mapping[type[Fact], set[int]]) -> set[int]:
    """The addressees whose clocks may be moved by a change to facts of these kinds."""
    touched = set(ids.get(Addressee, set()))
    for model in fact_models().values():
        if any(field.name == "addressee" for field in model._meta.fields) and ids.get(
            model
        ):
            touched |= set(
                model._default_manager.filter(pk__in=ids[model]).values_list(
                    "addressee", flat=True
                )
            )
    return touched
