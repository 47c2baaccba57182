"""Cards for pages of others: a report, an ask or a body with its one sentence, as a small page that may be framed.

Only these pages may: everything else of the register says that nobody frames it. `oembed` tells programs of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from tracker.queries.bodies import body_views
from tracker.queries.days import register_day
from tracker.queries.filters import (
    BodyFilter,
    RecommendationFilter,
    ReportFilter,
    bodies_matching,
    recommendations_matching,
    reports_matching,
)
from tracker.queries.head import snapshot
from tracker.queries.recommendations import summarise
from tracker.queries.reports import report_views

WIDTH, HEIGHT, NARROWEST = 480, 220, 200
MAX_AGE = 60
# What a program may ask a card for: a card, the record as data, or a report on the front page.
_PLACE = re.compile(r"/(?:cards|api/v1)/(reports|recommendations|bodies)/(.+?)/?")


@dataclass(frozen=True)
class Card:
    """What stands on one."""

    kind: str
    ref: str
    title: str
    sentence: str
    follow: str


def _report(ref: str, on: date) -> Card | None:
    rows = report_views(list(reports_matching(ReportFilter(as_of=on)).filter(ref=ref)), on)
    return Card("reports", ref, rows[0].title, rows[0].sentence, "report") if rows else None


def _recommendation(ref: str, on: date) -> Card | None:
    rows = summarise(list(recommendations_matching(RecommendationFilter(as_of=on)).filter(ref=ref)), on)
    if not rows:
        return None
    title = f"{rows[0].number}: {rows[0].title}" if rows[0].number else rows[0].title
    return Card("recommendations", ref, title, rows[0].sentence, "recommendation")


def _body(ref: str, on: date) -> Card | None:
    rows = body_views(list(bodies_matching(BodyFilter(as_of=on)).filter(ref=ref)), on)
    return Card("bodies", ref, rows[0].name, rows[0].sentence, "body") if rows else None


_CARDS: dict[str, Callable[[str, date], Card | None]] = {
    "reports": _report,
    "recommendations": _recommendation,
    "bodies": _body,
}


def _card(kind: str, ref: str) -> Card | None:
    look = _CARDS.get(kind)
    if look is None or "\x00" in ref:
        return None
    with snapshot():
        return look(ref, register_day(timezone.now()))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": [NONE]})  # type: ignore[arg-type]  # it passes on what it is given
def card(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """One card. A draft has none, like what never was."""
    found = _card(kind, ref)
    if found is None:
        raise Http404
    context = {"card": found, "place": _place_of(found), "site": settings.SITE_URL}
    answer = render(request, "web/card.html", context)
    answer.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return answer


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0, in JSON: what to put into a page for an address of ours."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "format: only json is spoken here."}, status=501)
    found = _meant(request)
    if found is None:
        return JsonResponse({"error": "url: no card of this register has this address."}, status=404)
    width = min(WIDTH, max(NARROWEST, _pixels(request, "maxwidth", WIDTH)))
    height = min(HEIGHT, max(HEIGHT // 2, _pixels(request, "maxheight", HEIGHT)))
    answer = JsonResponse(_embedding(found, width, height))
    answer.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _embedding(found: Card, width: int, height: int) -> dict[str, Any]:
    html = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" sandbox="allow-popups"></iframe>',
        _place_of(found), width, height, found.title,
    )  # fmt: skip
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "provider_name": "Told to act",
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": MAX_AGE,
        "html": html,
        "width": width,
        "height": height,
    }


def _meant(request: HttpRequest) -> Card | None:
    """The card of an address of this register; None for every other address."""
    try:
        asked = urlsplit(request.GET.get("url", ""))
    except ValueError:
        return None
    if asked.netloc not in (request.get_host(), urlsplit(settings.SITE_URL).netloc):
        return None
    if asked.path in ("", "/") and asked.fragment:
        return _card("reports", asked.fragment)
    place = _PLACE.fullmatch(asked.path)
    return _card(place[1], place[2]) if place else None


def _pixels(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else otherwise


def _place_of(found: Card) -> str:
    return settings.SITE_URL + reverse("card", args=[found.kind, found.ref])
