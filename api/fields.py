"""The types of parameters: what a value looks like, and what is said of one that does not."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from api.pagination import LARGEST_PAGE, PAGE
from tracker.queries.days import register_midnight
from tracker.queries.shapes import names_of
from tracker.queries.words import LONGEST, MOST_TERMS, terms
from tracker.spans import EARLIEST_YEAR, LATEST_YEAR

# A public name: lower-case words and numbers, with slashes between the parts. No other letters are looked up.
PART = r"[A-Za-z0-9._~-]+"
REF = rf"{PART}(?:/{PART})*"
LONGEST_REF = 240
MOMENT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
LONGEST_CURSOR = 2000


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


class Whole(serializers.IntegerField):
    """A whole number in a range."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(min_value=least, max_value=most, required=False, **options)
        self.error_messages["invalid"] = f"Give a whole number from {least} to {most}."
        self.validators = []
        self.least, self.most = least, most

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", data) or not self.least <= int(data) <= self.most:
            self.fail("invalid")
        return int(data)


class Search(serializers.CharField):
    """Words to look for: "quoted" ones stand together, "or" between two takes either, a minus leaves out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)
        self.error_messages["blank"] = self.error_messages["no_words"] = "Give at least one word to look for."
        self.error_messages["too_many"] = f"Give at most {MOST_TERMS} words or quoted phrases."

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        asked = [term for group in terms(text) for term in group]
        if not asked:
            self.fail("no_words")
        if len(asked) > MOST_TERMS:
            self.fail("too_many")
        return text


class Kept(Words):
    """Which fields of a result are wanted."""

    def __init__(self, view: type, *more: str) -> None:
        super().__init__(
            [*names_of(view), *more], help_text="Only these fields, in the order of the description."
        )


class Expanded(Words):
    """What is told in full where a result only names it, or does not have it."""

    def __init__(self, *choices: str) -> None:
        super().__init__(choices, help_text="In full, or besides. A page then has at most 50 results.")
