"""Which public rows a list shows, and in what order. What each filter means stands here, once.

A filter that names a thing (a body, a report) matches public ones only: a draft's name finds what a name that
was never given finds, nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tracker.models import (
    Addressee,
    Answer,
    Body,
    Group,
    JointAuthor,
    Membership,
    Publisher,
    Recommendation,
    RecommendationTheme,
    Regime,
    Report,
    Response,
    Theme,
)
from tracker.queries.changes import told_since
from tracker.queries.families import family_of
from tracker.queries.outcomes import latest_assessment
from tracker.queries.statuses import answer_shown, asked_by, with_status
from tracker.vocabulary import View

# What has no day comes last where the earliest comes first, and first where the latest does.
NO_DAY = date(9999, 12, 31)
NEVER = date(1, 1, 1)

# The orders that a list of addressees can have: its name -> the keys, the last of which is unique.
ADDRESSEE_ORDERS: dict[str, Sequence[str]] = {
    "id": ("ref",),
    "-id": ("-ref",),
    "body": ("body__name", "ref"),
    "-body": ("-body__name", "-ref"),
    "answer_due_on": ("due_key", "ref"),
    "-answer_due_on": ("-due_on_or_never", "-ref"),
    "days_overdue": ("days_overdue", "ref"),
    "-days_overdue": ("-days_overdue", "ref"),
}


@dataclass(frozen=True, kw_only=True)
class AddresseeFilter:
    """What a list of addressees is asked for; an empty value asks for nothing."""

    as_of: date
    body: str = ""
    family: bool = False
    report: str = ""
    recommendation: str = ""
    status: Sequence[str] = ()
    position: Sequence[str] = ()
    answered_by: str = ""
    implementation: Sequence[str] = ()
    view: Sequence[str] = ()
    updated_since: datetime | None = None
    body_kind: Sequence[str] = ()
    group: str = ""
    theme: str = ""
    publisher: str = ""
    due_before: date | None = None
    due_after: date | None = None
    ordering: str = "id"


def addressees_matching(wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """The public addressees whose ask was made by the day, as they stood on it."""
    rows = asked_by(Addressee.objects.public(), wanted.as_of).select_related("recommendation__report", "body")
    if wanted.body:
        rows = rows.filter(
            family_of(wanted.body, wanted.as_of) if wanted.family else Q(body__ref=wanted.body)
        )
    if wanted.report:
        rows = rows.filter(recommendation__report__ref=wanted.report)
    if wanted.recommendation:
        rows = rows.filter(
            Q(recommendation__ref=wanted.recommendation)
            | Q(recommendation__part_of__ref=wanted.recommendation)
        )
    if wanted.body_kind:
        rows = rows.filter(body__kind__in=wanted.body_kind)
    if wanted.group:
        rows = rows.filter(_in_group(wanted.group, wanted.as_of))
    if wanted.theme:
        rows = rows.filter(_has_theme("recommendation", wanted.theme))
    if wanted.publisher:
        rows = rows.filter(_published_by("recommendation__report", wanted.publisher))
    if wanted.updated_since:
        rows = rows.filter(pk__in=told_since(wanted.updated_since))
    return _as_it_stood(_as_answered_and_done(rows, wanted), wanted)


def _as_answered_and_done(rows: QuerySet[Addressee], wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """`answered_by` is an author or a joint author of the answer shown, own or given for it.

    `implementation` is what one of the views last said by the day: any of the four, or those of `view`.
    """
    if wanted.answered_by:
        body = Body.objects.public().filter(ref=wanted.answered_by)
        rows = rows.alias(_shown=answer_shown(wanted.as_of)).filter(_shown__in=_written_by(body).values("pk"))
    if wanted.implementation:
        said = Q()
        for view in wanted.view or View.values:
            rows = rows.alias(**{f"_{view}": latest_assessment(View(view), wanted.as_of)})
            said |= Q(**{f"_{view}__in": wanted.implementation})
        rows = rows.filter(said)
    return rows


def _written_by(body: QuerySet[Body]) -> QuerySet[Response]:
    """The responses of a body, alone or with others."""
    joint = JointAuthor.objects.filter(response=OuterRef("pk"), body__in=body)
    return Response.objects.filter(Q(author__in=body) | Exists(joint))


def _as_it_stood(rows: QuerySet[Addressee], wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """The filters and orders that need the status of the day: only then is it worked out.

    `position` is that of the answer shown, own or given for it; `status` alone tells its own from the others'.
    `due_before` and `due_after` look at the deadline to answer in force, and leave their own day out.
    """
    by_day = "due" in wanted.ordering or wanted.due_before or wanted.due_after
    if not (wanted.status or wanted.position or by_day):
        return rows
    rows = with_status(rows, wanted.as_of)
    if wanted.status:
        rows = rows.filter(status_on__in=wanted.status)
    if wanted.position:
        rows = rows.filter(position_on__in=wanted.position)
    if wanted.due_before:
        rows = rows.filter(due_on__lt=wanted.due_before)
    if wanted.due_after:
        rows = rows.filter(due_on__gt=wanted.due_after)
    return rows.annotate(
        due_key=Coalesce("due_on", Value(NO_DAY)), due_on_or_never=Coalesce("due_on", Value(NEVER))
    )


def _in_group(group: str, on: date) -> Q:
    """Addressed through the group, or a member of it on the day."""
    named = Group.objects.public().filter(ref=group)
    members = Membership.objects.public().as_of(on).filter(group__in=named)
    return Q(via_group__in=named) | Q(body__in=members.values("body"))


def _has_theme(ask: str, theme: str) -> Q:
    rows = RecommendationTheme.objects.filter(theme__in=Theme.objects.public().filter(ref=theme))
    return Q(**{f"{ask}__in": rows.values("recommendation")})


def _published_by(report: str, body: str) -> Q:
    rows = Publisher.objects.filter(body__in=Body.objects.public().filter(ref=body))
    return Q(**{f"{report}__in": rows.values("report")})


RECOMMENDATION_ORDERS: dict[str, Sequence[str]] = {
    "id": ("report__ref", "position", "ref"),
    "asked_on": ("asked_latest", "ref"),
    "-asked_on": ("-asked_latest", "ref"),
}


@dataclass(frozen=True, kw_only=True)
class RecommendationFilter:
    """What a list of recommendations is asked for."""

    as_of: date
    report: str = ""
    body: str = ""
    kind: Sequence[str] = ()
    theme: str = ""
    publisher: str = ""
    ordering: str = "id"


def recommendations_matching(wanted: RecommendationFilter) -> QuerySet[Recommendation]:
    """The public recommendations made by the day, limbs among them."""
    rows = Recommendation.objects.public().filter(asked_earliest__lte=wanted.as_of).select_related("report")
    if wanted.report:
        rows = rows.filter(report__ref=wanted.report)
    if wanted.body:
        addressed = Addressee.objects.public().filter(body__ref=wanted.body)
        rows = rows.filter(pk__in=addressed.values("recommendation"))
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.theme:
        themed = RecommendationTheme.objects.filter(theme__in=Theme.objects.public().filter(ref=wanted.theme))
        rows = rows.filter(pk__in=themed.values("recommendation"))
    if wanted.publisher:
        rows = rows.filter(_published_by("report", wanted.publisher))
    return rows


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
    ordering: str = "-dated_on"


def reports_matching(wanted: ReportFilter) -> QuerySet[Report]:
    rows = Report.objects.public()
    if wanted.publisher:
        rows = rows.filter(_published_by("pk", wanted.publisher))
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.regime:
        rows = rows.filter(regime__in=Regime.objects.public().filter(ref=wanted.regime))
    return rows


BODY_ORDERS: dict[str, Sequence[str]] = {"id": ("ref",), "name": ("name", "ref")}


@dataclass(frozen=True, kw_only=True)
class BodyFilter:
    """What a list of bodies is asked for; members of a group are those of the day."""

    as_of: date
    kind: Sequence[str] = ()
    group: str = ""
    ordering: str = "id"


def bodies_matching(wanted: BodyFilter) -> QuerySet[Body]:
    rows = Body.objects.public()
    if wanted.kind:
        rows = rows.filter(kind__in=wanted.kind)
    if wanted.group:
        members = Membership.objects.public().as_of(wanted.as_of).filter(group__ref=wanted.group)
        rows = rows.filter(pk__in=members.values("body"))
    return rows


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
            answers = answers.filter(addressee__recommendation__ref=wanted.recommendation)
        rows = rows.filter(Exists(answers))
    return rows


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
