"""The public front page: every report with its one sentence, and where machines find the rest."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.queries.days import register_day
from tracker.queries.filters import ReportFilter, reports_matching
from tracker.queries.head import snapshot
from tracker.queries.reports import ReportView, report_views
from tracker.queries.tallies import Counts
from tracker.vocabulary import Status

BAR_WIDTH = 400


@dataclass(frozen=True)
class Part:
    """One part of a bar: what it counts, how many, and where it is drawn."""

    kind: str
    label: str
    count: int
    x: float
    width: float


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every public report, the latest first, as it stands today."""
    today = register_day(timezone.now())
    with snapshot():
        reports = reports_matching(ReportFilter(as_of=today)).order_by("-dated_latest", "ref")
        views = report_views(list(reports), today)
    listed = [(view, bar(view)) for view in views if view.counts.addressed]
    return render(request, "web/front.html", {"listed": listed, "today": today, "bar_width": BAR_WIDTH})


def bar(view: ReportView) -> list[Part]:
    """The answers to a report as parts of one bar, in a fixed order; the numbers stand beside it in words."""
    found = _parts(view.counts)
    parts, x = [], 0.0
    for kind, label, count in found:
        width = BAR_WIDTH * count / view.counts.addressed
        parts.append(Part(kind, label, count, round(x, 2), round(width, 2)))
        x += width
    return [part for part in parts if part.count]


def _parts(counts: Counts) -> list[tuple[str, str, int]]:
    for_it = counts.by_status[Status.ANSWERED_FOR_IT.value]
    return [
        ("read", "own answer on record, read", counts.own_answer_read),
        ("unread", "own answer located, not read yet", counts.own_answer_unread),
        ("for-it", "no own answer found; another body answered for it", for_it),
        ("review", "under review: staff are looking into a challenge", counts.under_review),
        ("none", "no answer found", counts.none_found - for_it),
    ]
