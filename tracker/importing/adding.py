"""Which action enters the rows of each kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tracker.actions.assessments import assess
from tracker.actions.deadlines import extend_deadlines
from tracker.actions.entering import (
    add_bodies,
    add_groups,
    add_members,
    add_regimes,
    add_sources,
    add_themes,
    link_recommendations,
    record_claims,
    record_developments,
)
from tracker.actions.reports import add_recommendations, add_reports
from tracker.actions.responses import record_response
from tracker.importing.rows import Row
from tracker.ledger import Actor
from tracker.models import (
    Answer,
    Assessment,
    Body,
    Claim,
    Development,
    Extension,
    Fact,
    Group,
    Link,
    Membership,
    Recommendation,
    Regime,
    Report,
    Response,
    Source,
    Theme,
)


@dataclass
class Entry:
    """What a row says, as a fact to be entered: with its sets, and with its answers if it is a response."""

    row: Row
    fact: Fact
    sets: Mapping[str, Sequence[Fact]]
    answers: list[Answer] = field(default_factory=list)
    answer_rows: list[Row] = field(default_factory=list)


def add(entries: Sequence[Entry], by: Actor, at: datetime) -> None:
    """Enter facts of one kind. Raises ValidationError, without saying which of them is wrong."""
    _ADD[entries[0].row.model](entries, {"by": by, "at": at})


def _plain(action: Callable[..., Any], name: str) -> Callable[..., None]:
    """The action takes one list, and nothing else."""

    def run(entries: Sequence[Entry], writing: Mapping[str, Any]) -> None:
        action(**{name: [entry.fact for entry in entries]}, **writing)

    return run


def _with_sets(action: Callable[..., Any], name: str, *sets: str) -> Callable[..., None]:
    """The action takes a list, and maps of members by the place in it."""

    def run(entries: Sequence[Entry], writing: Mapping[str, Any]) -> None:
        members = {
            each: {place: entry.sets.get(each, []) for place, entry in enumerate(entries)} for each in sets
        }
        action(**{name: [entry.fact for entry in entries]}, **members, **writing)

    return run


def _responses(entries: Sequence[Entry], writing: Mapping[str, Any]) -> None:
    for entry in entries:
        record_response(
            response=entry.fact,  # type: ignore[arg-type]
            answers=entry.answers,
            joint_authors=entry.sets.get("joint_authors", []),  # type: ignore[arg-type]
            **writing,
        )


_ADD: dict[type[Fact], Callable[[Sequence[Entry], Mapping[str, Any]], None]] = {
    Source: _plain(add_sources, "sources"),
    Theme: _plain(add_themes, "themes"),
    Regime: _plain(add_regimes, "regimes"),
    Group: _plain(add_groups, "groups"),
    Body: _plain(add_bodies, "bodies"),
    Membership: _plain(add_members, "memberships"),
    Report: _with_sets(add_reports, "reports", "publishers"),
    Recommendation: _with_sets(add_recommendations, "recommendations", "themes"),
    Link: _plain(link_recommendations, "links"),
    Response: _responses,
    Assessment: _plain(assess, "assessments"),
    Extension: _plain(extend_deadlines, "extensions"),
    Development: _with_sets(record_developments, "developments", "bodies", "recommendations"),
    Claim: _with_sets(record_claims, "claims", "made_by", "contested_by"),
}
