"""The parameters of the API: their names, their types, and what is refused. What they mean: `queries/filters.py`.

A parameter that is not known, a value outside its closed list, or a single value given twice is a 400 that names
the parameter and what is allowed.
"""

import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from api.errors import Problem, refuse
from api.pagination import LARGEST_PAGE, PAGE
from tracker.queries.days import register_midnight
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
from tracker.queries.scorecards import KINDS, SCORECARD_ORDERS
from tracker.spans import EARLIEST_YEAR, LATEST_YEAR
from tracker.vocabulary import (
    STATUSES,
    BodyKind,
    Implementation,
    Position,
    RecommendationKind,
    ReportKind,
    ResponseKind,
    View,
)

# A public name: lower-case words and numbers, with slashes between the parts. No other letters are looked up.
PART = r"[A-Za-z0-9._~-]+"
REF = rf"{PART}(?:/{PART})*"
LONGEST_REF = 240
MOMENT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
LONGEST_CURSOR = 2000
# What has a value even where it is not given.
ALWAYS = ("page_size",)


class Ref(serializers.RegexField):
    """The `id` of a thing in the register. One that nothing public has finds nothing."""

    def __init__(self, **options: Any) -> None:
        words = "Give an id as this API shows it, such as safe-to-share/1."
        codes = ("invalid", "blank", "max_length", "null")
        super().__init__(
            rf"^{REF}\Z",
            max_length=LONGEST_REF,
            required=False,
            error_messages=dict.fromkeys(codes, words),
            **options,
        )


class Day(serializers.DateField):
    """A day, written as 2021-12-16."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.error_messages["invalid"] = (
            f"Write a day as 2021-12-16, in the years {EARLIEST_YEAR} to {LATEST_YEAR}."
        )

    def to_internal_value(self, value: Any) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.fail("invalid", format="2021-12-16")
        try:
            on = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="2021-12-16")
        if not EARLIEST_YEAR <= on.year <= LATEST_YEAR:
            self.fail("invalid", format="2021-12-16")
        return on


class PastDay(Day):
    """A day that has come."""

    def to_internal_value(self, value: Any) -> date:
        on = super().to_internal_value(value)
        if on > self.context["today"]:
            raise serializers.ValidationError(
                f"{on.isoformat()} has not come yet: the register says nothing of later days than today, "
                f"{self.context['today'].isoformat()}.",
                code="future",
            )
        return on


class Moment(Day):
    """A moment, written as 2021-12-16T09:30:00Z, or a day: the beginning of it in the register's time zone."""

    def to_internal_value(self, value: Any) -> Any:
        if not re.fullmatch(MOMENT, value):
            return register_midnight(super().to_internal_value(value))
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="2021-12-16")
        if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            self.fail("invalid", format="2021-12-16")
        return at

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["invalid"] = (
            "Write a moment as 2021-12-16T09:30:00Z (with its time zone; a plus sign as %2B) or a day as 2021-12-16, "
            f"in the years {EARLIEST_YEAR} to {LATEST_YEAR}."
        )


class Word(serializers.ChoiceField):
    """One of a closed list."""

    def __init__(self, choices: Collection[str], **options: Any) -> None:
        super().__init__([*choices], required=False, **options)
        self.error_messages["invalid_choice"] = _choose(choices)


class Flag(Word):
    """Given as 1, or left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(("1",), **options)

    def to_internal_value(self, data: Any) -> bool:
        return bool(super().to_internal_value(data))


class Words(serializers.MultipleChoiceField):
    """One or several of a closed list: separated by commas, or the parameter given again."""

    def __init__(self, choices: Collection[str], **options: Any) -> None:
        super().__init__(choices=[*choices], required=False, allow_empty=False, **options)
        self.error_messages["invalid_choice"] = _choose(choices)
        self.error_messages["empty"] = _choose(choices)

    def to_internal_value(self, data: Any) -> Any:
        return tuple(sorted(super().to_internal_value([*dict.fromkeys(data)])))


class PageSize(serializers.IntegerField):
    """How many results a page has."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=LARGEST_PAGE, required=False, default=PAGE)
        for code in ("invalid", "min_value", "max_value", "max_string_length"):
            self.error_messages[code] = f"Give a whole number from 1 to {LARGEST_PAGE}."
        self.validators = []

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", data) or not 1 <= int(data) <= LARGEST_PAGE:
            self.fail("invalid")
        return int(data)


def _choose(choices: Collection[str]) -> str:
    return f"Choose from: {', '.join(choices)}."


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


def _ordering(orders: Collection[str]) -> Word:
    return Word([*orders], help_text="A minus sign turns the order round.")


class AddresseeParameters(Paged, AsOf):
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
    ordering = _ordering(ADDRESSEE_ORDERS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name, other in (("family", "body"), ("view", "implementation")):
            if name in attrs and other not in attrs:
                raise serializers.ValidationError({name: f"Give it together with {other}."}, code="alone")
        return attrs


class RecommendationParameters(Paged, AsOf):
    report = Ref(help_text="Asked in this report.")
    body = Ref(help_text="Put to this body.")
    kind = Words(RecommendationKind.values)
    theme = Ref()
    publisher = Ref(help_text="In a report that this body published, alone or with others.")
    ordering = _ordering(RECOMMENDATION_ORDERS)


class ReportParameters(Paged):
    publisher = Ref(help_text="Published by this body, alone or with others.")
    kind = Words(ReportKind.values)
    regime = Ref()
    ordering = _ordering(REPORT_ORDERS)


class BodyParameters(Paged):
    kind = Words(BodyKind.values)
    group = Ref(help_text="A member of this group today.")
    ordering = _ordering(BODY_ORDERS)


class ResponseParameters(Paged):
    body = Ref(help_text="Written by this body, alone or with others.")
    report = Ref(help_text="Answers an ask of this report.")
    recommendation = Ref(help_text="Answers this ask.")
    kind = Words(ResponseKind.values)
    ordering = _ordering(RESPONSE_ORDERS)


class GroupParameters(Paged):
    ordering = _ordering(GROUP_ORDERS)


class RegimeParameters(Paged):
    ordering = _ordering(REGIME_ORDERS)


class ThemeParameters(Paged):
    ordering = _ordering(THEME_ORDERS)


class ScorecardParameters(Paged, AsOf):
    kind = Words(KINDS, help_text="What a scorecard is of.")
    ordering = _ordering(SCORECARD_ORDERS)


class ChangeParameters(Parameters):
    after = serializers.CharField(
        required=False, max_length=LONGEST_CURSOR, help_text="From `next`, or the `cursor` of a line."
    )
    page_size = PageSize()


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
    checked = parameters(only=given, data=given, context={"today": today})
    if not checked.is_valid():
        problems += _problems(checked.errors)
    if problems:
        refuse(problems)
    return dict(checked.validated_data)


def _problems(errors: Any) -> Sequence[Problem]:
    return [Problem(name, each.code, str(each)) for name, found in errors.items() for each in found]
