"""What saving a new report writes: one transaction of the same actions that everybody else calls."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions.deadlines import confirm_deadlines
from tracker.actions.entering import link_recommendations
from tracker.actions.publishing import publish
from tracker.actions.reports import add_recommendations, add_reports, address
from tracker.admin.sourced import source_of
from tracker.ledger import Actor
from tracker.models import Fact, Link, Recommendation, Report
from tracker.models.base import span_columns
from tracker.vocabulary import LinkKind, TimeKind


@transaction.atomic
def enter_report(
    data: Mapping[str, Any], asks: Sequence[Mapping[str, Any]], by: Actor, at: datetime, *, publishing: bool
) -> Report:
    """The source, the report, its asks and their limbs, the addressees, the clocks, the repeats: all or nothing."""
    source = source_of(dict(data), by, at)
    report = Report(
        title=data["title"],
        kind=data["kind"],
        regime=data["regime"],
        source=source,
        verification=data["verification"],
        **span_columns("dated", data["dated_on"]),
    )
    add_reports(reports=[report], publishers={0: data["publishers"]}, by=by, at=at)
    rows = _recommendations(report, data, asks, by, at)
    addressees = _address(data, asks, rows, by, at)
    if data["confirm_answer"]:
        waiting = [each for each in addressees if each.first_answer_due_on is None]
        if waiting:
            confirm_deadlines(addressees=waiting, by=by, at=at)
    links = _links(asks, rows, by, at)
    if publishing:
        fresh = [source] if source.is_draft else []
        publish(facts=[*fresh, report, *rows, *links, *addressees], by=by, at=at)
    return report


def _recommendations(
    report: Report, data: Mapping[str, Any], asks: Sequence[Mapping[str, Any]], by: Actor, at: datetime
) -> list[Recommendation]:
    """The asks in their order: first those that are whole, then the limbs, each a part of its own."""
    rows = [_recommendation(report, data, ask, place) for place, ask in enumerate(asks)]
    wholes = {row.number: row for row in rows if not row.limb}
    add_recommendations(recommendations=list(wholes_in(rows)), themes={}, by=by, at=at)
    limbs = [row for row in rows if row.limb]
    for limb in limbs:
        if limb.number not in wholes:
            raise ValidationError(
                {
                    "limb": [
                        f"Part {limb.limb} belongs to {limb.number!r}, and there is no such ask: enter it too."
                    ]
                }
            )
        limb.part_of = wholes[limb.number]
    add_recommendations(recommendations=limbs, themes={}, by=by, at=at)
    return rows


def wholes_in(rows: Sequence[Recommendation]) -> list[Recommendation]:
    """The asks that are no limb; a number twice is refused before the database has to."""
    numbers = [row.number for row in rows if not row.limb and row.number]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice:
        raise ValidationError({"number": [f"Two asks have the number {twice}: correct one below."]})
    return [row for row in rows if not row.limb]


def _recommendation(
    report: Report, data: Mapping[str, Any], ask: Mapping[str, Any], place: int
) -> Recommendation:
    confirmed = bool(data["confirm_act"])
    return Recommendation(
        report=report,
        number=ask["number"],
        limb=ask["limb"],
        kind=ask["kind"],
        title=ask["title"],
        text=ask["text"],
        position=place + 1,
        source=report.source,
        verification=report.verification,
        answer_due_on=data["answer_due_on"],
        act_by=ask["act_by"] if confirmed else None,
        act_by_kind=ask["act_by_kind"] if ask["act_by_text"] else TimeKind.NO_DATE,
        act_by_text=ask["act_by_text"],
    )


def _address(
    data: Mapping[str, Any],
    asks: Sequence[Mapping[str, Any]],
    rows: Sequence[Recommendation],
    by: Actor,
    at: datetime,
) -> list[Any]:
    """The addressees: one call for all asks that are put to the same."""
    in_parts = {row.part_of_id for row in rows if row.part_of_id}
    together: dict[tuple[str, ...], list[Recommendation]] = defaultdict(list)
    for ask, row in zip(asks, rows, strict=True):
        if row.pk not in in_parts:
            together[tuple(ask["to"])].append(row)
    groups = {f"group:{group.ref}": group for group in data["groups"]}
    bodies = {f"body:{body.ref}": body for body in data["bodies"]}
    made: list[Fact] = []
    for to, few in together.items():
        made += address(
            recommendations=few,
            groups=[groups[value] for value in to if value in groups],
            bodies=[bodies[value] for value in to if value in bodies],
            by=by,
            at=at,
        )
    return made


def _links(
    asks: Sequence[Mapping[str, Any]], rows: Sequence[Recommendation], by: Actor, at: datetime
) -> list[Fact]:
    """The older asks that these repeat, where somebody said so."""
    others = {
        other.ref: other
        for other in Recommendation.objects.filter(ref__in=[ask["repeats"] for ask in asks if ask["repeats"]])
    }
    links = [
        Link(
            recommendation=row, kind=LinkKind.REPEATS, other=others[ask["repeats"]], relation=ask["relation"]
        )
        for ask, row in zip(asks, rows, strict=True)
        if ask["repeats"]
    ]
    return link_recommendations(links=links, by=by, at=at) if links else []
