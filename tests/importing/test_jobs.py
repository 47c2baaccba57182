"""Imports as jobs: what fails is said and not tried for ever, what was broken off is finished."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.importing.world import (
    COLUMNS,
    NOW,
    ROW,
    again,
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
from tracker.models import Import, ImportProfile, Recommendation
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


# --- What is remarked -------------------------------------------------------------------------------------------


def test_characters_that_were_lost_before_are_remarked_on_in_the_plan() -> None:
    of = planned(csv_bytes(rows({}, {"No": "2", "Text": "The force\ufffds review"})))
    assert (of.state, counts(of)) == (ImportState.PLANNED, {"new": 2})
    assert "\ufffd stands for them: in rows 3. Get the file anew" in of.said
    assert planned(csv_bytes(rows({}))).said == ""


def test_a_sheet_with_the_same_columns_is_said_not_to_be_read() -> None:
    header = [*COLUMNS]
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, lines in (
            ("2020", [header, [*ROW.values()]]),
            ("Legend", [["What the columns mean"], ["Ref", "our number"]]),
            ("2021", [["Reports of 2021"], header, [*ROW.values()]]),
        ):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    of = planned(out.getvalue())
    assert counts(of) == {"new": 1, "rejected": 1}
    [(number, _, reason)] = problems(of)
    assert number == 2
    assert reason.startswith("the sheet '2021' has the same columns and was not read: put its rows below")


# --- What is broken off -----------------------------------------------------------------------------------------


@contextmanager
def another_process() -> Iterator[BaseDatabaseWrapper]:
    """A connection that is not ours."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def has_it(other: BaseDatabaseWrapper, of: Import) -> bool:
    """Take an import as a process does that does something with it: it is kept until the process ends."""
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [jobs._LOCKS + of.pk])
        return bool(cursor.fetchone()[0])


def broken_off(content: bytes) -> Import:
    """An import that somebody began to apply a moment ago."""
    of = planned(content)
    jobs.ask_apply(of)
    assert Import.objects.claim(of.pk, at=NOW)
    return of


def test_what_was_broken_off_is_finished_at_once() -> None:
    content = csv_bytes(rows({}, {"No": "2"}))
    of = broken_off(content)
    assert not jobs.run(of.pk, clock=lambda: NOW), "a worker waits until the lease has run out"
    [finished] = jobs.finish_broken_off("feed", clock=lambda: NOW)
    assert (finished.pk, finished.state) == (of.pk, ImportState.APPLIED)
    assert Recommendation.objects.count() == 2
    assert counts(again(content)) == {"same": 2}


def test_what_a_living_process_is_at_is_left_to_it() -> None:
    of = broken_off(csv_bytes(rows({})))
    with another_process() as other:
        assert has_it(other, of)
        with pytest.raises(ValueError, match=f"import {of.pk} .* by another process: wait until it is done"):
            jobs.finish_broken_off("feed", clock=lambda: NOW)
        assert not jobs.run(of.pk, clock=lambda: NOW + timedelta(hours=1)), "slow, and alive"
    assert not Recommendation.objects.exists()


def test_whoever_is_at_an_import_has_it_alone() -> None:
    of = upload(csv_bytes(rows({})))
    jobs.ask_plan(of, feed())
    seen = []
    with another_process() as other:
        jobs.run(of.pk, clock=lambda: NOW, progress=lambda *_: seen.append(has_it(other, of)))
        assert seen
        assert not any(seen)
        assert has_it(other, of), "and lets it go"


def test_the_second_run_of_the_command_completes_the_first(tmp_path: Path) -> None:
    content = csv_bytes(rows({}, {"No": "2"}))
    of = broken_off(content)
    ImportProfile.objects.create(name="feed", definition=feed().definition)
    file = tmp_path / "feed.csv"
    file.write_bytes(content)
    out = StringIO()
    with another_process() as other:
        assert has_it(other, of)
        with pytest.raises(CommandError, match="wait until it is done"):
            call_command("import_register", str(file), "--profile", "feed", stdout=out)
    call_command("import_register", str(file), "--profile", "feed", stdout=out)
    assert (
        f"Import {of.pk} (feed.csv) had been broken off, and was taken up first: it is applied"
        in out.getvalue()
    )
    assert "2 rows read: 0 new, 0 changed, 2 same" in out.getvalue()
