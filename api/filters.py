"""The parameters of the API: their names, and what is refused. What they mean: `queries/filters/`.

A parameter that is not known, a value outside its closed list, or a single value given twice is a 400 that names
the parameter and what is allowed.
"""

from collections.abc import Collection, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request

from api.errors import Problem, refuse
from api.fields import (
    LONGEST_CURSOR,
    LONGEST_REF,
    PART,
    REF,
    Day,
    Expanded,
    Flag,
    Kept,
    Moment,
    PageSize,
    PastDay,
    Ref,
    Search,
    Whole,
    Word,
    Words,
)
from api.pagination import PAGE
from tracker.queries.addressees import AddresseeView
from tracker.queries.bodies import BodyView, GroupView
from tracker.queries.expansions import EXPANSIONS
from tracker.queries.filters import (
    ADDRESSEE_ORDERS,
    BODY_ORDERS,
    GROUP_ORDERS,
    RECOMMENDATION_ORDERS,
    REGIME_ORDERS,
    REPORT_ORDERS,
    RESPONSE_ORDERS,
    THEME_ORDERS,
)
from tracker.queries.lineage import ChainView
from tracker.queries.proposals import PROPOSAL_ORDERS
from tracker.queries.recommendation_views import RecommendationDetail, RecommendationView
from tracker.queries.regimes import RegimeView, ThemeView
from tracker.queries.reports import ReportView
from tracker.queries.responses import ResponseView
from tracker.queries.scorecards import ScorecardView
from tracker.queries.search import MOST_RANKED, RELEVANCE
from tracker.queries.subjects import KINDS, SCORECARD_ORDERS
from tracker.vocabulary import (
    STATUSES,
    BodyKind,
    Implementation,
    Position,
    ProposalState,
    RecommendationKind,
    ReportKind,
    ResponseKind,
    View,
)

# What has a value even where it is not given.
ALWAYS = ("page_size",)
__all__ = ["LONGEST_REF", "PART", "REF"]  # and what stands below

LONGEST_OVERDUE = 99_999  # days
MOST_EXPANDED = PAGE


class Parameters(serializers.Serializer):
    """No parameters at all.

    `only` are those that a request gives: the fields of the others, some twenty, need not be made for it.
    """

    def __init__(self, *, only: Collection[str] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.only = only

    def get_fields(self) -> dict[str, serializers.Field]:
        declared = self._declared_fields
        needed = declared if self.only is None else {*self.only, *ALWAYS}
        return {name: deepcopy(field) for name, field in declared.items() if name in needed}


class AsOf(Parameters):
    as_of = PastDay(help_text="As it stood on this day, by the rules. Today if it is left out.")


class Paged(Parameters):
    page_size = PageSize()
    cursor = serializers.CharField(
        required=False, max_length=LONGEST_CURSOR, help_text="From `next` or `previous`."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("expand") and attrs["page_size"] > MOST_EXPANDED:
            detail = f"With expand a page has at most {MOST_EXPANDED} results."
            raise serializers.ValidationError({"page_size": detail}, code="too_large")
        return attrs


class Searched(Paged):
    ranks: ClassVar[bool] = True  # a file has all that is found, in another order

    q = Search(
        help_text='Full text: words that must all be there, `"quoted words"` that follow each other, `or` between two, '
        "a minus before what must not be. At most 200 characters and 16 terms. Accents do not matter, and names of "
        f"bodies may have typing errors. Ordered by relevance (the {MOST_RANKED} entered last, at most) unless "
        "`ordering` says otherwise; each result has a `snippet`: HTML, escaped, with `<mark>` as its only tag."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if attrs.get("ordering") == RELEVANCE and not ("q" in attrs and self.ranks):
            why = f"{RELEVANCE}: give it together with q, for a list."
            raise serializers.ValidationError({"ordering": why}, code="alone")
        if "q" in attrs and self.ranks:
            attrs.setdefault("ordering", RELEVANCE)
        return attrs


def _ordering(orders: Collection[str]) -> Word:
    return Word([*orders], help_text="A minus sign turns the order round.")


def _ordering_searched(orders: Collection[str]) -> Word:
    return Word(
        [*orders, RELEVANCE], help_text=f"A minus sign turns the order round; {RELEVANCE} is for `q` alone."
    )


class Narrowed(AsOf):
    """What can be asked of addressees, and of what is told of them."""

    body = Ref(help_text="Put to this body.")
    family = Flag(
        help_text="With `body`: its parents, parts, successors and predecessors too, the bodies that speak for it, "
        "and those for whom it speaks.",
    )
    answered_by = Ref(
        help_text="The answer shown is by this body, alone or with others, for itself or another."
    )
    implementation = Words(
        Implementation.values, help_text="What one of the four views last said by the day; `view` says which."
    )
    view = Words(
        View.values, help_text="With `implementation`: only as these views see it. All four if left out."
    )
    updated_since = Moment(
        help_text="`updated_at` is this moment or later; of a day, its beginning. A time zone is needed."
    )
    report = Ref(help_text="Asked in this report.")
    recommendation = Ref(help_text="This ask, with its limbs.")
    status = Words(STATUSES, help_text="The status on the day: a position is one of its own answer.")
    position = Words(Position.values, help_text="Of the answer shown, its own or given for it.")
    body_kind = Words(BodyKind.values)
    group = Ref(help_text="Addressed through this group, or a member of it on the day.")
    theme = Ref()
    publisher = Ref(help_text="Asked in a report that this body published, alone or with others.")
    due_before = Day(help_text="The deadline to answer in force is before this day.")
    due_after = Day(help_text="The deadline to answer in force is after this day.")
    days_overdue_min = Whole(0, LONGEST_OVERDUE, help_text="`days_overdue` is this number or more.")
    days_overdue_max = Whole(0, LONGEST_OVERDUE, help_text="`days_overdue` is this number or less.")
    promised = Flag(help_text="Bound by its own acceptance or commitment, or by law.")
    promise_missed = Flag(help_text="`promise_missed` is true.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        for name, other in (("family", "body"), ("view", "implementation")):
            if name in attrs and other not in attrs:
                raise serializers.ValidationError({name: f"Give it together with {other}."}, code="alone")
        return attrs


class AddresseeFilters(Narrowed, Searched):
    ordering = _ordering_searched(ADDRESSEE_ORDERS)


class AddresseeParameters(AddresseeFilters):
    fields = Kept(AddresseeView, "snippet")
    expand = Expanded(*EXPANSIONS["addressees"])


class AddresseeAlone(AsOf):
    fields = Kept(AddresseeView)
    expand = Expanded(*EXPANSIONS["addressees"])


class RecommendationFilters(Narrowed, Searched):
    kind = Words(RecommendationKind.values)
    ordering = _ordering_searched(RECOMMENDATION_ORDERS)


class RecommendationParameters(RecommendationFilters):
    fields = Kept(RecommendationView, "snippet", *EXPANSIONS["recommendations"])
    expand = Expanded(*EXPANSIONS["recommendations"])


class RecommendationAlone(AsOf):
    fields = Kept(RecommendationDetail)


class LineageAlone(AsOf):
    fields = Kept(ChainView)


class ReportParameters(Searched):
    publisher = Ref(help_text="Published by this body, alone or with others.")
    kind = Words(ReportKind.values)
    regime = Ref()
    fields = Kept(ReportView, "snippet")
    expand = Expanded(*EXPANSIONS["reports"])
    ordering = _ordering_searched(REPORT_ORDERS)


class ReportAlone(Parameters):
    fields = Kept(ReportView)
    expand = Expanded(*EXPANSIONS["reports"])


class BodyParameters(Searched):
    kind = Words(BodyKind.values)
    group = Ref(help_text="A member of this group today.")
    fields = Kept(BodyView, "snippet", *EXPANSIONS["bodies"])
    expand = Expanded(*EXPANSIONS["bodies"])
    ordering = _ordering_searched(BODY_ORDERS)


class BodyAlone(Parameters):
    fields = Kept(BodyView, *EXPANSIONS["bodies"])
    expand = Expanded(*EXPANSIONS["bodies"])


class ResponseFilters(Searched):
    body = Ref(help_text="Written by this body, alone or with others.")
    report = Ref(help_text="Answers an ask of this report.")
    recommendation = Ref(help_text="Answers this ask, or a limb of it.")
    kind = Words(ResponseKind.values)
    ordering = _ordering_searched(RESPONSE_ORDERS)


class ResponseParameters(ResponseFilters):
    fields = Kept(ResponseView, "snippet")


class ResponseAlone(Parameters):
    fields = Kept(ResponseView)


class GroupParameters(Paged):
    fields = Kept(GroupView)
    ordering = _ordering(GROUP_ORDERS)


class GroupAlone(Parameters):
    fields = Kept(GroupView)


class RegimeParameters(Paged):
    fields = Kept(RegimeView)
    ordering = _ordering(REGIME_ORDERS)


class RegimeAlone(Parameters):
    fields = Kept(RegimeView)


class ThemeParameters(Paged):
    fields = Kept(ThemeView)
    ordering = _ordering(THEME_ORDERS)


class ThemeAlone(Parameters):
    fields = Kept(ThemeView)


class ScorecardParameters(Narrowed, Paged):
    kind = Words(KINDS, help_text="What a scorecard is of.")
    fields = Kept(ScorecardView)
    ordering = _ordering(SCORECARD_ORDERS)


class ScorecardAlone(Narrowed):
    fields = Kept(ScorecardView)


class ChangeParameters(Parameters):
    after = serializers.CharField(
        required=False, max_length=LONGEST_CURSOR, help_text="From `next`, or the `cursor` of a line."
    )
    page_size = PageSize()


class ProposalParameters(Paged):
    state = Words(ProposalState.values)
    ordering = _ordering(PROPOSAL_ORDERS)


class ManagedParameters(Paged):
    """The pages of what a partner manages."""


def read(parameters: type[Parameters], request: Request, today: date) -> dict[str, Any]:
    """The parameters of a request, typed; those left out are left out, but for `page_size`."""
    known = parameters._declared_fields
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, values in request.query_params.lists():
        if name not in known:
            allowed = ", ".join(known) or "none"
            problems.append(
                Problem(name, "unknown", f"There is no such parameter here. There are: {allowed}.")
            )
        elif isinstance(known[name], Words):
            given[name] = [word for value in values for word in value.split(",")]
        elif len(values) > 1:
            problems.append(Problem(name, "repeated", "Give this parameter once."))
        else:
            given[name] = values[0]
    read: dict[str, Any] = {}
    try:
        read = _reader(parameters, frozenset(given), today).run_validation(given)
    except serializers.ValidationError as error:
        problems += _problems(error.detail)
    if problems:
        refuse(problems)
    return dict(read)


@lru_cache(maxsize=256)
def _reader(parameters: type[Parameters], only: frozenset[str], today: date) -> Parameters:
    """What reads parameters of these names, on a day. It keeps nothing of a request, so it is made once."""
    return parameters(only=only, context={"today": today})


def _problems(errors: Any) -> Sequence[Problem]:
    return [Problem(name, each.code, str(each)) for name, found in errors.items() for each in found]
