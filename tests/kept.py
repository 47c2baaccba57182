"""Rows that many tests start from, made once and not for each.

They stand in a transaction that stays open from one test that wants them to the next; each test has a savepoint of its
own in it, and what it does is undone. The first test that does not want them finds an empty database again.
"""

from collections.abc import Callable
from contextlib import ExitStack
from itertools import groupby
from typing import Generic, TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

Made = TypeVar("Made")
KEPT = pytest.StashKey["Kept"]()
WANTED = "kept"  # the fixture by which a test wants them


class Kept(Generic[Made]):
    """`make` makes the rows; `made` is what it gave."""

    made: Made

    def __init__(self, make: Callable[[], Made], blocker: DjangoDbBlocker) -> None:
        self.make, self.blocker = make, blocker
        self.stack: ExitStack | None = None  # while they are there: what takes them away

    def open(self) -> None:
        if self.stack is None:
            with ExitStack() as stack:
                stack.enter_context(self.blocker.unblock())
                stack.enter_context(transaction.atomic())
                stack.callback(transaction.set_rollback, True)
                self.made = self.make()
                self.stack = stack.pop_all()

    def close(self) -> None:
        stack, self.stack = self.stack, None
        if stack is not None:
            stack.close()


def want_or_not(item: pytest.Item) -> None:
    """Before a test: the rows are there if it wants them, and gone if not."""
    if keeps := item.config.stash.get(KEPT, None):
        if wants(item):
            keeps.open()
        else:
            keeps.close()


def wants(item: pytest.Item) -> bool:
    return WANTED in getattr(item, "fixturenames", ())


def together(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests in their order, but of those of one file that stand after each other, who want the rows come last."""
    runs = groupby(items, key=lambda item: item.path)
    return [item for _, run in runs for item in sorted(run, key=wants)]
