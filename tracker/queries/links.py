"""How an ask stands to others: its public links, in both directions."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import BigIntegerField, Q

from tracker.models import Link, Recommendation
from tracker.queries.references import RecommendationRef, ReportRef, recommendation_ref, report_ref
from tracker.queries.sql import ON, Kept, Named
from tracker.vocabulary import LinkKind, Relation


@dataclass(frozen=True)
class LinkView:
    """How it stands to another ask. `direction` is "to" where this one says so of the other, "from" the reverse."""

    kind: LinkKind
    relation: Relation | None
    direction: str
    recommendation: RecommendationRef
    report: ReportRef


def links_of(ask: Recommendation, on: date) -> list[LinkView]:
    """Public links in both directions between public asks that were made by a day."""
    rows = link_rows().models({"ask": ask.pk, "on": on})
    found = []
    for row in rows:
        outward = row.recommendation_id == ask.pk
        end = row.other if outward else row.recommendation
        found.append(
            LinkView(
                LinkKind(row.kind),
                Relation(row.relation) if row.relation else None,
                "to" if outward else "from",
                recommendation_ref(end),
                report_ref(end.report),
            )
        )
    return found


@cache
def link_rows() -> Kept:
    """The links of `ask`, with both ends."""
    return Kept(
        Link.objects.public()
        .filter(_OF_THE_ASK, recommendation__asked_earliest__lte=ON, other__asked_earliest__lte=ON)
        .select_related("recommendation__report", "other__report")
        .order_by("kind", "other__asked_latest", "recommendation__asked_latest", "ref")
    )


@cache
def all_link_rows() -> Kept:
    """The links of `ask`, drafts among them: where there are none, nobody need ask which of them are public."""
    return Kept(Link.objects.filter(_OF_THE_ASK).order_by())


_ASK = Named("ask", BigIntegerField())
_OF_THE_ASK = Q(recommendation=_ASK) | Q(other=_ASK)
