"""The register's own export comes back: without a change, or with words corrected, the same however often."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import (
    STAFF,
    make_addressee,
    make_answer,
    make_body,
    make_challenge,
    make_recommendation,
    make_report,
)
from tests.importing.world import NOW, applied, counts, csv_bytes, make_world, named, planned, problems
from tracker.actions.correcting import correct
from tracker.actions.reviews import begin_review
from tracker.models import Addressee, Answer, Import, ImportRow, Recommendation, Report
from tracker.queries.exports import COLUMNS
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db

FORCES = 5
Cells = dict[str, str]


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    """Two recommendations of one report, each to five forces; each force answered the first."""
    make_world()
    report = make_report("Safe to share")
    forces = [make_body(f"Force {number}") for number in range(FORCES)]
    for number in ("1", "2"):
        ask = make_recommendation(f"Ask {number}", number=number, report=report)
        for force in forces:
            put = make_addressee(recommendation=ask, body=force)
            if number == "1":
                make_answer(put)


def exported(kind: str = "csv", resource: str = "addressees") -> bytes:
    """What anybody gets who asks the register for a list."""
    return b"".join(Client().get(f"/api/v1/{resource}.{kind}").streaming_content)  # type: ignore[attr-defined]


def edited(change: Callable[[int, Cells], Cells]) -> bytes:
    """The export, with cells of each row typed over."""
    rows = list(csv.DictReader(io.StringIO(exported().decode("utf-8-sig"), newline="")))
    rows.sort(key=lambda row: row["id"])
    return csv_bytes([{**row, **change(place, row)} for place, row in enumerate(rows)], list(rows[0]))


def brought_back(content: bytes, minutes: int = 0) -> Import:
    return planned(content, named("register"), at=NOW + timedelta(minutes=minutes))


def test_a_title_that_is_edited_on_some_of_its_rows_is_a_conflict_however_often_it_comes() -> None:
    content = edited(lambda place, _: {"recommendation_title": "Another ask"} if place == 1 else {})
    for minutes in (0, 1):
        of = brought_back(content, minutes)
        assert counts(of) == {"same": 9, "conflict": 1}
        assert problems(of) == [
            (3, "recommendation_title", "row 2 has the same recommendation, and says 'Ask 1'")
        ]
        applied(of)
        assert set(Recommendation.objects.values_list("title", flat=True)) == {"Ask 1", "Ask 2"}


def test_a_title_that_is_edited_on_all_its_rows_is_corrected_once() -> None:
    def change(place: int, row: Cells) -> Cells:
        # A blank says nothing, and the spaces between words say nothing either.
        title = ("Another ask", "Another  ask", "", "Another ask", " Another ask")[place % FORCES]
        return {"recommendation_title": title} if row["recommendation_number"] == "1" else {}

    content = edited(change)
    of = applied(brought_back(content))
    assert counts(of) == {"same": 6, "changed": 4}
    assert Recommendation.objects.get(number="1").title == "Another ask"
    assert counts(brought_back(content, 1)) == {"same": 10}


def test_rows_of_one_fact_that_say_different_things_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far apart they stand: a large file is planned in pieces."""
    monkeypatch.setattr("tracker.importing.staging.PIECE", 3)

    def change(place: int, _: Cells) -> Cells:
        return {"report_title": "A second edition" if place < 9 else "A third edition"}

    content = edited(change)
    for minutes in (0, 1):
        of = brought_back(content, minutes)
        assert counts(of) == {"conflict": 10}
        said = {number: reason for number, _, reason in problems(of)}
        assert said[2] == "row 11 has the same report, and says 'A third edition'"
        assert said[11] == "row 2 has the same report, and says 'A second edition'"
        applied(of)
        assert Report.objects.get().title == "Safe to share"


def test_a_title_whose_rows_are_in_several_pieces_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.importing.staging.PIECE", 3)
    content = edited(lambda *_: {"report_title": "A second edition"})
    of = applied(brought_back(content))
    assert counts(of) == {"changed": 10}
    assert Report.objects.get().title == "A second edition"
    assert counts(brought_back(content, 1)) == {"same": 10}


def test_rows_that_stand_twice_and_differ_change_nothing() -> None:
    content = edited(lambda place, row: {"answer_summary": "Yes."} if place == 0 else {"id": row["id"]})
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    content = csv_bytes([*rows, {**rows[0], "answer_summary": "No."}], list(rows[0]))
    of = brought_back(content)
    assert counts(of) == {"conflict": 2, "same": 9}
    assert {number for number, _, _ in problems(of)} == {2, 12}


def test_each_column_of_the_export_is_compared_or_known_to_be_computed() -> None:
    profile = named("register")
    known = [*profile.columns.values(), *profile.fields, *profile.computed]
    assert sorted(known) == sorted(column.name for column in COLUMNS["addressees"])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_comes_back_unchanged_with_what_is_contested_and_under_review(kind: str) -> None:
    put = Addressee.objects.all()[0]
    make_challenge(put, words="We never said so.\nNot once.")
    begin_review(addressees=[put], reason="They may be right.", by=STAFF, at=NOW)
    content = exported(kind)
    assert kind == "xlsx" or b"We never said so." in content
    of = brought_back(content)
    assert counts(of) == {"same": 10}, problems(of)


@pytest.mark.parametrize("text", ["\ttab", "=1+1", "\n-5", "\u00a0@x", "  spaced  out  ", "'quoted"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_text_comes_back_however_it_begins(kind: str, text: str) -> None:
    answer = Answer.objects.all()[0]
    correct(fact=answer, values={"summary": text}, reason="As written.", by=STAFF, at=NOW)
    of = brought_back(exported(kind))
    assert counts(of) == {"same": 10}, problems(of)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("resource", ["recommendations", "responses"])
def test_another_export_is_refused_whole_and_says_which_one_to_take(resource: str, kind: str) -> None:
    of = brought_back(exported(kind, resource))
    assert of.state == ImportState.REFUSED
    assert f"the register's export of {resource}" in of.said and "addressees.csv" in of.said
    assert not ImportRow.objects.filter(of=of).exists()


def test_an_export_cut_to_the_columns_that_are_corrected_is_taken() -> None:
    rows = list(csv.DictReader(io.StringIO(exported().decode("utf-8-sig"), newline="")))
    assert counts(brought_back(csv_bytes(rows, ["id", "recommendation_title"]))) == {"same": 10}
