"""The JSON of what this package shows: names and order are those of the dataclasses."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

# Most of what is told: it needs no look at what else it could be.
_AS_IT_IS = (str, int, bool, date, type(None))


@cache
def _names(view: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(view))


def names_of(view: type) -> list[str]:
    """The fields of a view as they are told."""
    return [*_names(view), *(["url"] if hasattr(view, "resource") else [])]


def as_json(value: Any, root: str) -> Any:
    """What a view says, ready for JSON; `root` is the address under which the resources stand.

    One that is a resource of the API has a `url` beside its `id`.
    """
    if type(value) in _AS_IT_IS:
        return value
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
