"""Asks that look like an earlier one, for staff who enter a new one: by the letters and words of titles and texts."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest

from tracker.models import Recommendation, Report
from tracker.queries.sql import Prepared

MOST = 5
CANDIDATES = 200
# Below this two asks share no more than the manner of all asks ("should ensure that").
LEAST = 0.35
# How alike titles must be for the index to find them, and how alike it takes words to be elsewhere.
ALIKE, USUAL = 0.5, 0.3
_SET = "SELECT set_config('pg_trgm.similarity_threshold', %s, true)"
# So much of a text is compared: what follows are the reasons.
LONGEST = 2000
# What more asks hold tells none of them apart. Of what is left, so many of the rarest words are looked up.
_COMMON, _RAREST = 2000, 8

# The asks that hold one of the rarest words of a text, those that hold most of them first. How rare a word is, the
# statistics of the column say; what they do not name is rarer than all they do.
_OF_RARE_WORDS = Prepared(f"""
    WITH common (word, asks) AS (
        SELECT told.word, told.share * greatest(c.reltuples, 0)
        FROM pg_stats s
        JOIN pg_class c ON c.oid = 'tracker_recommendation'::regclass,
        unnest(
            s.most_common_elems::text::text[],
            s.most_common_elem_freqs[1:cardinality(s.most_common_elems::text::text[])]
        ) AS told (word, share)
        WHERE s.schemaname = current_schema() AND s.tablename = 'tracker_recommendation' AND s.attname = 'words'
    ), rare (word) AS (
        SELECT said.lexeme
        FROM unnest(to_tsvector('register', %(words)s::text)) said LEFT JOIN common ON common.word = said.lexeme
        WHERE coalesce(common.asks, 0) <= {_COMMON}
        ORDER BY coalesce(common.asks, 0), length(said.lexeme) DESC, said.lexeme
        LIMIT {_RAREST}
    ), sought (words) AS (
        SELECT string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', '|')::tsquery FROM rare
    )
    SELECT r.id
    FROM sought JOIN tracker_recommendation r ON r.words @@ sought.words
    ORDER BY ts_rank(r.words, sought.words) DESC, r.id
    LIMIT {CANDIDATES}
""")


@dataclass(frozen=True)
class Lookalike:
    """An ask on record that looks like the one given, from 0 (not at all) to 1 (word for word)."""

    recommendation: Recommendation
    likeness: float

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def similar_asks(
    title: str, text: str = "", *, but: Report | None = None, ask: Recommendation | None = None
) -> list[Lookalike]:
    """The asks on record whose title or text looks most like the words given, most alike first.

    Candidates are found by the letters of their titles and by the rarest words of the title and text given.
    `but` leaves out a report, `ask` the ask itself.
    """
    if len(title.split()) < 2:
        return []
    words, text = title[:300], text[:LONGEST]
    rows = Recommendation.objects.filter(withdrawn_at=None)
    if but is not None:
        rows = rows.exclude(report=but)
    if ask is not None:
        rows = rows.exclude(pk=ask.pk).exclude(part_of=ask.pk)
    ids = [
        *_with_such_a_title(rows, words),
        *_first(rows.filter(title__trigram_word_similar=words)),
        *(pk for (pk,) in _OF_RARE_WORDS.rows({"words": f"{words} {text}"}, anew=True)),
    ]
    likeness = Greatest(
        TrigramSimilarity("title", words),
        TrigramWordSimilarity(words, "text"),
        TrigramWordSimilarity(words, "title"),
        TrigramSimilarity("text", text),
    )
    found = (
        rows.filter(pk__in=ids)
        .annotate(likeness=likeness)
        .filter(likeness__gte=LEAST)
        .select_related("report")
    )
    return [Lookalike(row, row.likeness) for row in found.order_by("-likeness", "pk")[:MOST]]


@transaction.atomic
def _with_such_a_title(rows: QuerySet, words: str) -> list[int]:
    """Those whose whole title is like the words: of 200,000 titles many share a third of their letters, few half."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [str(ALIKE)])
        found = _first(rows.filter(title__trigram_similar=words))
        cursor.execute(_SET, [str(USUAL)])
    return found


def _first(rows: QuerySet) -> list[int]:
    """So many candidates that the index finds: a title of common words costs no more than a rare one."""
    return list(rows.order_by().values_list("pk", flat=True)[:CANDIDATES])
