"""How a fact is named where another one points to it, and the one loader of such ends: public ones only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.db.models import F

from tracker.models import Body, Group, Recommendation, Regime, Report, Source
from tracker.models.base import span_of
from tracker.queries.sql import IDS, Among, Kept, array
from tracker.queries.together import Beside
from tracker.spans import DateSpan
from tracker.vocabulary import BodyKind, Precision, SourceKind, SourceState, Strength

# A name this short is one that people say: NPCC, IOPC, HMICFRS.
SHORT_NAME = 10
# Names of these kinds are spoken without an article: Essex Police, Liberty.
SPOKEN_AS_IT_STANDS = ("the ", "an ", "a ", "hm")
NO_ARTICLE = (BodyKind.POLICE_FORCE, BodyKind.NGO, BodyKind.COMPANY, BodyKind.STATE, BodyKind.OTHER)


@dataclass(frozen=True)
class BodyRef:
    resource: ClassVar[str] = "bodies"

    id: str
    name: str
    kind: BodyKind


@dataclass(frozen=True)
class GroupRef:
    resource: ClassVar[str] = "groups"

    id: str
    name: str


@dataclass(frozen=True)
class RegimeRef:
    resource: ClassVar[str] = "regimes"

    id: str
    name: str
    strength: Strength


@dataclass(frozen=True)
class ThemeRef:
    resource: ClassVar[str] = "themes"

    id: str
    name: str


@dataclass(frozen=True)
class ReportRef:
    resource: ClassVar[str] = "reports"

    id: str
    title: str
    dated_on: str | None
    date_precision: Precision | None


@dataclass(frozen=True)
class RecommendationRef:
    resource: ClassVar[str] = "recommendations"

    id: str
    number: str
    limb: str
    title: str


@dataclass(frozen=True)
class SourceView:
    """Where a fact comes from. `url` is the address of the source itself, `archived_url` that of a copy.

    `state` says what was found when it was last looked whether the address answers; null while it does as it did.
    """

    kind: SourceKind
    title: str
    url: str
    publisher: str
    dated_on: str | None
    date_precision: Precision | None
    archived_url: str
    state: SourceState | None
    state_on: date | None
    moved_to: str


def written(span: DateSpan | None) -> tuple[str | None, Precision | None]:
    """A date as it is exported, and how well it is known."""
    return (span.written, span.precision) if span else (None, None)


def body_ref(body: Body) -> BodyRef:
    return BodyRef(body.ref, body.name, BodyKind(body.kind))


def group_ref(group: Group) -> GroupRef:
    return GroupRef(group.ref, group.name)


def regime_ref(regime: Regime) -> RegimeRef:
    return RegimeRef(regime.ref, regime.name, Strength(regime.strength))


def report_ref(report: Report) -> ReportRef:
    return ReportRef(report.ref, report.title, *written(span_of(report, "dated")))


def recommendation_ref(ask: Recommendation) -> RecommendationRef:
    return RecommendationRef(ask.ref, ask.number, ask.limb, ask.title)


def source_view(source: Source) -> SourceView:
    """The source of a public fact: it is public too, being an ancestor."""
    return SourceView(
        SourceKind(source.kind),
        source.title,
        source.url,
        source.publisher,
        *written(span_of(source, "dated")),
        source.archived_url,
        SourceState(source.state) if source.state else None,
        source.state_on,
        source.moved_to,
    )


def spoken(body: Body) -> str:
    """What a sentence calls a body: the NPCC, the Home Office, Essex Police."""
    short = next((name for name in body.other_names if is_short(name)), "")
    name = short or body.name
    if name.lower().startswith(SPOKEN_AS_IT_STANDS) or (not short and body.kind in NO_ARTICLE):
        return name
    return f"the {name}"


def is_short(name: str) -> bool:
    return len(name) <= SHORT_NAME and name.isupper() and " " not in name


@cache
def _rows(model: type[Any]) -> Kept:
    return Kept(model.objects.public().filter(Among(F("pk"), IDS)))


@cache
def _of_kinds(models: tuple[type[Any], ...]) -> Beside:
    return Beside([_rows(model) for model in models])


def _fetched(wanted: Mapping[type[Any], set[int]]) -> dict[type[Any], list[Any]]:
    """The public facts of several kinds, by their ids. One query, or none where none is asked for."""
    if len(wanted) > 1:
        return dict(zip(wanted, _of_kinds((*wanted,)).models([*wanted.values()]), strict=True))
    return {model: _rows(model).models({"ids": array(ids)}) for model, ids in wanted.items()}


@dataclass(frozen=True)
class Ends:
    """The public facts that others on a page point to. What is not here is not shown, nor told to exist."""

    bodies: dict[int, Body] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    regimes: dict[int, Regime] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    recommendations: dict[int, Recommendation] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        *,
        bodies: Iterable[int | None] = (),
        groups: Iterable[int | None] = (),
        regimes: Iterable[int | None] = (),
        reports: Iterable[int | None] = (),
        recommendations: Iterable[int | None] = (),
    ) -> "Ends":
        """One query, whatever is asked for."""
        asked: dict[type[Any], Iterable[int | None]] = {
            Body: bodies,
            Group: groups,
            Regime: regimes,
            Report: reports,
            Recommendation: recommendations,
        }
        wanted = {model: {pk for pk in ids if pk is not None} for model, ids in asked.items()}
        found = _fetched({model: ids for model, ids in wanted.items() if ids})
        return cls(*({row.pk: row for row in found.get(model, ())} for model in asked))

    def body(self, pk: int | None) -> BodyRef | None:
        return _shown(self.bodies, pk, body_ref)

    def group(self, pk: int | None) -> GroupRef | None:
        return _shown(self.groups, pk, group_ref)

    def regime(self, pk: int | None) -> RegimeRef | None:
        return _shown(self.regimes, pk, regime_ref)

    def report(self, pk: int | None) -> ReportRef | None:
        return _shown(self.reports, pk, report_ref)

    def recommendation(self, pk: int | None) -> RecommendationRef | None:
        return _shown(self.recommendations, pk, recommendation_ref)

    def bodies_of(self, ids: Iterable[int]) -> list[BodyRef]:
        """The public ones among several, in their order."""
        return [body_ref(self.bodies[pk]) for pk in ids if pk in self.bodies]


def _shown(rows: dict[int, Any], pk: int | None, shape: Callable[[Any], Any]) -> Any:
    row = rows.get(pk) if pk is not None else None
    return shape(row) if row is not None else None
