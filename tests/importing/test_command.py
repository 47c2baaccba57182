"""manage.py import_register FILE --profile NAME [--dry-run]."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.importing.world import csv_bytes, feed, make_world, rows
from tracker.importing.report import Pace, pace
from tracker.models import Addressee, Event, Import, ImportProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    make_world()
    ImportProfile.objects.create(name="feed", definition=feed().definition)
    path = tmp_path / "feed.csv"
    path.write_bytes(csv_bytes(rows({}, {"No": "2", "Sent to": "Kemt Police"}, {"No": "3", "Date": "soon"})))
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_register", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_dry_run_tells_the_plan_and_changes_nothing(file: Path, tmp_path: Path) -> None:
    lines = Event.objects.count()
    said = run(file, "--profile", "feed", "--dry-run", "--problems", tmp_path / "problems.csv")
    assert "3 rows read: 1 new, 0 changed, 0 same, 1 conflict, 1 rejected, 0 gone" in said
    assert "row 4, Date: not a date ('soon'). Write it as 2021-12-03" in said
    assert "not known: 'Kemt Police' in 1 rows. Like: kent-police" in said
    assert Event.objects.count() == lines
    assert len((tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_it_applies_what_can_be_applied(file: Path) -> None:
    assert "Applied as import" in run(file, "--profile", "feed")
    assert Addressee.objects.get().ref == "feed-r1/1/kent-police"
    assert Import.objects.get().state == "applied"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_tells_the_rate_and_the_end(file: Path) -> None:
    """Rows read in halves: reading is one of planning, deciding the other."""
    err = Terminal()
    call_command("import_register", str(file), "--profile", "feed", stdout=StringIO(), stderr=err)
    assert re.search(r"planning \[=+\] 3 of 3 rows, [\d,]+ rows/s, 0 s left", err.getvalue())
    assert re.search(r"writing \[=+\] 1 of 1 rows, [\d,]+ rows/s, 0 s left", err.getvalue())


def test_the_pace_of_what_has_begun() -> None:
    assert pace(3_000, 12_000, 6.0) == Pace(3_000, 12_000, 500.0, 18.0)
    assert pace(0, 12_000, 1.0).left is None, "nobody knows yet"
    assert pace(500, 0, 1.0).left is None


@pytest.mark.parametrize(
    ("name", "profile", "words"),
    [("nothing.csv", "feed", "cannot be read"), ("feed.csv", "feeds", "no profile 'feeds': use one of"),
     ("feed.csv", "coroners", "names the regime pfd-regulation-29"), ("feed.csv", "safety-investigator", "no column")],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_fix(file: Path, name: str, profile: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(file.with_name(name), "--profile", profile)
