"""Which reports, bodies, responses, groups, regimes and themes a list shows, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tracker.models import (
    Answer,
    Body,
    Group,
    JointAuthor,
    Membership,
    Regime,
    Report,
    Response,
    Theme,
)
from tracker.queries.filters.addressees import NEVER, NO_DAY, published_by
from tracker.queries.search import RELEVANCE, found

REPORT_ORDERS: dict[str, Sequence[str]] = {
    "id": ("ref",),
    "dated_on": ("dated_latest", "ref"),
    "-dated_on": ("-dated_latest", "ref"),
}


@dataclass(frozen=True, kw_only=True)
class ReportFilter:
    """What a list of reports is asked for."""

    as_of: date
    publisher: str = ""
    kind: Sequence[str] = ()
    regime: str = ""
    q: str = ""
    ordering: str = "-dated_on"


def reports_matching(wanted: ReportFilter) -> QuerySet[Report]:
    rows = Report.objects.public()
    if wanted.publisher:
        rows = rows.filter(published_by("pk", wanted.publisher))
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.regime:
        rows = rows.filter(regime__in=Regime.objects.public().filter(ref=wanted.regime))
    return found(rows, wanted.q, wanted.as_of, ranked=wanted.ordering == RELEVANCE) if wanted.q else rows


BODY_ORDERS: dict[str, Sequence[str]] = {"id": ("ref",), "name": ("name", "ref")}


@dataclass(frozen=True, kw_only=True)
class BodyFilter:
    """What a list of bodies is asked for; members of a group are those of the day."""

    as_of: date
    kind: Sequence[str] = ()
    group: str = ""
    q: str = ""
    ordering: str = "id"


def bodies_matching(wanted: BodyFilter) -> QuerySet[Body]:
    rows = Body.objects.public()
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.group:
        members = Membership.objects.public().as_of(wanted.as_of).filter(group__ref=wanted.group)
        rows = rows.filter(pk__in=members.values("body"))
    return found(rows, wanted.q, wanted.as_of, ranked=wanted.ordering == RELEVANCE) if wanted.q else rows


RESPONSE_ORDERS: dict[str, Sequence[str]] = {
    "id": ("ref",),
    "answered_on": ("answered_or_later", "ref"),
    "-answered_on": ("-answered_or_never", "ref"),
}


@dataclass(frozen=True, kw_only=True)
class ResponseFilter:
    """What a list of responses is asked for. `body` is an author or a joint author."""

    as_of: date
    body: str = ""
    report: str = ""
    recommendation: str = ""
    kind: Sequence[str] = ()
    q: str = ""
    ordering: str = "-answered_on"


def responses_matching(wanted: ResponseFilter) -> QuerySet[Response]:
    rows = Response.objects.public().annotate(
        answered_or_later=Coalesce("answered_latest", Value(NO_DAY)),
        answered_or_never=Coalesce("answered_latest", Value(NEVER)),
    )
    if wanted.body:
        body = Body.objects.public().filter(ref=wanted.body)
        joint = JointAuthor.objects.filter(response=OuterRef("pk"), body__in=body)
        rows = rows.filter(Q(author__in=body) | Exists(joint))
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.report or wanted.recommendation:
        answers = Answer.objects.public(given=("response",)).filter(response=OuterRef("pk"))
        if wanted.report:
            answers = answers.filter(addressee__recommendation__report__ref=wanted.report)
        if wanted.recommendation:
            asked = Q(addressee__recommendation__ref=wanted.recommendation)
            limb = Q(addressee__recommendation__part_of__ref=wanted.recommendation)
            answers = answers.filter(asked | limb)
        rows = rows.filter(Exists(answers))
    return found(rows, wanted.q, wanted.as_of, ranked=wanted.ordering == RELEVANCE) if wanted.q else rows


GROUP_ORDERS: dict[str, Sequence[str]] = {"id": ("ref",)}
REGIME_ORDERS: dict[str, Sequence[str]] = {"id": ("ref",)}
THEME_ORDERS: dict[str, Sequence[str]] = {"id": ("ref",)}


@dataclass(frozen=True, kw_only=True)
class NoFilter:
    """A list that is always asked for whole."""

    as_of: date
    ordering: str = "id"


def groups_matching(_: NoFilter) -> QuerySet[Group]:
    return Group.objects.public()


def regimes_matching(_: NoFilter) -> QuerySet[Regime]:
    return Regime.objects.public()


def themes_matching(_: NoFilter) -> QuerySet[Theme]:
    return Theme.objects.public()
