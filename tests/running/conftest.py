"""Registers for these tests. The first start is made once and its folder copied: migrating takes seconds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running.processes import Up, copy_place


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Up:
    """A register that was started once on an empty folder, without the cases, and stopped by Ctrl-C."""
    up = Up(tmp_path_factory.mktemp("first") / "place", DEMO="0")
    try:
        up.wait_until_ready()
        up.children_when_ready = up.children()
    finally:
        up.stop()
    return up


@pytest.fixture
def start(first_run: Up, tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """Start a register on a copy of that folder, or on another; whatever still runs afterwards is stopped."""
    started: list[Up] = []

    def start_one(*options: str, folder: Path | None = None, **others: Any) -> Up:
        folder = folder or tmp_path / "place"
        if not folder.exists():
            copy_place(first_run.folder, folder)
        started.append(Up(folder, *options, **{"DEMO": "0", **others}))
        return started[-1]

    yield start_one
    for up in started:
        up.end_for_certain()
