"""One recommendation on several rows: they tell of one answer of a body, and where they differ none changes it."""

from datetime import timedelta

import pytest

from tests.importing.files import make_feeds_world
from tests.importing.world import NOW, applied, counts, csv_bytes, named, planned, problems
from tracker.importing import staging
from tracker.models import Answer, Import

pytestmark = pytest.mark.django_db

REVIEW = ("Session", "Review", "Date", "Recommending state", "Paragraph", "Recommendation", "Issue",
          "State under review", "Position")  # fmt: skip
STATES = ("France", "Chile", "Peru")


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_feeds_world()


def review(*positions: str, minutes: int = 0) -> Import:
    """The plan of a file with a row for each state that recommends the same; none for one that is `gone`."""
    row = {"Session": "S1", "Review": "Freedonia", "Date": "2015-01", "Paragraph": "1.1", "Issue": "Migrants",
           "Recommendation": "Ratify.", "State under review": "Freedonia"}  # fmt: skip
    found = [
        {**row, "Recommending state": state, "Position": position}
        for state, position in zip(STATES, positions, strict=False)
        if position != "gone"
    ]
    at = NOW + timedelta(minutes=minutes)
    return planned(csv_bytes(found, REVIEW), named("human-rights-review"), at=at)


def position() -> str:
    return Answer.objects.get().position


@pytest.mark.parametrize("size", [2_000, 1])
@pytest.mark.parametrize(
    ("positions", "outcomes", "at_odds"),
    [
        (("Noted", "Supported"), {"same": 1, "conflict": 1}, [3]),
        (("Supported", "Noted"), {"same": 1, "conflict": 1}, [2]),
        (("Supported", "Noted", "Supported"), {"same": 1, "conflict": 2}, [2, 4]),
        (("Supported", "Partially supported"), {"conflict": 2}, [2, 3]),
    ],
)
def test_rows_that_differ_change_no_answer(
    positions: tuple[str, ...],
    outcomes: dict[str, int],
    at_odds: list[int],
    size: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever they stand: a large file is planned in pieces."""
    monkeypatch.setattr(staging, "PIECE", size)
    applied(review(*["Noted"] * len(positions)))
    for minutes in (1, 2):
        of = review(*positions, minutes=minutes)
        assert counts(of) == outcomes
        assert [number for number, column, _ in problems(of) if column == "Position"] == at_odds
        applied(of, at=NOW + timedelta(minutes=minutes))
        assert position() == "noted"


def test_new_rows_that_differ_enter_no_answer() -> None:
    of = applied(review("Noted", "Supported"))
    assert counts(of) == {"conflict": 2}
    assert problems(of) == [
        (2, "Position", "row 3 gives the body another answer"),
        (3, "Position", "row 2 gives the body another answer"),
    ]
    assert not Answer.objects.exists()


def test_rows_that_say_the_same_change_the_answer_they_share() -> None:
    applied(review("Noted", "Noted"))
    of = applied(review("Supported", "Supported", minutes=1), at=NOW + timedelta(minutes=1))
    assert counts(of) == {"changed": 2}
    assert position() == "accepted"


def test_a_row_changes_the_answer_that_another_row_has_brought() -> None:
    applied(review("Noted", "Noted"))
    of = applied(review("gone", "Supported", minutes=1), at=NOW + timedelta(minutes=1))
    assert counts(of) == {"changed": 1, "gone": 1}
    assert position() == "accepted"
