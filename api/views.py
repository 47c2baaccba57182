"""The resources of the public API. Each declares its rows, its shape and its parameters; the rest is the same.

Read only, for anybody. Everything comes through `tracker.queries`, which starts from what is public.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from api import filters as parameters
from api.conditional import Built, Moment, conditional
from api.errors import NotInTheRegister, Problem, refuse
from api.filters import REF, Parameters, read
from api.pagination import Pager, paginated
from api.schema import RegisterSchema
from api.told import Told
from tracker.queries import filters as rows
from tracker.queries.addressees import AddresseeView, describe
from tracker.queries.bodies import BodyView, GroupView, body_views, group_views
from tracker.queries.changes import Cursor, CursorGone, LineView, NoSuchCursor, changes
from tracker.queries.hanging import recommendation_called
from tracker.queries.lineage import ChainView, chain
from tracker.queries.listed_documents import addressee_documents, addressee_documents_of_the_page
from tracker.queries.recommendation_views import RecommendationDetail, RecommendationView
from tracker.queries.recommendations import detail, detail_with_documents, summarise
from tracker.queries.regimes import RegimeView, ThemeView, regime_views, theme_views
from tracker.queries.reports import ReportView, report_views
from tracker.queries.responses import ResponseView, response_views
from tracker.queries.scorecards import ScorecardView, scorecards
from tracker.queries.search import RELEVANCE_ORDER
from tracker.queries.shapes import as_json
from tracker.queries.subjects import (
    SCORECARD_ORDERS,
    ScorecardFilter,
    Subjects,
    subject_called,
    subjects_matching,
)
from tracker.queries.words import is_short

RESOURCES = (
    "bodies",
    "groups",
    "regimes",
    "themes",
    "reports",
    "recommendations",
    "addressees",
    "responses",
    "scorecards",
    "changes",
    "dumps",
)


# Those whose answers follow from the head of the public chain, as the list of resources does.
CONDITIONAL = frozenset(RESOURCES) - {"dumps"} | {""}


class Gone(exceptions.APIException):
    status_code = 410
    default_code = "gone"
    default_detail = (
        "This cursor is of a history that the register no longer has: a backup was restored. "
        "Start again without `after`."
    )


class PublicViewSet(GenericViewSet):
    """A list and a detail of what is public."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    schema = RegisterSchema()
    lookup_field = "ref"
    lookup_value_regex = REF

    # How a row is shown, in a list and alone.
    shape: ClassVar[type]
    shape_alone: ClassVar[type | None] = None
    views: ClassVar[Callable[..., Sequence[Any]]]
    view_alone: ClassVar[Callable[..., Any] | None] = None
    # The same JSON made by PostgreSQL, for what is read most: of a list of ids, on a day; of a page, asked with it.
    documents: ClassVar[Any] = None
    documents_of_page: ClassVar[Any] = None
    # The view of a row alone with such JSON within it.
    with_documents: ClassVar[Any] = None
    # Which rows there are, what a list can be asked for, and in what orders it comes, the first by default.
    filter: ClassVar[type]
    matching: ClassVar[Callable[..., QuerySet | Subjects]]
    orders: ClassVar[Mapping[str, Sequence[str]]]
    parameters: ClassVar[type[Parameters]]
    parameters_alone: ClassVar[type[Parameters]] = Parameters

    @conditional
    def list(self, request: Request, *, moment: Moment) -> Built:
        asked = read(self.parameters, request, moment.today)
        size, cursor = asked.pop("page_size"), asked.pop("cursor", None)
        told = Told.of(self.shape, asked)
        wanted = self.filter(**{"as_of": moment.today, **asked})
        keys = {**self.orders, **RELEVANCE_ORDER}[wanted.ordering]
        pager = Pager(self.shape.resource, wanted.ordering, keys, size)
        results: Any
        if self.documents_of_page is not None and told.is_usual:
            documents = self.documents_of_page(wanted.as_of, root(request))
            page, results = pager.page_and_documents(self.matching, wanted, cursor, documents)
        else:
            page = pager.page(self.matching(wanted), cursor, again=bool(told.q) and is_short(told.q))
            results = told.results(page.rows, self.seen(page.rows, wanted), wanted.as_of, root(request))
        return paginated(request, results, next=page.next, previous=page.previous, name="cursor")

    @conditional
    def retrieve(self, request: Request, *, ref: str, moment: Moment) -> Built:
        asked = read(self.parameters_alone, request, moment.today)
        told = Told.of(self.shape_alone or self.shape, asked)
        wanted = self.filter(**{"as_of": moment.today, **asked})
        row = self.called(wanted, ref)
        if row is None:
            raise NotInTheRegister
        if self.documents is not None and told.is_usual:
            return Built(self.documents([row.pk], wanted.as_of, root(request))[1:-1])
        if self.with_documents is not None and told.is_usual:
            return Built(as_json(self.with_documents(row, wanted.as_of, root(request)), root(request)))
        seen = [self.view_alone(row, wanted.as_of)] if self.view_alone else self.seen([row], wanted)
        [result] = told.results([row], seen, wanted.as_of, root(request))
        return Built(result)

    def seen(self, rows: Sequence[Any], wanted: Any) -> Sequence[Any]:
        """How the rows of a page are shown."""
        return self.views(rows, wanted.as_of)

    def called(self, wanted: Any, ref: str) -> Any:
        """The public row of an `id`; None where there is none."""
        return self.matching(wanted).filter(ref=ref).first()


def root(request: Request) -> str:
    """The address under which the resources stand."""
    return f"{request.scheme}://{request.get_host()}{_root()}"


@cache
def _root() -> str:
    return reverse("api-root")


class Root(APIView):
    """The resources there are, and where."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    schema = None

    @conditional
    def get(self, request: Request, *, moment: Moment) -> Built:
        read(Parameters, request, moment.today)
        return Built({name: f"{root(request)}{name}/" for name in RESOURCES})


class BodyViewSet(PublicViewSet):
    """Whoever recommends, is addressed, or answers."""

    shape, views = BodyView, staticmethod(body_views)
    filter, matching, orders = rows.BodyFilter, staticmethod(rows.bodies_matching), rows.BODY_ORDERS
    parameters, parameters_alone = parameters.BodyParameters, parameters.BodyAlone


class GroupViewSet(PublicViewSet):
    """Named sets of bodies, with dated members."""

    shape, views = GroupView, staticmethod(group_views)
    filter, matching, orders = rows.NoFilter, staticmethod(rows.groups_matching), rows.GROUP_ORDERS
    parameters, parameters_alone = parameters.GroupParameters, parameters.GroupAlone


class RegimeViewSet(PublicViewSet):
    """The rules that set the time to answer."""

    shape, views = RegimeView, staticmethod(regime_views)
    filter, matching, orders = rows.NoFilter, staticmethod(rows.regimes_matching), rows.REGIME_ORDERS
    parameters, parameters_alone = parameters.RegimeParameters, parameters.RegimeAlone


class ThemeViewSet(PublicViewSet):
    """What asks are about."""

    shape, views = ThemeView, staticmethod(theme_views)
    filter, matching, orders = rows.NoFilter, staticmethod(rows.themes_matching), rows.THEME_ORDERS
    parameters, parameters_alone = parameters.ThemeParameters, parameters.ThemeAlone


class ReportViewSet(PublicViewSet):
    """The documents that ask."""

    shape, views = ReportView, staticmethod(report_views)
    filter, matching, orders = rows.ReportFilter, staticmethod(rows.reports_matching), rows.REPORT_ORDERS
    parameters, parameters_alone = parameters.ReportParameters, parameters.ReportAlone


class RecommendationViewSet(PublicViewSet):
    """Single asks. One alone comes with its limbs, links, addressees and current answers."""

    shape, views = RecommendationView, staticmethod(summarise)
    shape_alone, view_alone = RecommendationDetail, staticmethod(detail)
    with_documents = staticmethod(detail_with_documents)
    filter, matching = rows.RecommendationFilter, staticmethod(rows.recommendations_matching)
    orders = rows.RECOMMENDATION_ORDERS
    parameters, parameters_alone = parameters.RecommendationParameters, parameters.RecommendationAlone

    def called(self, wanted: Any, ref: str) -> Any:
        return recommendation_called(ref, wanted.as_of)


class LineageViewSet(RecommendationViewSet):
    """The chain of repeats that an ask belongs to, in order of asking, with every refusal."""

    operation = "recommendations_lineage"
    shape_alone, view_alone, with_documents = ChainView, staticmethod(chain), None
    parameters_alone = parameters.LineageAlone


class AddresseeViewSet(PublicViewSet):
    """One recommendation as put to one body: what it answered, what it did, and by when."""

    shape, views = AddresseeView, staticmethod(describe)
    filter, matching = rows.AddresseeFilter, staticmethod(rows.addressees_matching)
    orders = rows.ADDRESSEE_ORDERS
    documents = staticmethod(addressee_documents)
    documents_of_page = staticmethod(addressee_documents_of_the_page)
    parameters, parameters_alone = parameters.AddresseeParameters, parameters.AddresseeAlone


class ResponseViewSet(PublicViewSet):
    """The documents in which bodies answer, with what each says to whom."""

    shape, views = ResponseView, staticmethod(response_views)
    filter, matching = rows.ResponseFilter, staticmethod(rows.responses_matching)
    orders = rows.RESPONSE_ORDERS
    parameters, parameters_alone = parameters.ResponseParameters, parameters.ResponseAlone


class ScorecardViewSet(PublicViewSet):
    """How the asks of a body, group, publisher, report or theme stand: counts, each with what it is a share of."""

    shape = ScorecardView
    filter, matching, orders = ScorecardFilter, staticmethod(subjects_matching), SCORECARD_ORDERS
    parameters, parameters_alone = parameters.ScorecardParameters, parameters.ScorecardAlone

    def called(self, wanted: Any, ref: str) -> Any:
        return subject_called(wanted, ref)

    def seen(self, rows: Sequence[Any], wanted: Any) -> Sequence[Any]:
        return scorecards(rows, wanted)


class ChangeViewSet(GenericViewSet):
    """The public lines of the ledger, in order, for a mirror. `next` is always given: ask it again later."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    schema = RegisterSchema()
    shape, shape_alone = LineView, None
    problems = MappingProxyType({410: Gone.default_detail})
    parameters = parameters.ChangeParameters

    @conditional
    def list(self, request: Request, *, moment: Moment) -> Built:
        asked = read(self.parameters, request, moment.today)
        try:
            after = Cursor.read(asked["after"]) if "after" in asked else None
            found = changes(after, asked["page_size"], moment.head.epoch)
        except NoSuchCursor:
            refuse([Problem("after", "invalid", "This register gave no such cursor: take it from `next`.")])
        except CursorGone:
            raise Gone from None
        lines = as_json(found.lines, root(request))
        return paginated(request, lines, next=str(found.last), previous=None, name="after")
