"""When what a deadline was worked out from is corrected, the deadline is, too. Private to `tracker.actions`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from tracker.actions._checked import no_deadline_before_the_ask
from tracker.actions._writing import Change
from tracker.deadlines import Due
from tracker.models import Addressee, Fact, Recommendation, Regime, Report
from tracker.queries.deadlines import suggested_answer_due

# Fields of these decide when an answer, or an act, is due.
_OF_A_REPORT = {"regime", "dated_earliest", "dated_latest", "dated_precision"}
_OF_AN_ASK = {
    "asked_earliest", "asked_latest", "asked_precision", "answer_due_on", "answer_regime", "act_by", "act_by_text",
}  # fmt: skip
# The sentence by which a first date can be checked.
_BASES = (("first_answer_due_on", "answer_due_basis"), ("first_act_by", "act_by_basis"))
# What `queries.deadlines.time_limit` reads, and whether it stands.
_OF_A_REGIME = {
    "name", "source", "kind", "strength", "amount", "unit", "counting", "calendar", "rolls_over_weekends",
    "starts_from", "starts_from_text", "automatic", "in_force_from", "withdrawn_at",
}  # fmt: skip


@dataclass(frozen=True)
class Times:
    """What the rules make of one ask: when its answer is due, and by when it is to be done."""

    answer: Due
    act_by: date | None
    act_by_text: str


def times_behind(changes: Sequence[Change]) -> dict[int, Times]:
    """The times of the asks that rest on what is being changed, by the ask, as they are now."""
    found = Q(pk__in=())
    for each in changes:
        fact, names = each.fact, each.values.keys()
        if isinstance(fact, Recommendation) and names & _OF_AN_ASK:
            found |= Q(pk=fact.pk)
        elif isinstance(fact, Report) and names & _OF_A_REPORT:
            found |= Q(report=fact.pk)
        elif isinstance(fact, Regime) and names & _OF_A_REGIME:
            found |= Q(report__regime=fact.pk) | Q(answer_regime=fact.pk)
    return _times(found) if found else {}


def moved_with(before: Mapping[int, Times]) -> list[tuple[Addressee, dict[str, Any]]]:
    """The addressees whose first dates were those of the rules, and what these make of them now.

    What a person set, or confirmed in their own words, stays.
    """
    after = _times(Q(pk__in=before)) if before else {}
    changed = {pk for pk, times in after.items() if times != before[pk]}
    rows = Addressee.objects.select_for_update(of=("self",)).order_by("pk")
    rows = rows.filter(recommendation__in=changed, withdrawn_at=None)
    found = []
    for row in rows if changed else ():
        was, now = before[row.recommendation_id], after[row.recommendation_id]
        values: dict[str, Any] = {}
        if row.first_answer_due_on and (row.first_answer_due_on, row.answer_due_basis) == (
            was.answer.on,
            was.answer.basis,
        ):
            stands = now.answer.confirmed
            values |= {
                "first_answer_due_on": now.answer.on if stands else None,
                "answer_due_basis": now.answer.basis if stands else "",
                "answer_due_strength": now.answer.strength if stands else "",
            }
        if row.first_act_by and (row.first_act_by, row.act_by_basis) == (was.act_by, was.act_by_text):
            values |= {"first_act_by": now.act_by, "act_by_basis": now.act_by_text if now.act_by else ""}
        if values:
            found.append((row, values))
    return found


def no_deadline_is_left_before(asks: Collection[int]) -> None:
    """Raises ValidationError where a deadline that a person set is before its ask by now."""
    rows = Addressee.objects.filter(recommendation__in=asks, withdrawn_at=None)
    for row in rows.select_related("recommendation"):
        for name in ("first_answer_due_on", "first_act_by"):
            no_deadline_before_the_ask(name, getattr(row, name), row.recommendation)


def _times(which: Q) -> dict[int, Times]:
    asks = Recommendation.objects.filter(which, withdrawn_at=None).select_related(
        "report__regime__source", "answer_regime__source"
    )
    return {
        ask.pk: Times(suggested_answer_due(ask), ask.act_by, ask.act_by_text) for ask in asks.order_by("pk")
    }


def basis_follows(fact: Fact, values: Mapping[str, Any]) -> None:
    """Raises ValidationError for another first date beside the sentence by which the old one could be checked."""
    if isinstance(fact, Addressee):
        for first, basis in _BASES:
            if values.get(first) and getattr(fact, basis) and basis not in values:
                raise ValidationError(
                    {basis: ["Say how the new date follows: this sentence is of the old one."]}
                )


def whole_clock(fact: Fact, values: dict[str, Any]) -> dict[str, Any]:
    """A first date that is taken away takes the one in force with it: there is no deadline any more."""
    if isinstance(fact, Addressee):
        for first, in_force in (("first_answer_due_on", "answer_due_on"), ("first_act_by", "act_by")):
            if first in values and values[first] is None:
                values = {**values, in_force: None}
    return values
