"""A report as it is shown to anyone, on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import prefetch_related_objects

from tracker.models import Publisher, Recommendation, Report
from tracker.models.base import span_of
from tracker.queries.references import (
    BodyRef,
    Ends,
    RecommendationRef,
    RegimeRef,
    ReportRef,
    SourceView,
    recommendation_ref,
    source_view,
    written,
)
from tracker.queries.sentences import of_report
from tracker.queries.tallies import Counts, counts, tallies
from tracker.vocabulary import Precision, ReportKind


@dataclass(frozen=True)
class ReportView:
    """A document that asks, with all it asks; its counts are those of all the addressees of all its asks."""

    resource: ClassVar[str] = "reports"

    id: str
    as_of: date
    title: str
    kind: ReportKind
    dated_on: str | None
    date_precision: Precision | None
    publishers: list[BodyRef]
    regime: RegimeRef | None
    arises_from: ReportRef | None
    recommendations: list[RecommendationRef]
    counts: Counts
    sentence: str
    source: SourceView | None


def report_views(reports: Sequence[Report], on: date) -> list[ReportView]:
    """The reports given, which are taken to be public, as they stood on a day; a fixed number of queries."""
    rows = list(reports)
    if not rows:
        return []
    prefetch_related_objects(rows, "source")
    publishers, asks = _publishers(rows), _asks(rows, on)
    tally = tallies("recommendation__report", [row.pk for row in rows], on)
    ends = Ends.load(
        bodies=[
            *(pk for few in publishers.values() for pk in few),
            *(pk for each in tally.values() for pk in each.spoken_for),
        ],
        regimes=[row.regime_id for row in rows],
        reports=[row.arises_from_id for row in rows],
    )
    return [
        ReportView(
            row.ref,
            on,
            row.title,
            ReportKind(row.kind),
            *written(span_of(row, "dated")),
            publishers=ends.bodies_of(publishers[row.pk]),
            regime=ends.regime(row.regime_id),
            arises_from=ends.report(row.arises_from_id),
            recommendations=asks[row.pk],
            counts=counts(tally[row.pk]),
            sentence=of_report(tally[row.pk], speakers=ends.bodies, on=on),
            source=source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def _publishers(rows: list[Report]) -> dict[int, list[int]]:
    """Who published each, in the order in which it names them."""
    publishers: dict[int, list[int]] = defaultdict(list)
    for report, body in (
        Publisher.objects.filter(report__in=rows).order_by("position").values_list("report", "body")
    ):
        publishers[report].append(body)
    return publishers


def _asks(rows: list[Report], on: date) -> dict[int, list[RecommendationRef]]:
    """What each asks, in its order."""
    asks: dict[int, list[RecommendationRef]] = defaultdict(list)
    made = Recommendation.objects.public().filter(report__in=rows, asked_earliest__lte=on)
    for ask in made.order_by("position", "ref"):
        asks[ask.report_id].append(recommendation_ref(ask))
    return asks
