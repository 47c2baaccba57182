"""A lookup for long lists: one parameter, however many values."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class AnyOf(Lookup):
    """`id__any_of=ids`: what `id__in=ids` finds. That writes each value into the statement, at ten times the cost."""

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[Any]) -> None:
        super().__init__(lhs, [*rhs])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        # Without a length: a value cast to one that is too short for it would be cut, and found.
        kind = self.lhs.output_field.db_type(connection).partition("(")[0]
        return f"{lhs} = ANY(%s::{kind}[])", (*params, self.rhs)
