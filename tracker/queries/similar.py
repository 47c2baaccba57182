"""Asks that look like an earlier one, for staff who enter a new one: by the words of their titles and texts."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import QuerySet
from django.db.models.functions import Greatest

from tracker.models import Recommendation, Report

MOST = 5
CANDIDATES = 200
# Below this two asks share no more than the manner of all asks ("should ensure that").
LEAST = 0.35


@dataclass(frozen=True)
class Lookalike:
    """An ask on record that looks like the one given, from 0 (not at all) to 1 (word for word)."""

    recommendation: Recommendation
    likeness: float

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def similar_asks(
    title: str, *, but: Report | None = None, ask: Recommendation | None = None
) -> list[Lookalike]:
    """The asks on record whose title or text looks most like the words given, most alike first.

    The index narrows by the title; the text then counts too. `but` leaves out a report, `ask` the ask itself.
    """
    if len(title.split()) < 2:
        return []
    words = title[:300]
    rows = Recommendation.objects.filter(withdrawn_at=None)
    if but is not None:
        rows = rows.exclude(report=but)
    if ask is not None:
        rows = rows.exclude(pk=ask.pk).exclude(part_of=ask.pk)
    ids = [
        *_first(rows.filter(title__trigram_similar=words)),
        *_first(rows.filter(title__trigram_word_similar=words)),
    ]
    likeness = Greatest(
        TrigramSimilarity("title", words),
        TrigramWordSimilarity(words, "text"),
        TrigramWordSimilarity(words, "title"),
    )
    found = (
        rows.filter(pk__in=ids)
        .annotate(likeness=likeness)
        .filter(likeness__gte=LEAST)
        .select_related("report")
    )
    return [Lookalike(row, row.likeness) for row in found.order_by("-likeness", "pk")[:MOST]]


def _first(rows: QuerySet) -> list[int]:
    """So many candidates that the index finds: a title of common words costs no more than a rare one."""
    return list(rows.order_by().values_list("pk", flat=True)[:CANDIDATES])
