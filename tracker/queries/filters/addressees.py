"""Which addressees a list shows, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tracker.models import (
    Addressee,
    Body,
    Group,
    JointAuthor,
    Membership,
    Publisher,
    RecommendationTheme,
    Response,
    Theme,
)
from tracker.queries.changes import told_since
from tracker.queries.families import family_of
from tracker.queries.outcomes import latest_assessment, shown_as, with_outcome
from tracker.queries.search import RELEVANCE, found
from tracker.queries.statuses import answer_shown, asked_by, with_status
from tracker.spans import NEVER, NO_DAY
from tracker.vocabulary import View

# The orders that a list of addressees can have: its name -> the keys, the last of which is unique.
ADDRESSEE_ORDERS: dict[str, Sequence[str]] = {
    "id": ("ref",),
    "-id": ("-ref",),
    "body": ("body__name", "ref"),
    "-body": ("-body__name", "-ref"),
    "asked_on": ("recommendation__asked_latest", "ref"),
    "-asked_on": ("-recommendation__asked_latest", "-ref"),
    "answer_due_on": ("due_key", "ref"),
    "-answer_due_on": ("-due_on_or_never", "-ref"),
    "days_overdue": ("days_overdue", "ref"),
    "-days_overdue": ("-days_overdue", "ref"),
    "status": ("status_on", "ref"),
    "-status": ("-status_on", "-ref"),
}
# Those among them that need the status of the day.
_STANDING_ORDERS = tuple(name for name in ADDRESSEE_ORDERS if "due" in name or "status" in name)


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
    days_overdue_min: int | None = None
    days_overdue_max: int | None = None
    promised: bool = False
    promise_missed: bool = False
    q: str = ""
    ordering: str = "id"

    @property
    def ranked(self) -> bool:
        return self.ordering == RELEVANCE


def addressees_matching(wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """The public addressees whose ask was made by the day, as they stood on it."""
    rows = asked_by(Addressee.objects.public(), wanted.as_of)
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
        rows = rows.filter(has_theme("recommendation", wanted.theme))
    if wanted.publisher:
        rows = rows.filter(published_by("recommendation__report", wanted.publisher))
    if wanted.updated_since:
        rows = rows.filter(pk__in=told_since(wanted.updated_since))
    rows = _as_it_stood(_as_promised(_as_answered_and_done(rows, wanted), wanted), wanted)
    rows = rows.select_related("recommendation__report", "body")
    return found(rows, wanted.q, wanted.as_of, ranked=wanted.ranked) if wanted.q else rows


def _as_promised(rows: QuerySet[Addressee], wanted: AddresseeFilter) -> QuerySet[Addressee]:
    """`promised`: it bound itself by its own acceptance or commitment, or is bound by law; as scorecards count them."""
    if wanted.promised or wanted.promise_missed:
        kept = with_outcome(Addressee.objects.all(), wanted.as_of)
        kept = kept.filter(promise_missed=True) if wanted.promise_missed else kept.filter(promised=True)
        rows = rows.filter(pk__in=kept.values("pk"))
    return rows


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
            said |= shown_as(View(view), wanted.implementation, f"_{view}")
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
    by_day = wanted.ordering in _STANDING_ORDERS or wanted.due_before or wanted.due_after
    counted = (wanted.days_overdue_min, wanted.days_overdue_max) != (None, None)
    if not (wanted.status or wanted.position or by_day or counted):
        return rows
    rows = with_status(rows, wanted.as_of)
    if wanted.days_overdue_min is not None:
        rows = rows.filter(days_overdue__gte=wanted.days_overdue_min)
    if wanted.days_overdue_max is not None:
        rows = rows.filter(days_overdue__lte=wanted.days_overdue_max)
    if wanted.status:
        rows = rows.filter(status_on__in=wanted.status)
    if wanted.position:
        rows = rows.filter(position_shown__in=wanted.position)
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


def has_theme(ask: str, theme: str) -> Q:
    rows = RecommendationTheme.objects.filter(theme__in=Theme.objects.public().filter(ref=theme))
    return Q(**{f"{ask}__in": rows.values("recommendation")})


def published_by(report: str, body: str) -> Q:
    rows = Publisher.objects.filter(body__in=Body.objects.public().filter(ref=body))
    return Q(**{f"{report}__in": rows.values("report")})
