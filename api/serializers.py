"""The JSON of what `tracker.queries` shows, and the schema of it: both read off the same dataclasses.

The names of the fields are those of the dataclass. One that is a resource of the API has a `url` beside its `id`.
"""

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
def _names(view: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(view))


def as_json(value: Any, root: str) -> Any:
    """What a view says, ready for JSON; `root` is the address under which the resources stand."""
    if isinstance(value, list):
        return [as_json(each, root) for each in value]
    if isinstance(value, dict):
        return {name: as_json(each, root) for name, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    told = {name: as_json(getattr(value, name), root) for name in _names(type(value))}
    resource = getattr(value, "resource", None)
    if resource:
        told["url"] = f"{root}{resource}/{told['id']}/"
    return told


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
