"""Erasing what lines and rows say, where the law demands it: the lines stay, and the chain still verifies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from tracker.actions._publishing import by_kind, withdraw_rows
from tracker.actions._visibility import touched_addressees
from tracker.actions._writing import Change, Writing, change, reasoned
from tracker.actions.reviews import begin_review
from tracker.ledger import Actor, erasure_line
from tracker.models import Addressee, Answer, Assessment, Event, EventContent, Extension, Fact, Source
from tracker.queries.by_id import fact_models, ids_below
from tracker.queries.days import register_day
from tracker.vocabulary import LegalBasis, SourceKind, Step, fact_event

# What stands where a text stood that the row cannot be without.
REMOVED = "[removed]"
REMOVED_URL = "https://removed.invalid/"
# Part of what a thing is called by, and closed words: they tell of nobody.
_KEPT = frozenset({"number", "limb"})
# Without one of these a body may look late, or silent, or as if it had broken its word.
_FOR_A_BODY: tuple[type[Fact], ...] = (Answer, Assessment, Extension)


@dataclass(frozen=True)
class Removed:
    """What was erased: the facts, the lines, the place of the first public one, and the files that rows named."""

    facts: list[Fact]
    events: list[int]
    first_public: int | None
    files: list[str]


@transaction.atomic
def remove_facts(
    *,
    facts: Sequence[Fact],
    with_all_below: bool,
    legal_basis: LegalBasis,
    ordered_by: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Removed:
    """Erase what the register says in some facts, in their rows and in every line about them.

    1. The facts, and if asked all that stands on them, are withdrawn: a public tombstone for each that was seen.
    2. The texts, links and names of files in their rows are replaced; what they are about and when stays.
    3. The content of every earlier line about them is erased, public and private, with a line for each.

    Before that, addressees who lose an answer, an assessment or an extension by it are put under review: that our
    record was emptied is not their silence, so adverse words rest until staff say what may still be said.

    The public reads the legal basis, in a word; who ordered it and why only staff. Raises ValidationError without them.
    """
    reason = reasoned(reason)
    if not facts:
        raise ValidationError({"facts": ["Choose what is to be removed."]})
    if len(ordered_by.strip()) < 3:
        raise ValidationError({"ordered_by": ["Say who ordered it: the court, or whose request it was."]})
    chosen = _chosen(facts, with_all_below)
    events = _lines_about(chosen)
    public = f"Removed by law: {legal_basis.label}."
    writing = Writing(by, at)
    files = [name for fact in chosen for name in _files(fact)]
    _let_rest(chosen, public, by, at)
    withdraw_rows(chosen, public, writing)
    _blank(chosen, f"{ordered_by.strip()}: {reason}", writing)
    _erase(events, public, f"{ordered_by.strip()}: {reason}", writing)
    numbers = [event.public_seal.number for event in events if event.is_public]
    return Removed(chosen, [event.pk for event in events], min(numbers, default=None), files)


def _let_rest(facts: Sequence[Fact], removed: str, by: Actor, at: datetime) -> None:
    below = ids_below(facts)
    losing: set[int] = set()
    for model in _FOR_A_BODY:
        standing = model._default_manager.filter(pk__any_of=below.get(model, ()), withdrawn_at=None)
        losing |= touched_addressees({model: set(standing.values_list("pk", flat=True))})
    addressees = Addressee.objects.filter(pk__any_of=losing - below.get(Addressee, set()), withdrawn_at=None)
    begin_review(
        addressees=list(addressees), reason=f"{removed} What stood here counts for this body.", by=by, at=at
    )


def _lines_about(facts: Sequence[Fact]) -> list[Event]:
    """Every line about some facts whose content is there, oldest first."""
    about = Q(pk__in=[])
    for model, few in by_kind(facts).items():
        about |= Q(subject_type=model.noun, subject_id__any_of=[fact.pk for fact in few])
    lines = Event.objects.filter(about, content__isnull=False).select_related("seal", "public_seal")
    return list(lines.order_by("pk"))


def _erase(events: Sequence[Event], reason: str, staff_reason: str, writing: Writing) -> None:
    """Erase the content and the salts of lines, with a line for each that says so and why."""
    on = register_day(writing.at)
    writing.append([erasure_line(event, reason=reason, staff_reason=staff_reason, on=on) for event in events])
    EventContent.objects.filter(event__any_of=[event.pk for event in events]).delete()


def _chosen(facts: Sequence[Fact], with_all_below: bool) -> list[Fact]:
    """The rows themselves, locked."""
    ids = ids_below(facts) if with_all_below else {}
    for fact in facts:
        ids.setdefault(type(fact), set()).add(fact.pk)
    return [
        row
        for model in fact_models().values()
        for row in model._default_manager.select_for_update(of=("self",))
        .filter(pk__any_of=ids.get(model, ()))
        .order_by("pk")
    ]


def _blank(facts: Sequence[Fact], reason: str, writing: Writing) -> None:
    for model, few in by_kind(facts).items():
        change(
            [Change(fact, values) for fact in few if (values := _blanked(fact))],
            writing,
            kind=fact_event(model.noun, Step.CORRECTED),
            occurred_on=register_day(writing.at),
            public=set(),
            staff_reason=reason,
        )


def _files(fact: Fact) -> list[str]:
    names = [
        getattr(fact, field.name).name for field in fact._meta.fields if isinstance(field, models.FileField)
    ]
    return [name for name in names if name]


def _blanked(fact: Fact) -> dict[str, Any]:
    """What a row says once its texts are gone: closed words, dates and links to other facts stay."""
    values: dict[str, Any] = {}
    for column in fact.told_fields():
        value = getattr(fact, column.name)
        if column.is_relation or column.choices or column.name in _KEPT or not value:
            continue
        if isinstance(column, ArrayField | models.JSONField):
            values[column.name] = column.get_default()
        elif isinstance(column, models.FileField | models.URLField) or column.name.endswith("_sha256"):
            values[column.name] = ""
        elif isinstance(column, models.SlugField):
            values[column.name] = "removed"
        elif isinstance(column, models.CharField | models.TextField) and not column.name.endswith(
            "_precision"
        ):
            values[column.name] = REMOVED
    if isinstance(fact, Source) and fact.kind == SourceKind.PAGE and "url" in values:
        values["url"] = REMOVED_URL  # a page without an address is refused
    return values
