"""The schema of what `tracker.queries` shows, read off the same dataclasses as its JSON (`queries/shapes.py`)."""

import types
import typing
from dataclasses import Field as DataclassField
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import TextChoices
from rest_framework import serializers

_PLAIN: dict[Any, type[serializers.Field]] = {
    str: serializers.CharField,
    int: serializers.IntegerField,
    bool: serializers.BooleanField,
    date: serializers.DateField,
    datetime: serializers.DateTimeField,
}


@cache
def serializer_of(view: type) -> type[serializers.Serializer]:
    """The documented shape of a view: a serializer with a field for each of its own."""
    hints = typing.get_type_hints(view)
    declared: dict[str, Any] = {field.name: _field(hints[field.name], field) for field in fields(view)}
    if hasattr(view, "resource"):
        declared["url"] = serializers.URLField()
    name = view.__name__.removesuffix("View")
    declared["__doc__"] = view.__doc__
    return type(f"{name}Serializer", (serializers.Serializer,), declared)


def _field(hint: Any, field: DataclassField) -> serializers.Field:
    options: dict[str, Any] = {}
    if isinstance(hint, types.UnionType):
        [hint] = [each for each in typing.get_args(hint) if each is not type(None)]
        options["allow_null"] = True
    if "words" in field.metadata:
        return serializers.ChoiceField(choices=[*field.metadata["words"]], **options)
    return _typed(hint, options)


def _typed(hint: Any, options: dict[str, Any]) -> serializers.Field:
    """The field for a type; a type that has none is an error at the start, not a guess."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint](**options)
    if origin is list and is_dataclass(arguments[0]):
        return serializer_of(typing.cast(type, arguments[0]))(many=True, **options)
    if origin is list:
        return serializers.ListField(child=_typed(arguments[0], {}), **options)
    if origin is dict:
        child = None if arguments[1] is Any else _typed(arguments[1], {})
        return serializers.DictField(**options, **({"child": child} if child else {}))
    if isinstance(hint, type) and issubclass(hint, TextChoices):
        return serializers.ChoiceField(choices=hint.choices, **options)
    if isinstance(hint, type) and is_dataclass(hint):
        return serializer_of(hint)(**options)
    raise TypeError(f"no field for {hint!r}")


class ErrorSerializer(serializers.Serializer):
    """One thing that is wrong with a request."""

    parameter = serializers.CharField(
        allow_null=True, help_text="The parameter it is about, if it is about one."
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """A problem as RFC 9457 has it."""

    type = serializers.CharField(help_text="Always about:blank: the status says what kind of problem it is.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True)
