"""What a list tells in full when it is asked to: by resource and name, a function from its rows to what each has.

Each costs a fixed number of queries, and each row has so many of them at most: `addressees?recommendation=…` has all.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from tracker.models import Addressee, Body, Recommendation, Report, Response
from tracker.queries.addressees import AddresseeView, describe
from tracker.queries.recommendation_views import RecommendationView
from tracker.queries.recommendations import summarise
from tracker.queries.reports import ReportView, report_views
from tracker.queries.responses import ResponseView, response_views
from tracker.queries.statuses import asked_by

MOST_ADDRESSEES = 200
MOST_ASKS = 200
MOST_RESPONSES = 20

Expansion = Callable[[Sequence[Any], date], Mapping[int, Any]]


def _first(rows: QuerySet[Any], of: str, order: Sequence[Any], most: int) -> QuerySet[Any]:
    """The first so many of each, in an order."""
    place = Window(RowNumber(), partition_by=F(of), order_by=order)
    return rows.annotate(_place=place).filter(_place__lte=most).order_by(*order)


def addressees_of(asks: Sequence[Recommendation], on: date) -> Mapping[int, list[AddresseeView]]:
    """To whom each ask was put, by their names."""
    put = asked_by(Addressee.objects.public(), on).filter(recommendation__in=asks)
    rows = list(
        _first(
            put.select_related("recommendation__report", "body"),
            "recommendation",
            ("body__name", "ref"),
            MOST_ADDRESSEES,
        )
    )
    return _grouped((row.recommendation_id, view) for row, view in zip(rows, describe(rows, on), strict=True))


def asks_of(reports: Sequence[Report], on: date) -> Mapping[int, list[RecommendationView]]:
    """What each report asks, in its order."""
    made = Recommendation.objects.public().filter(report__in=reports, asked_earliest__lte=on)
    rows = list(_first(made.select_related("report"), "report", ("position", "ref"), MOST_ASKS))
    return _grouped((row.report_id, view) for row, view in zip(rows, summarise(rows, on), strict=True))


def responses_of(bodies: Sequence[Body], on: date) -> Mapping[int, list[ResponseView]]:
    """The latest responses of each body, alone or with others."""
    latest = (F("answered_latest").desc(nulls_last=True), F("ref"))
    given = Response.objects.public().filter(Q(answered_earliest=None) | Q(answered_earliest__lte=on))
    ids = {
        way: list(
            _first(given.filter(**{f"{way}__in": bodies}), way, latest, MOST_RESPONSES).values_list(way, "pk")
        )
        for way in ("author", "joint_author_rows__body")
    }
    rows = {
        row.pk: row
        for row in Response.objects.filter(pk__in={pk for found in ids.values() for _, pk in found}).order_by(
            *latest
        )
    }
    views = dict(zip(rows, response_views(list(rows.values()), on), strict=True))
    by_body: dict[int, set[int]] = defaultdict(set)
    for body, pk in (each for found in ids.values() for each in found):
        by_body[body].add(pk)
    return {body: [views[pk] for pk in rows if pk in own][:MOST_RESPONSES] for body, own in by_body.items()}


def ask_of(addressees: Sequence[Addressee], on: date) -> Mapping[int, RecommendationView]:
    """What each was asked, in full."""
    asks = {row.recommendation_id: row.recommendation for row in addressees}
    views = dict(zip(asks, summarise(list(asks.values()), on), strict=True))
    return {row.pk: views[row.recommendation_id] for row in addressees}


def report_of(addressees: Sequence[Addressee], on: date) -> Mapping[int, ReportView]:
    """The report in which each was asked, in full."""
    reports = {row.recommendation.report_id: row.recommendation.report for row in addressees}
    views = dict(zip(reports, report_views(list(reports.values()), on), strict=True))
    return {row.pk: views[row.recommendation.report_id] for row in addressees}


def _grouped(pairs: Any) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, view in pairs:
        found[pk].append(view)
    return found


# By resource: the name, what it is made with, the shape of it, and whether each row has several.
EXPANSIONS: dict[str, dict[str, tuple[Expansion, type, bool]]] = {
    "addressees": {
        "recommendation": (ask_of, RecommendationView, False),
        "report": (report_of, ReportView, False),
    },
    "recommendations": {"addressees": (addressees_of, AddresseeView, True)},
    "reports": {"recommendations": (asks_of, RecommendationView, True)},
    "bodies": {"responses": (responses_of, ResponseView, True)},
}
