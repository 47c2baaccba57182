"""Whether a row can be stored: the checks that it must pass before it meets the database's own. Private to
`tracker.actions`.

Django's own checks of each field take a tenth of a millisecond a row. So `clean` looks first whether all values are
plainly right (the word is one of the choices, the text is short enough), by tests made once a model. A row that they
are not sure of goes the long way, which alone says what is wrong.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

from tracker.models import Fact

_MISSING = object()
# Two of these that look alike are one, or somebody is misled.
_NAMES = {"ref", "number", "limb", "name", "title"}
# Unicode's categories of what has no shape of its own, and letters that are drawn as nothing (Hangul fillers, Braille).
_UNSEEN = {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"}
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
Sure = Callable[[Any], bool]


def clean(facts: Sequence[Fact]) -> None:
    """The checks that rows of one kind must pass before they meet the database's own. Raises ValidationError.

    The very value that the row before had in a column was looked at: rows of a list have most of theirs in common.
    """
    sure = _sure(type(facts[0])) if facts else ()
    seen: dict[str, Any] = {}
    for fact in facts:
        values = fact.__dict__
        for name, is_sure in sure:
            value = values.get(name, _MISSING)
            if value is seen.get(name, seen):
                continue
            if value is _MISSING or not is_sure(value):
                _clean_all(fact)
                break
            seen[name] = value


def _clean_all(fact: Fact) -> None:
    """Each field by its own checks; what is wrong is said of all of them."""
    problems: dict[str, list[str]] = {}
    for column in fact._meta.concrete_fields:
        problem = unstorable(getattr(fact, column.attname, None))
        if not problem:
            problem = _only_blanks(column, getattr(fact, column.attname, None))
        if problem:
            problems[column.name] = [problem]
    if problems:
        raise ValidationError(problems)
    generated = [f.name for f in fact._meta.fields if isinstance(f, models.GeneratedField)]
    relations = [f.name for f in fact._meta.fields if f.is_relation]
    fact.clean_fields(exclude=[*generated, *relations, "id"])
    missing = [
        f.name for f in fact._meta.fields if f.is_relation and not f.null and getattr(fact, f.attname) is None
    ]
    if missing:
        raise ValidationError({name: ["This is needed."] for name in missing})


def _only_blanks(column: Any, value: Any) -> str:
    """Why a text says nothing, or would look like another one: " 1" beside "1". Empty if it is well."""
    if not isinstance(value, str) or not value:
        return ""
    if says_nothing(value):
        return "There are only blanks in it: write it out, or leave it empty."
    if column.name in _NAMES and value != value.strip():
        return "Take the blanks away at its beginning and end."
    return ""


def says_nothing(text: str) -> bool:
    """Is nothing of it seen? Blanks, controls and signs without a shape (a zero-width space, a soft hyphen)."""
    if text.isascii():
        return text.isspace()
    return all(each.isspace() or category(each) in _UNSEEN or each in _BLANK_LETTERS for each in text)


def unstorable(value: Any) -> str:
    """Why PostgreSQL could not store a text: a NUL, or half of a surrogate pair. Empty if it could."""
    match value:
        case str():
            if "\x00" in value:
                return "The text has a NUL character in it: remove it."
            if not _encodes(value):
                return "The text has a broken character (a lone surrogate) in it: type it again."
        case list() | tuple():
            return next((problem for each in value if (problem := unstorable(each))), "")
        case dict():
            return unstorable([*value.keys(), *value.values()])
    return ""


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _sure(model: type[Fact]) -> list[tuple[str, Sure]]:
    """For each column that is checked, what tells in a moment that a value is right. Nothing is changed by it."""
    return [
        (field.attname, _sure_of(field))
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, models.GeneratedField)
    ]


def _sure_of(field: Any) -> Sure:
    """What tells that a value of one column is right. False where that takes longer to say."""
    empty_is_right = field.null and field.blank
    if field.is_relation:
        return lambda value: value is not None or field.null
    if isinstance(field, models.CharField | models.TextField):
        return _text(field)
    if isinstance(field, models.DateTimeField):
        return lambda value: type(value) is datetime or (value is None and empty_is_right)
    if isinstance(field, models.DateField):
        return lambda value: type(value) is date or (value is None and empty_is_right)
    if isinstance(field, models.BooleanField):
        return lambda value: value is True or value is False
    if isinstance(field, models.IntegerField):
        return _number(field, empty_is_right)
    return lambda value: value in ([], {}) and field.blank


def _text(field: Any) -> Sure:
    """A text is right if it is empty and may be, or one of the words, or not too long."""
    words = frozenset(str(word) for word, _ in field.flatchoices)
    others = [each for each in field.validators if not isinstance(each, MaxLengthValidator)]
    longest = field.max_length if isinstance(field, models.CharField) else None
    is_name = field.name in _NAMES

    def is_sure(value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if value == "":
            return bool(field.blank)
        if words:
            return value in words
        if says_nothing(value) or (is_name and value != value.strip()):
            return False
        return (
            not others
            and (longest is None or len(value) <= longest)
            and "\x00" not in value
            and _encodes(value)
        )

    return is_sure


def _number(field: Any, empty_is_right: bool) -> Sure:
    least = [each.limit_value for each in field.validators if isinstance(each, MinValueValidator)]
    most = [each.limit_value for each in field.validators if isinstance(each, MaxValueValidator)]
    known = len(least) + len(most) == len(field.validators)

    def is_sure(value: Any) -> bool:
        if value is None:
            return empty_is_right
        return (
            known and type(value) is int and all(value >= n for n in least) and all(value <= n for n in most)
        )

    return is_sure
