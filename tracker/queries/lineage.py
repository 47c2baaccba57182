"""The chain of repeats that an ask belongs to: how often it was asked, since when, how often refused.

A fallback ("or at least …") does not count as a repeat, and one decision that refuses five asks counts once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from tracker.models import Answer, Link, Recommendation
from tracker.models.base import span_of
from tracker.queries.addressees import ResponseRef
from tracker.queries.references import (
    BodyRef,
    RecommendationRef,
    ReportRef,
    body_ref,
    recommendation_ref,
    report_ref,
    written,
)
from tracker.queries.sentences import of_lineage
from tracker.queries.sql import IDS, ON, Among, Kept, Prepared, array, written_out
from tracker.queries.statuses import Day
from tracker.spans import DateSpan
from tracker.vocabulary import Basis, LinkKind, Position, Precision, Relation, ResponseKind

# The ask that a chain has come to.
MEMBER = RawSQL("f.member", [], output_field=BigIntegerField())


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


@dataclass(frozen=True)
class RepeatedView:
    """The earlier ask that one repeats, and how it stands to it."""

    relation: Relation | None
    recommendation: RecommendationRef


@dataclass(frozen=True)
class RefusalView:
    """One letter that refused an ask, for `addressees` of those asked.

    Two with one `decision` are one refusal; where it is null, each response is a decision of its own. `on_behalf`:
    by a body that answered for those asked, which is none of their own.
    """

    decision: str | None
    answered_on: str | None
    date_precision: Precision | None
    given_by: BodyRef
    on_behalf: bool
    addressees: int
    response: ResponseRef


@dataclass(frozen=True)
class AskedView:
    """One ask of the chain. `counted` is false for a fallback: it is listed, but is no repeat."""

    recommendation: RecommendationRef
    report: ReportRef
    asked_on: str | None
    date_precision: Precision | None
    counted: bool
    repeats: list[RepeatedView]
    refusals: list[RefusalView]


@dataclass(frozen=True)
class ChainView:
    """The chain of repeats that an ask belongs to, in order of asking; the numbers are those of the ask's `lineage`.

    The refusals of members that are not counted are in none of the numbers.
    """

    as_of: date
    recommendation: RecommendationRef
    asked_times: int
    asked_since: str
    refused_times: int
    refused_on_behalf_times: int
    sentence: str
    members: list[AskedView]


def chain(ask: Recommendation, on: date) -> ChainView:
    """The chain of one public ask as of a day: all it repeats or is repeated by, and their fallbacks. Five queries."""
    family = _families([ask.pk], on)[ask.pk]
    links = list(
        Link.objects.public()
        .filter(Q(recommendation__in=family) | Q(other__in=family), kind=LinkKind.REPEATS)
        .order_by("ref")
    )
    ends = {pk for link in links for pk in (link.recommendation_id, link.other_id)}
    rows = {
        row.pk: row
        for row in Recommendation.objects.public()
        .filter(pk__in=family | ends, asked_earliest__lte=on)
        .select_related("report")
        .order_by("asked_latest", "asked_earliest", "ref")
    }
    answers = list(_refusing(rows, on).select_related("response__author", "addressee"))
    refusals: dict[tuple[int, bool], set[str]] = defaultdict(set)
    for each in answers:
        key = (each.addressee.recommendation_id, each.on_behalf)
        refusals[key].add(_decision(each.decision, each.response.ref))
    asked = {pk: span for pk, row in rows.items() if (span := span_of(row, "asked"))}
    limbs = Recommendation.objects.public().filter(part_of=ask, asked_earliest__lte=on)
    told = _lineage([pk for pk in family if pk in asked], asked, refusals, on, in_parts=limbs.exists())
    return ChainView(
        as_of=on,
        recommendation=recommendation_ref(ask),
        **vars(told),
        members=[_member(row, row.pk in family, rows, links, answers) for row in rows.values()],
    )


def _member(
    row: Recommendation,
    counted: bool,
    rows: Mapping[int, Recommendation],
    links: Iterable[Link],
    answers: Iterable[Answer],
) -> AskedView:
    repeats = [
        RepeatedView(
            Relation(link.relation) if link.relation else None, recommendation_ref(rows[link.other_id])
        )
        for link in links
        if link.recommendation_id == row.pk and link.other_id in rows
    ]
    return AskedView(
        recommendation_ref(row),
        report_ref(row.report),
        *written(span_of(row, "asked")),
        counted=counted,
        repeats=repeats,
        refusals=_letters([each for each in answers if each.addressee.recommendation_id == row.pk]),
    )


def _letters(answers: Collection[Answer]) -> list[RefusalView]:
    """The letters that say no, first things first; those that show no date last."""
    refused = Counter((each.response_id, each.on_behalf, each.decision) for each in answers)
    letters = {(each.response_id, each.on_behalf, each.decision): each.response for each in answers}
    ordered = sorted(
        letters, key=lambda key: (letters[key].answered_latest or date.max, letters[key].ref, key)
    )
    return [
        RefusalView(
            decision or None,
            *written(letters[key].answered_on),
            given_by=body_ref(letters[key].author),
            on_behalf=on_behalf,
            addressees=refused[key],
            response=ResponseRef(letters[key].ref, letters[key].title, ResponseKind(letters[key].kind)),
        )
        for key in ordered
        for _, on_behalf, decision in [key]
    ]


def lineages(
    asks: Collection[Recommendation],
    on: date,
    *,
    linked: bool = True,
    in_parts: Collection[int] = (),
    refused: Iterable[tuple[Any, ...]] | None = None,
) -> dict[int, LineageView]:
    """The lineage of each of the public asks given, made by a day, by its id, as of that day. Three queries, one, or
    none.

    `linked`: whether any of them may have links to others. `in_parts`: those that have limbs by the day. `refused`: the
    rows of `refusal_rows` of these asks, where they are known: it need not be asked where nothing is linked.
    """
    families = {ask.pk: {ask.pk} for ask in asks}
    relatives: list[Recommendation] = []
    if linked:
        families = _families([ask.pk for ask in asks], on)
        others = {pk for family in families.values() for pk in family} - families.keys()
        relatives = _asked_rows().models({"ids": array(others), "on": on})
    asked = {row.pk: span for row in (*asks, *relatives) if (span := span_of(row, "asked"))}
    if linked or refused is None:
        refused = refusal_rows().rows({"ids": array(asked), "on": on})
    refusals = _refusals(refused)
    return {
        ask.pk: _lineage(
            [pk for pk in families[ask.pk] if pk in asked],
            asked,
            refusals,
            on,
            in_parts=ask.pk in in_parts,
        )
        for ask in asks
    }


@cache
def _asked_rows() -> Kept:
    return Kept(Recommendation.objects.filter(Among(F("pk"), IDS), asked_earliest__lte=ON))


# The decisions by which an ask was refused, by its id and whether they were taken on behalf of those asked.
_Refusals = Mapping[tuple[int, bool], set[str]]


def _lineage(
    family: list[int], asked: Mapping[int, DateSpan], refusals: _Refusals, on: date, *, in_parts: bool
) -> LineageView:
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
        sentence=of_lineage(len(family), first, own, on_behalf=for_them, on=on, in_parts=in_parts),
    )


def _families(ids: Collection[int], on: date) -> dict[int, set[int]]:
    """Each ask with all that repeat it, or that it repeats, at any distance, over public links between public asks that
    were made by a day: what is asked later joins no two before it is.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for root, member in _families_text().rows({"ids": array(ids), "on": on}):
        found[root].add(member)
    return found


@cache
def _families_text() -> Prepared:
    """Each step goes along the links of one ask, by the two indexes of a link: never over all links."""
    links = (
        Link.objects.public()
        .filter(kind=LinkKind.REPEATS)
        .filter(recommendation__asked_earliest__lte=ON, other__asked_earliest__lte=ON)
        .exclude(relation=Relation.FALLBACK)
        .order_by()
        .values("recommendation_id", "other_id")
    )
    return Prepared(
        f"""
        WITH RECURSIVE family (root, member) AS (
            SELECT id, id FROM unnest(%(ids)s::bigint[]) AS given (id)
            UNION
            SELECT f.root, near.id FROM family f CROSS JOIN LATERAL (
                {written_out(links.filter(recommendation=MEMBER).values("other_id"))}
                UNION ALL
                {written_out(links.filter(other=MEMBER).values("recommendation_id"))}
            ) AS near (id)
        )
        SELECT root, member FROM family
        """
    )


def _refusals(rows: Iterable[tuple[Any, ...]]) -> _Refusals:
    """The decisions by which each ask was refused, by those it was put to and by those who answered for them.

    An answer that names no decision is one with the others of its response: one letter is one decision.
    """
    found: dict[tuple[int, bool], set[str]] = defaultdict(set)
    for ask, on_behalf, decision, response in rows:
        found[ask, on_behalf].add(_decision(decision, response))
    return found


@cache
def refusal_rows() -> Prepared:
    """The refusals of the asks `ids` by the day `on`: the ask, whether on behalf, the decision, the response."""
    rows = _rejecting(ON).filter(Among(F("addressee__recommendation"), IDS)).order_by().distinct()
    return Prepared(
        written_out(
            rows.values("addressee__recommendation", "on_behalf", "decision", response_ref=F("response__ref"))
        )
    )


def _refusing(asks: Iterable[int], on: date) -> QuerySet[Answer]:
    """The public answers given by a day that refuse one of the asks."""
    return _rejecting(on).filter(addressee__recommendation__in=list(asks))


def _rejecting(on: Day) -> QuerySet[Answer]:
    return (
        Answer.objects.public()
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))
        .filter(position=Position.REJECTED, holding=False)
        # What the register alone reads as a refusal is not counted while staff look into a challenge.
        .filter(Q(addressee__under_review_since=None) | ~Q(basis=Basis.OUR_READING))
    )


def _decision(decision: str, response: str) -> str:
    """What counts as one refusal: a decision, else a letter."""
    return f"decision {decision}" if decision else f"response {response}"
