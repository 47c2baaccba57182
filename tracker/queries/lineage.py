"""The chain of repeats that an ask belongs to: how often it was asked, since when, how often refused.

A fallback ("or at least …") does not count as a repeat, and one decision that refuses five asks counts once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from tracker.models import Answer, Link, Recommendation
from tracker.models.base import span_of
from tracker.queries.sentences import of_lineage
from tracker.spans import DateSpan
from tracker.vocabulary import LinkKind, Position, Relation


@dataclass(frozen=True)
class LineageView:
    """`asked_since` is written as well as it is known.

    `refused_times` counts refusals by those asked, `refused_on_behalf_times` those by a body that answered for
    them: neither is counted with the other.
    """

    asked_times: int
    asked_since: str
    refused_times: int
    refused_on_behalf_times: int
    sentence: str


def lineages(asks: Collection[Recommendation], on: date) -> dict[int, LineageView]:
    """The lineage of each of the public asks given, by its id, as of a day. Three queries."""
    families = _families([ask.pk for ask in asks])
    members = {pk for family in families.values() for pk in family}
    asked = {
        row.pk: span
        for row in Recommendation.objects.filter(pk__in=members, asked_earliest__lte=on)
        if (span := span_of(row, "asked"))
    }
    refusals = _refusals(asked, on)
    return {
        ask.pk: _lineage([pk for pk in families[ask.pk] if pk in asked], asked, refusals, on) for ask in asks
    }


# The decisions by which an ask was refused, by its id and whether they were taken on behalf of those asked.
_Refusals = Mapping[tuple[int, bool], set[str]]


def _lineage(family: list[int], asked: Mapping[int, DateSpan], refusals: _Refusals, on: date) -> LineageView:
    first = min((asked[pk] for pk in family), key=lambda span: (span.latest, span.earliest), default=None)
    own, for_them = (
        len({decision for pk in family for decision in refusals.get((pk, on_behalf), ())})
        for on_behalf in (False, True)
    )
    return LineageView(
        asked_times=len(family),
        asked_since=first.written if first else "",
        refused_times=own,
        refused_on_behalf_times=for_them,
        sentence=of_lineage(len(family), first, own, on_behalf=for_them, on=on),
    )


def _families(ids: Collection[int]) -> dict[int, set[int]]:
    """Each ask with all that repeat it, or that it repeats, at any distance, over public links between public asks."""
    links = (
        Link.objects.public()
        .filter(kind=LinkKind.REPEATS)
        .exclude(relation=Relation.FALLBACK)
        .values_list("recommendation_id", "other_id")
    )
    repeats, values = links.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE repeats (later, earlier) AS NOT MATERIALIZED ({repeats}),
            family (root, member) AS (
                SELECT id, id FROM unnest(%s::bigint[]) AS given (id)
                UNION
                SELECT f.root, CASE WHEN r.later = f.member THEN r.earlier ELSE r.later END
                FROM family f JOIN repeats r ON f.member IN (r.later, r.earlier)
            )
            SELECT root, member FROM family
            """,
            [*values, list(ids)],
        )
        found: dict[int, set[int]] = defaultdict(set)
        for root, member in cursor.fetchall():
            found[root].add(member)
        return found


def _refusals(asks: Collection[int], on: date) -> _Refusals:
    """The decisions by which each ask was refused, by those it was put to and by those who answered for them.

    An answer that names no decision is one with the others of its response: one letter is one decision.
    """
    answers = (
        Answer.objects.public()
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))
        .filter(position=Position.REJECTED, holding=False, addressee__recommendation__in=list(asks))
        .values_list("addressee__recommendation", "on_behalf", "decision", "response__ref")
    )
    found: dict[tuple[int, bool], set[str]] = defaultdict(set)
    for ask, on_behalf, decision, response in answers.order_by().distinct():
        found[ask, on_behalf].add(f"decision {decision}" if decision else f"response {response}")
    return found
