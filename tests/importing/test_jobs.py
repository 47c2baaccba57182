"""Imports as jobs: what fails is said and not tried for ever."""

import json
from typing import Any

import pytest

from tests.importing.world import (
    NOW,
    ROW,
    counts,
    csv_bytes,
    feed,
    make_world,
    planned,
    problems,
    rows,
    upload,
)
from tracker.importing import jobs, planning
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


# --- What fails -------------------------------------------------------------------------------------------------


def test_a_cell_of_lists_within_lists_rejects_its_row() -> None:
    deep = json.dumps(ROW)[:-1] + ', "Extra": ' + "[" * 300 + '"x"' + "]" * 300 + "}"
    of = planned(f"{deep}\n{json.dumps({**ROW, 'No': '2'})}\n".encode())
    assert counts(of) == {"new": 1, "rejected": 1}
    assert problems(of) == [(1, "", "lists within lists, too deep: write plain values")]


def test_an_error_of_ours_refuses_a_plan_and_is_not_tried_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise TypeError("nobody thought of it")

    monkeypatch.setattr(planning, "count_rows", fail)
    of = upload(csv_bytes(rows({})))
    jobs.ask_plan(of, feed())
    assert jobs.run(of.pk, clock=lambda: NOW)
    of.refresh_from_db()
    assert of.state == ImportState.REFUSED
    assert "an error of its own (TypeError)" in of.said
    assert "nobody thought of it" in caplog.text
    assert jobs.run_waiting(clock=lambda: NOW) == 0
