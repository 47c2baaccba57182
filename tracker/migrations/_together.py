"""Many operations as one, for the migrations of a first start, which somebody waits for.

Django renders the models anew after every single operation on its picture of them: 270 times, three quarters of the
time of the first `migrate`. Operations of one kind that do not depend on each other are applied to the picture one
after the other, which is then rendered once.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Operations that follow each other and of which none needs the picture after another."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again by whoever asks next
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations, the first: {self.operations[0].describe()}"


def together(operations: Sequence[Operation]) -> list[Operation]:
    """The operations of a first migration: tables, then their links, then constraints and indexes, then triggers."""
    apart = (CreateModel, AddField, AddIndex | AddConstraint, AddTrigger)
    kinds: list[list[Operation]] = [[o for o in operations if isinstance(o, kind)] for kind in apart]
    first = [o for o in operations if not any(o in few for few in kinds)]
    return [*first, *(Together(few) for few in kinds if few)]
