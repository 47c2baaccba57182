"""Correcting any fact, a typing error in a title too: a new line, and the old one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import dates_fit
from tracker.actions._clocks import settle
from tracker.actions._second import not_by_one_alone
from tracker.actions._timing import (
    Times,
    basis_follows,
    moved_with,
    no_deadline_is_left_before,
    times_behind,
    whole_clock,
)
from tracker.actions._visibility import append_difference, touched_addressees
from tracker.actions._writing import (
    Change,
    Writing,
    change,
    plain,
    reasoned,
    set_members,
)
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Challenge, Event, Fact, Recommendation, Report, Response
from tracker.models.base import SPAN_PARTS
from tracker.queries.by_id import ids_below, public_among
from tracker.queries.days import register_day
from tracker.vocabulary import ChallengeAbout, Step, fact_event

# What is changed by an action of its own, never by a correction.
NOT_CORRECTED = frozenset(
    {"published_at", "withdrawn_at", "recorded_at", "answer_missed_on", "promise_missed_on",
     "proposed_by", "seconded_by", "successor", "ended_on", "duty_holder", "file", "file_sha256",
     "redacted_file", "redacted_sha256", "redacted_findings", "may_be_published", "under_review_since",
     "about", "outcome", "settled_on", "reply", "declined_because", "by_whom", "came_by", "received_on"}
)  # fmt: skip


class StaleEdit(ValidationError):
    """The fact changed since the editor read it. `theirs` are the values now on record, by field."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(
            "Somebody changed this while you were editing. Nothing was saved: compare both versions."
        )
        self.theirs = theirs


def last_line(fact: Fact) -> int:
    """The id of the latest line about a fact: what a form carries to be refused when it is stale."""
    line = Event.objects.filter(subject_type=fact.noun, subject_id=fact.pk).order_by("-pk").first()
    return line.pk if line else 0


@dataclass(frozen=True)
class Correction:
    """What one fact should say: values of fields, and members of sets."""

    fact: Fact
    values: Mapping[str, Any]
    sets: Mapping[str, Sequence[Fact]] = field(default_factory=dict)


@transaction.atomic
def correct(
    *,
    fact: Fact,
    values: Mapping[str, Any],
    reason: str,
    by: Actor,
    at: datetime,
    sets: Mapping[str, Sequence[Fact]] | None = None,
    seen_line: int | None = None,
) -> bool:
    """Correct fields and sets of one fact; True if anything changed.

    `seen_line` is the last line about the fact that the editor had read. Raises StaleEdit if there is a later
    one, ValidationError for a field that a correction may not touch, for a date that does not fit (as where the
    fact is entered), or without a reason. Asks that were made on their report's date move with it, and first deadlines
    with the rule, or the day, that they were worked out from.
    """
    reason = reasoned(reason)
    row = type(fact)._default_manager.select_for_update(of=("self",)).get(pk=fact.pk)
    if seen_line is not None and last_line(row) != seen_line:
        raise StaleEdit({name: getattr(row, name) for name in values})
    return bool(_correct([Correction(row, values, sets or {})], reason, Writing(by, at)))


@transaction.atomic
def correct_all(*, corrections: Sequence[Correction], reason: str, by: Actor, at: datetime) -> int:
    """Correct facts of one kind, each once; how many changed. Raises ValidationError as `correct` does."""
    if not corrections:
        return 0
    model, ids = type(corrections[0].fact), [each.fact.pk for each in corrections]
    rows = model._default_manager.select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
    fresh = [Correction(rows[each.fact.pk], each.values, each.sets) for each in corrections]
    return _correct(fresh, reasoned(reason), Writing(by, at))


def _correct(
    corrections: Sequence[Correction], reason: str, writing: Writing, *, follow_on: bool = False
) -> int:
    """Correct facts of one kind that are locked: those that differ, with a line for each; how many did.

    `follow_on`: they follow another correction, which sees to the deadlines.
    """
    changes = [differing for each in corrections if (differing := _difference(each))]
    if not changes:
        return 0
    not_by_one_alone(changes, writing)
    if not follow_on:
        for each in changes:
            basis_follows(each.fact, each.values)
    rows = [each.fact for each in changes]
    follow, times = _asks_of_its_date(changes), {} if follow_on else times_behind(changes)
    below = ids_below(rows)
    before = public_among(below)
    seen = {each.fact.pk for each in changes if _is_visible(each)} & before.get(type(rows[0]), set())
    for visible in (True, False):
        change(
            [each for each in changes if (each.fact.pk in seen) == visible],
            writing,
            kind=fact_event(rows[0].noun, Step.CORRECTED),
            occurred_on=register_day(writing.at),
            public=seen,
            reason=reason if visible else "",
            staff_reason="" if visible else reason,
        )
    append_difference(before, public_among(below), writing, reason=reason)
    settle(touched_addressees(below), writing)
    _correct(follow, reason, writing, follow_on=True)
    rules_follow(times, reason, writing)
    no_deadline_is_left_before(times)
    for each in changes:
        if any(isinstance(value, date) for value in each.values.values()):
            dates_fit(each.fact, register_day(writing.at))
    return len(changes)


def rules_follow(before: Mapping[int, Times], reason: str, writing: Writing) -> None:
    """Correct the first deadlines that were those of the rules `before`, to what these make of them now."""
    moved = [Correction(row, values) for row, values in moved_with(before)]
    _correct(moved, reason, writing, follow_on=True)


def _asks_of_its_date(changes: Sequence[Change]) -> list[Correction]:
    """The asks that were made on their report's date, for want of one of their own: they move with it."""
    found = []
    for each in changes:
        if isinstance(each.fact, Report) and any(f"dated_{part}" in each.values for part in SPAN_PARTS):
            was = {f"asked_{part}": getattr(each.fact, f"dated_{part}") for part in SPAN_PARTS}
            now = {
                f"asked_{part}": each.values.get(f"dated_{part}", was[f"asked_{part}"]) for part in SPAN_PARTS
            }
            asks = Recommendation.objects.select_for_update(of=("self",)).filter(
                report=each.fact.pk, withdrawn_at=None, **was
            )
            found += [Correction(ask, now) for ask in asks.order_by("pk")]
    return found


def _difference(wanted: Correction) -> Change | None:
    """The fields and sets in which a fact differs from what it should say; None where it does not."""
    row = wanted.fact
    _correctable(row, {*wanted.values, *wanted.sets})
    new = {name: value for name, value in wanted.values.items() if plain(getattr(row, name)) != plain(value)}
    moved = {
        name: members
        for name, members in wanted.sets.items()
        if [m.ref for m in members] != [m.ref for m in set_members(row, name)]
    }
    return Change(row, whole_clock(row, new), moved) if new or moved else None


def _is_visible(wanted: Change) -> bool:
    """Does it touch anything that the public may read, if it can read the fact?"""
    return bool(wanted.sets) or any(name not in wanted.fact.private_fields for name in wanted.values)


def _correctable(fact: Fact, names: set[str]) -> None:
    """Refuse a field that is no fact, or that an action of its own changes."""
    allowed = {*(field.name for field in fact.told_fields()), *fact.sets} - NOT_CORRECTED
    if isinstance(fact, Response):
        # They decide whose each answer is: withdraw the response and record it anew.
        allowed -= {"kind", "author", "on_behalf_of_body", "on_behalf_of_group", "joint_authors"}
    if isinstance(fact, Answer):
        allowed -= {"response", "addressee", "on_behalf", "holding"}
    if isinstance(fact, Challenge):
        allowed -= {about.value for about in ChallengeAbout}
    if isinstance(fact, Addressee):
        # First dates may be wrong as entered; the dates in force follow them and the extensions.
        allowed -= {"recommendation", "body", "answer_due_on", "act_by"}
    if wrong := sorted(names - allowed):
        raise ValidationError(
            {name: ["This field is not changed by a correction: use the action for it."] for name in wrong}
        )
