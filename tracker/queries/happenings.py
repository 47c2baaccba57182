"""What happened around an ask, and what is contested about its report, as shown to anyone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import BigIntegerField, F, Q

from tracker.models import Claim, ClaimContester, ClaimMaker, Development, DevelopmentBody, Recommendation
from tracker.models.base import span_of
from tracker.queries.references import BodyRef, Ends, SourceView, source_view, written
from tracker.queries.sql import IDS, ON, Among, Kept, Named, Prepared, array, written_out
from tracker.vocabulary import DevelopmentKind, Precision


@dataclass(frozen=True)
class DevelopmentView:
    """A dated happening around the ask that is no answer to it."""

    id: str
    kind: DevelopmentKind
    title: str
    summary: str
    happened_on: str | None
    date_precision: Precision | None
    bodies: list[BodyRef]
    source: SourceView | None


@dataclass(frozen=True)
class ClaimView:
    """A contested statement: who makes it, who contests it, and what the report says of it."""

    id: str
    text: str
    position_of_report: str
    made_by: list[BodyRef]
    contested_by: list[BodyRef]
    source: SourceView | None


def developments_around(ask: Recommendation, on: date) -> list[DevelopmentView]:
    """What happened around it by the day, first things first; what has no date stands last."""
    rows = development_rows().models({"ask": ask.pk, "on": on})
    touched: dict[int, list[int]] = defaultdict(list)
    for development, body in _touched_rows().rows({"ids": array(row.pk for row in rows)}) if rows else ():
        touched[development].append(body)
    ends = Ends.load(bodies=[pk for bodies in touched.values() for pk in bodies])
    return [
        DevelopmentView(
            row.ref,
            DevelopmentKind(row.kind),
            row.title,
            row.summary,
            *written(span_of(row, "happened")),
            ends.bodies_of(touched[row.pk]),
            source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def claims_about(ask: Recommendation) -> list[ClaimView]:
    """The contested claims about its report."""
    rows = claim_rows().models({"report": ask.report_id})
    makers, contesters = _bodies_of(ClaimMaker, rows), _bodies_of(ClaimContester, rows)
    ends = Ends.load(bodies=[pk for each in (*makers.values(), *contesters.values()) for pk in each])
    return [
        ClaimView(
            row.ref,
            row.text,
            row.position_of_report,
            ends.bodies_of(makers[row.pk]),
            ends.bodies_of(contesters[row.pk]),
            source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def _bodies_of(table: type[ClaimMaker] | type[ClaimContester], claims: list[Claim]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for claim, body in _named_rows(table).rows({"ids": array(each.pk for each in claims)}) if claims else ():
        found[claim].append(body)
    return found


@cache
def development_rows() -> Kept:
    """The developments around `ask` by the day `on`."""
    return Kept(
        Development.objects.public()
        .filter(recommendation_rows__recommendation=Named("ask", BigIntegerField()))
        .filter(Q(happened_earliest=None) | Q(happened_earliest__lte=ON))
        .select_related("source")
        .order_by("happened_latest", "ref")
    )


@cache
def _touched_rows() -> Prepared:
    rows = DevelopmentBody.objects.filter(Among(F("development"), IDS)).order_by("position")
    return Prepared(written_out(rows.values_list("development", "body")))


@cache
def claim_rows() -> Kept:
    """The claims about `report`."""
    rows = Claim.objects.public().filter(report=Named("report", BigIntegerField()))
    return Kept(rows.select_related("source").order_by("ref"))


@cache
def _named_rows(table: type[ClaimMaker] | type[ClaimContester]) -> Prepared:
    rows = table._default_manager.filter(Among(F("claim"), IDS)).order_by("position")
    return Prepared(written_out(rows.values_list("claim", "body")))
