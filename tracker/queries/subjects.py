"""What a scorecard can be of, which of them a list shows, and which addressees each of them counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import CharField, F, Q, QuerySet, Value

from tracker.models import Addressee, Body, Group, Membership, Publisher, Report, Theme
from tracker.queries.filters import AddresseeFilter, addressees_matching

# What a scorecard can be of, in the order of the list.
KINDS = ("body", "group", "publisher", "report", "theme")
SCORECARD_ORDERS: dict[str, Sequence[str]] = {"id": ("card_of", "ref")}

# How an addressee leads to what counts it.
WAYS: dict[str, Sequence[str]] = {
    "body": ("body",),
    "group": ("via_group", "body__memberships__group"),
    "publisher": ("recommendation__report__publisher_rows__body",),
    "report": ("recommendation__report",),
    "theme": ("recommendation__theme_rows__theme",),
}
# What leaves nobody out.
_WIDE = ("as_of", "ordering")
_EMPTY: tuple[Any, ...] = ("", (), None, False)


class Subject(NamedTuple):
    """What a scorecard is of."""

    kind: str
    ref: str
    pk: int


@dataclass(frozen=True, kw_only=True)
class ScorecardFilter(AddresseeFilter):
    """What a list of scorecards is asked for. What narrows addressees narrows which of them are counted."""

    kind: Sequence[str] = ()

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters that leave addressees out, as they were given."""
        given = {each.name: getattr(self, each.name) for each in fields(AddresseeFilter)}
        return {
            name: _written(value)
            for name, value in given.items()
            if name not in _WIDE and value not in _EMPTY
        }

    @property
    def counted(self) -> QuerySet[Addressee]:
        """The addressees that count."""
        given = {each.name: getattr(self, each.name) for each in fields(AddresseeFilter)}
        return addressees_matching(AddresseeFilter(**{**given, "ordering": "id"})).order_by()


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return " or ".join(value)
    return "1" if value is True else str(value)


@dataclass(frozen=True)
class Subjects:
    """Public subjects of several kinds as one list, which is filtered and put in order like a queryset."""

    parts: Sequence[QuerySet]

    def filter(self, *conditions: Q, **values: Any) -> Self:
        return type(self)([part.filter(*conditions, **values) for part in self.parts])

    def order_by(self, *keys: str) -> QuerySet:
        first, *rest = [
            part.order_by().values_list("card_of", "ref", "pk", named=True) for part in self.parts
        ]
        return first.union(*rest, all=True).order_by(*keys)

    def first(self) -> Any:
        return self.order_by("card_of", "ref").first()


def subjects_matching(wanted: ScorecardFilter) -> Subjects:
    """Every public body, group, report and theme has a scorecard; a publisher, for its public reports."""
    published = Publisher.objects.filter(report__in=Report.objects.public())
    rows: dict[str, QuerySet] = {
        "body": Body.objects.public(),
        "group": Group.objects.public(),
        "publisher": Body.objects.public().filter(pk__in=published.values("body")),
        "report": Report.objects.public(),
        "theme": Theme.objects.public(),
    }
    chosen = [kind for kind in KINDS if kind in (wanted.kind or KINDS)]
    if wanted.narrowing:
        counted = wanted.counted  # put together once: that takes longer than some of the kinds to look up
        rows = {kind: _with_some(counted, rows[kind], kind, wanted.as_of) for kind in chosen}
    return Subjects([rows[kind].annotate(card_of=Value(kind, CharField())) for kind in chosen])


def _with_some(counted: QuerySet, rows: QuerySet, kind: str, on: date) -> QuerySet:
    """A list that was narrowed leaves out those of whom nothing is counted."""
    some = Q()
    for way in WAYS[kind]:
        held = Q(body__memberships__in=Membership.objects.public().as_of(on)) if "memberships" in way else Q()
        some |= Q(pk__in=counted.filter(held).values(way))
    return rows.filter(some)


def subject_called(wanted: ScorecardFilter, name: str) -> Subject | None:
    """The public subject of a scorecard's id: report/safe-to-share. None where there is none."""
    kind, _, ref = name.partition("/")
    if kind not in KINDS:
        return None
    found = subjects_matching(ScorecardFilter(as_of=wanted.as_of, kind=(kind,))).filter(ref=ref).first()
    return Subject(*found) if found else None


def members(rows: Sequence[Subject], wanted: ScorecardFilter) -> tuple[str, Sequence[Any]]:
    """Which public addressees belong to which subject: each once, as the filter of the same name finds them."""
    counted = wanted.counted
    parts: list[QuerySet] = []
    for kind in KINDS:
        ids = [row.pk for row in rows if row.kind == kind]
        if ids:
            parts += _members_of(counted, kind, ids, wanted.as_of)
    first, *rest = parts
    return first.union(*rest).query.sql_with_params()


def _members_of(counted: QuerySet, kind: str, ids: Collection[int], on: date) -> list[QuerySet]:
    held = Membership.objects.public().as_of(on)
    found = []
    for way in WAYS[kind]:
        condition = Q(**{f"{way}__in": ids})
        if "memberships" in way:
            condition &= Q(body__memberships__in=held)
        rows = counted.filter(condition).annotate(_kind=Value(kind, CharField()), _subject=F(way))
        found.append(rows.order_by().values_list("_kind", "_subject", "pk"))
    return found
