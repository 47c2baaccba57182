"""One box that finds bodies, reports and recommendations, by reference or by words. For staff: drafts are found too."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, QuerySet

from tracker.models import Body, Fact, Recommendation, Report

MOST = 15
CANDIDATES = 200


@dataclass(frozen=True)
class Found:
    """What was found of one noun, the best first."""

    title: str
    rows: list[Any]
    more: bool


def find(words: str) -> list[Found]:
    """Everything that goes by these words; an exact reference comes first."""
    words = " ".join(words.split())[:200]
    if not words:
        return []
    return [
        _found("Bodies", Body.objects.all(), "name", words),
        _found("Reports", Report.objects.all(), "title", words),
        _found("Recommendations", Recommendation.objects.select_related("report"), "title", words),
    ]


def _found(title: str, rows: QuerySet, column: str, words: str) -> Found:
    """The best of some candidates: those that hold the words, then those that are only like them.

    The index finds candidates without putting all of them in order: a word that stands in every title costs no more
    than a rare one, and finds some of them.
    """
    ids = list(rows.filter(ref__startswith=words.lower()).order_by("ref").values_list("pk", flat=True)[:MOST])
    ids += _first(rows, **{f"{column}__iregex": re.escape(words)})
    if len(ids) <= MOST:
        ids += _first(rows, **{f"{column}__trigram_word_similar": words})
    alike = TrigramWordSimilarity(words, column)
    best = rows.filter(pk__in=ids).annotate(alike=alike).order_by(F("alike").desc(), "ref")
    found = _exact_first(list(best[: MOST + 1]), rows, words)
    return Found(title, found[:MOST], len(found) > MOST)


def _first(rows: QuerySet, **condition: str) -> list[int]:
    return list(rows.filter(**condition).order_by().values_list("pk", flat=True)[:CANDIDATES])


def _exact_first(found: list[Fact], rows: QuerySet, words: str) -> list[Fact]:
    exact = rows.filter(ref=words.lower()).first()
    return [exact, *(row for row in found if row.pk != exact.pk)] if exact else found
