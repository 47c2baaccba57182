"""Many rows of one kind, made quickly: what is the same in all of them is worked out once."""

from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)


class Mould(Generic[Row]):
    """New rows of one kind, with the values given here and those of each.

    Django looks up the defaults of all fields, and what may refer to what, for each row that is made: of a list of
    thousands that is a tenth of the work.
    """

    def __init__(self, model: type[Row], **same: Any) -> None:
        self.model, self.first = model, model(**same)
        self.links = {field.name: field.attname for field in model._meta.concrete_fields if field.is_relation}
        # A word of a closed list is written as text: whoever tells, checks or writes the rows need not look it up.
        for name, value in self.first.__dict__.items():
            if isinstance(value, models.Choices):
                self.first.__dict__[name] = value.value
        self.lists = [name for name, value in self.first.__dict__.items() if isinstance(value, list | dict)]

    def filled(self, values: dict[str, Any]) -> Row:
        """One row, of the values of all its columns."""
        row = self.model.__new__(self.model)
        row.__dict__.update(values)
        row.__dict__["_state"] = ModelState()
        return row

    def cast(self, **own: Any) -> Row:
        """One row. Links are given as rows."""
        row = self.model.__new__(self.model)
        values = row.__dict__
        values.update(self.first.__dict__)
        state = values["_state"] = ModelState()
        state.fields_cache = {**self.first._state.fields_cache}
        for name in self.lists:
            values[name] = values[name].copy()
        for name, value in own.items():
            if name in self.links:
                state.fields_cache[name] = value
                values[self.links[name]] = None if value is None else value.pk
            else:
                values[name] = value
        return row
