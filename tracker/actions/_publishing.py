"""Publishing and withdrawing, for the actions that do it. Private to `tracker.actions`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from tracker.actions._clocks import settle
from tracker.actions._second import no_longer_waiting
from tracker.actions._visibility import append_difference, touched_addressees
from tracker.actions._writing import Change, Writing, change
from tracker.models import Answer, Fact, Silence, Source
from tracker.models.base import SourcedFact
from tracker.queries.by_id import fact_models, ids_below, public_among
from tracker.queries.days import register_day
from tracker.vocabulary import Step, Verification, fact_event


def publish_rows(facts: Sequence[Fact], writing: Writing, reason: str) -> None:
    """Publish facts, with the sources that they stand on. Raises ValidationError for a source that cannot be."""
    sources = _draft_sources(facts)
    must_be_publishable(sources)
    _mark([*sources, *facts], Step.PUBLISHED, lambda fact: _marked(fact, writing.at), writing, reason)


def withdraw_rows(facts: Sequence[Fact], reason: str, writing: Writing) -> None:
    """Withdraw those facts that are not withdrawn yet."""
    standing = [fact for fact in facts if fact.withdrawn_at is None]
    _mark(standing, Step.WITHDRAWN, lambda _: {"withdrawn_at": writing.at}, writing, reason)


def _mark(
    facts: Sequence[Fact],
    step: Step,
    values: Callable[[Fact], dict[str, datetime | None]],
    writing: Writing,
    reason: str,
) -> None:
    """Mark the rows, each with a private line; tell the public what it sees and did not, or no longer sees."""
    below = ids_below(facts)
    before = public_among(below)
    for model, few in by_kind(facts).items():
        change(
            [Change(fact, values(fact)) for fact in few],
            writing,
            kind=fact_event(model.noun, step),
            occurred_on=register_day(writing.at),
            public=set(),
            staff_reason=reason,
        )
        no_longer_waiting(few, writing)
    append_difference(before, public_among(below), writing, reason=reason)
    settle(touched_addressees(below), writing)


def must_be_publishable(facts: Sequence[Fact]) -> None:
    """Raises ValidationError that says of each fact that cannot be published what is missing."""
    if problems := [problem for fact in facts if (problem := _unpublishable(fact))]:
        raise ValidationError(problems)


def _marked(fact: Fact, at: datetime) -> dict[str, datetime | None]:
    """What publishing writes on a row. An answer is on record from now: nobody is told how long it was a draft."""
    marks: dict[str, datetime | None] = {"published_at": at, "withdrawn_at": None}
    if isinstance(fact, Answer) and fact.published_at is None:
        marks["recorded_at"] = at
    return marks


def _draft_sources(facts: Sequence[Fact]) -> list[Source]:
    """The sources that the facts given stand on and that nobody published yet. A withdrawn one stays so."""
    given = {fact.pk for fact in facts if isinstance(fact, Source)}
    named = {fact.source_id for fact in facts if isinstance(fact, SourcedFact) and fact.source_id}
    return list(Source.objects.drafts().filter(pk__any_of=named - given).order_by("pk"))


def _unpublishable(fact: Fact) -> str:
    """Why a fact cannot be published yet, with the fix; empty if it can."""
    if isinstance(fact, Silence) and fact.seconded_by_id is None:
        return "A silence is published when a second person has agreed to it."
    if isinstance(fact, SourcedFact):
        if fact.source_id is None:
            return f"{fact}: name the source. Nothing is published without one."
        if fact.verification == Verification.UNVERIFIED:
            return f"{fact}: check it against its source and say how it was checked, then publish it."
    for constraint in fact._meta.constraints:
        if constraint.name.endswith("_published_with_a_date") and fact.occurred() is None:
            return f"{fact}: {constraint.violation_error_message}"
    return ""


def by_kind(facts: Sequence[Fact]) -> dict[type[Fact], list[Fact]]:
    """The facts given by kind, sources first."""
    return {
        model: few
        for model in fact_models().values()
        if (few := [fact for fact in facts if type(fact) is model])
    }
