"""The keys that a row of each list may have, and how each value is read.

They follow from the models: a column is a key of its name, a date known as a span is one key (`dated_on`), a
reference is the other fact's public name, a set is a list of them. A new column is a new key, with no line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from tracker.importing.problems import shown
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    Claim,
    Development,
    Extension,
    Fact,
    Group,
    Link,
    Membership,
    Recommendation,
    Regime,
    Report,
    Response,
    Source,
    Theme,
)
from tracker.models.base import span_columns
from tracker.spans import parse_span

# The lists of a file, in the order in which they are loaded: each stands on those above it.
LISTS: dict[str, type[Fact]] = {
    "sources": Source,
    "themes": Theme,
    "regimes": Regime,
    "groups": Group,
    "bodies": Body,
    "memberships": Membership,
    "reports": Report,
    "recommendations": Recommendation,
    "links": Link,
    "responses": Response,
    "assessments": Assessment,
    "extensions": Extension,
    "developments": Development,
    "claims": Claim,
}

# What only actions write, what no file may bring, and what follows from where a row stands.
NOT_IN_FILES: dict[type[Fact] | None, frozenset[str]] = {
    None: frozenset({"published_at", "withdrawn_at"}),
    Source: frozenset(
        {
            "file",
            "file_sha256",
            "may_be_published",
            "redacted_file",
            "redacted_sha256",
            "redacted_findings",
        }
    ),
    Body: frozenset({"contacts"}),
    Answer: frozenset({"response", "addressee", "on_behalf", "holding", "recorded_at"}),
}


@dataclass(frozen=True)
class Key:
    """One key of a row. `read` makes the values of columns, or of `refers` the public names, or raises ValueError."""

    name: str
    read: Callable[[Any], Any]
    columns: tuple[str, ...] = ()
    refers: type[Fact] | None = None
    required: bool = False

    @property
    def kind(self) -> type[Fact]:
        """The kind of fact that it speaks of."""
        assert self.refers is not None
        return self.refers


@cache
def keys_of(model: type[Fact]) -> dict[str, Key]:
    """The keys of a row about a fact of this kind, by name. `ref` is not among them."""
    left_out = NOT_IN_FILES[None] | NOT_IN_FILES.get(model, frozenset())
    found = [_key(field) for field in model.told_fields() if field.name not in left_out]
    found += [_set_key(model, name) for name in model.sets]
    found += _own_keys(model)
    return {key.name: key for key in found if key}


def _own_keys(model: type[Fact]) -> list[Key]:
    """The keys that are no column of the row itself."""
    if model is Recommendation:
        return [
            Key("addressed_to", _names, refers=Body),
            Key("addressed_to_groups", _names, refers=Group),
        ]
    if model is Answer:
        return [
            Key("recommendation", _name, refers=Recommendation, required=True),
            Key("draft", _flag),
        ]
    return []


def _key(field: Any) -> Key | None:
    """The key of one column; None for the second and third column of a span."""
    name = field.name
    base, _, part = name.rpartition("_")
    if part in ("latest", "precision"):
        return None
    if part == "earliest":
        columns = tuple(f"{base}_{each}" for each in ("earliest", "latest", "precision"))
        return Key(f"{base}_on", _span_reader(base), columns)
    required = not field.null and not field.blank and not field.has_default()
    if field.is_relation:
        return Key(name, _name, (name,), refers=field.related_model, required=required)
    return Key(name, _column_reader(field), (name,), required=required)


def _set_key(model: type[Fact], name: str) -> Key:
    related: Any = model._meta.get_field(name)
    return Key(name, _names, refers=related.related_model)


def _span_reader(base: str) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        written = _text(value)
        by = written.startswith("by ")
        return span_columns(base, parse_span(written.removeprefix("by "), by=by))

    return read


def _column_reader(field: Any) -> Callable[[Any], dict[str, Any]]:
    """Reads a column: its type first, as JSON has it, then all that the model's own field asks of it."""
    plain = _plain_reader(field)

    def read(value: Any) -> dict[str, Any]:
        value = plain(value)
        try:
            return {field.name: field.clean(value, None)}
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None

    return read


def _plain_reader(field: Any) -> Callable[[Any], Any]:
    match field:
        case models.BooleanField():
            return _flag
        case models.IntegerField():
            return _number
        case models.DateField():
            return _day
        case ArrayField():
            return _texts
        case models.JSONField():
            return _text_by_name
    return _word_reader(field.choices) if field.choices else _text


def _word_reader(choices: Any) -> Callable[[Any], str]:
    words = [word for word, _ in choices]

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"{shown(value)} is not known; use one of {', '.join(words)}")
        return value

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is no text: put it in quotation marks")
    if "\x00" in value:
        raise ValueError("it has a NUL character in it: remove it")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("it has a broken character (a lone surrogate) in it: type it again")
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise ValueError(f"{shown(value)} is no list: write it in square brackets")
    return [_text(each) for each in value]


def _text_by_name(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"{shown(value)} is no object: write it in braces")
    return {_text(name): _text(each) for name, each in value.items()}


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{shown(value)} is no whole number: write it without quotation marks")
    return value


def _day(value: Any) -> date:
    span = parse_span(_text(value))
    if span.earliest != span.latest:
        raise ValueError(f"{shown(value)}: a day is needed here; write it as 2021-12-03")
    return span.latest


def _name(value: Any) -> str:
    if not _text(value):
        raise ValueError("it is empty: give the ref of the other row, or leave the key out")
    return value


def _names(value: Any) -> list[str]:
    names = [_name(each) for each in _texts(value)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ValueError(f"{shown(twice)} stands twice: keep one")
    return names


# Addressees are not listed in a file: they follow from whom a recommendation is addressed to.
FOLLOWING = frozenset({Addressee})
