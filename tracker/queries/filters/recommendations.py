"""Which recommendations a list shows, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet

from tracker.models import Recommendation
from tracker.queries.filters.addressees import AddresseeFilter, addressees_matching, has_theme, published_by
from tracker.queries.search import found

RECOMMENDATION_ORDERS: dict[str, Sequence[str]] = {
    "id": ("report__ref", "position", "ref"),
    "asked_on": ("asked_latest", "ref"),
    "-asked_on": ("-asked_latest", "-ref"),
}

# What is asked of the ask itself. The rest is asked of its addressees.
_OF_THE_ASK = ("as_of", "report", "recommendation", "theme", "publisher", "q", "ordering", "kind")


@dataclass(frozen=True, kw_only=True)
class RecommendationFilter(AddresseeFilter):
    """What a list of recommendations is asked for. What is asked of addressees, one addressee fits as a whole."""

    kind: Sequence[str] = ()


def recommendations_matching(wanted: RecommendationFilter) -> QuerySet[Recommendation]:
    """The public recommendations made by the day, limbs among them."""
    rows = Recommendation.objects.public().filter(asked_earliest__lte=wanted.as_of)
    if wanted.report:
        rows = rows.filter(report__ref=wanted.report)
    if wanted.recommendation:
        rows = rows.filter(Q(ref=wanted.recommendation) | Q(part_of__ref=wanted.recommendation))
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.theme:
        rows = rows.filter(has_theme("pk", wanted.theme))
    if wanted.publisher:
        rows = rows.filter(published_by("report", wanted.publisher))
    put = put_to(wanted)
    if put != AddresseeFilter(as_of=wanted.as_of):
        rows = rows.filter(pk__in=addressees_matching(put).values("recommendation"))
    rows = rows.select_related("report")
    return found(rows, wanted.q, wanted.as_of, ranked=wanted.ranked) if wanted.q else rows


def put_to(wanted: AddresseeFilter) -> AddresseeFilter:
    """What is asked of one addressee of the ask."""
    names = [each.name for each in fields(AddresseeFilter) if each.name not in _OF_THE_ASK]
    return AddresseeFilter(as_of=wanted.as_of, **{name: getattr(wanted, name) for name in names})
