"""Feeds as they are: a coroners' list, a safety investigator's register, a review among states, our own export."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_answer, make_body, make_regime
from tests.importing.world import (
    NOW,
    again,
    applied,
    counts,
    csv_bytes,
    faults,
    make_coroners_rule,
    make_world,
    named,
    planned,
    problems,
    undone,
)
from tracker.importing.profiles import Profile, read_profile
from tracker.models import Addressee, Answer, Assessment, Event, Import, Recommendation, Report
from tracker.queries.addressees import describe
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


# --- The coroners' list -----------------------------------------------------------------------------------------

CORONERS = ("Ref", "Report", "Date of report", "Link", "Coroner", "Concerns", "Category",
            "This report is being sent to", "Responses", "Responses from")  # fmt: skip


def coroners(number: int) -> list[dict[str, Any]]:
    """Reports of as many days, each to one to three recipients, with counts of replies."""
    recipients = ("Kent Police", "Kent Police | Essex Police", "Kent Police; Essex Police; Home Office")
    found = []
    for n in range(number):
        sent = recipients[n % 3]
        found.append(
            {
                "Ref": f"2025-{n:04}",
                "Report": f"Report {n}",
                "Date of report": (TODAY - timedelta(days=n)).strftime("%d/%m/%Y"),
                "Link": f"https://example.org/pfd/{n}",
                "Coroner": "Mid Kent",
                "Concerns": f"<p>Concern {n}.</p>" + " Nobody reads the warnings." * 20,
                "Category": "Police",
                "This report is being sent to": sent,
                "Responses": str(n % 3 + 1) if n % 4 == 0 else "0",
            }
        )
    return found


def published(name: str) -> Profile:
    """A profile of the folder, of a register that publishes at once what comes by it."""
    return read_profile(named(name).definition.replace("publish = false", "publish = true"), name)


@pytest.fixture
def coroner() -> None:
    make_body("Mid Kent", kind="coroner")
    make_coroners_rule()


def test_due_is_the_date_and_56_days_and_overdue_exactly_from_the_day_after(coroner: None) -> None:
    found = coroners(120)
    of = applied(planned(csv_bytes(found, CORONERS), published("coroners")))
    assert counts(of) == {"new": 120}
    rows = list(Addressee.objects.public().select_related("recommendation__report"))
    assert len(rows) == 240
    for view in describe(rows, TODAY):
        number = int(view.report.title.removeprefix("Report "))
        asked = TODAY - timedelta(days=number)
        assert view.answer_due_on == asked + timedelta(days=56), view.id
        answered = number % 4 == 0
        late = asked + timedelta(days=56) < TODAY
        assert view.status == ("unread" if answered else "overdue" if late else "awaiting"), view.id
    assert set(Answer.objects.values_list("position", flat=True)) == {"unread"}


def test_counts_of_replies_say_no_more_than_they_count(coroner: None) -> None:
    found = coroners(3)
    found[0] |= {"Responses": "2"}
    found[1] |= {"Responses": "1"}
    found[2] |= {"Responses": "1", "Responses from": "Essex Police"}
    of = planned(csv_bytes(found, CORONERS), named("coroners"))
    assert problems(of) == [
        (2, "Responses", "there are more replies (2) than addressees (1)"),
        (3, "Responses", "2 are addressed, and the row does not say which of them replied"),
    ]
    applied(of)
    assert Answer.objects.get().addressee.body.name == "Essex Police"


def test_who_replies_later_is_on_record_and_who_is_no_longer_counted_stays(coroner: None) -> None:
    _, row = coroners(2)
    both = ("Kent Police", "Essex Police")

    def answered() -> set[tuple[str, str]]:
        standing = Answer.objects.filter(withdrawn_at=None)
        return set(standing.values_list("addressee__body__name", "position"))

    def plan(*replied: str, minutes: int) -> Import:
        said = row | {"Responses": str(len(replied)), "Responses from": "|".join(replied)}
        return again(csv_bytes([said], CORONERS), named("coroners"), minutes=minutes)

    applied(plan(both[0], minutes=1))
    assert answered() == {(both[0], "unread")}
    of = applied(plan(*both, minutes=2))
    assert counts(of) == {"changed": 1}
    assert of.rows.get().changes == [["replied_by", [], [both[1]]]]
    assert answered() == {(both[0], "unread"), (both[1], "unread")}
    assert counts(plan(*both, minutes=3)) == {"same": 1}
    fewer = plan(both[1], minutes=4)
    assert counts(fewer) == {"conflict": 1}
    assert problems(fewer) == [(2, "Responses from", f"{both[0]} had replied by what it said before")]
    undone(of)
    assert answered() == {(both[0], "unread")}


def test_all_of_it_is_undone(coroner: None) -> None:
    undone(applied(planned(csv_bytes(coroners(6), CORONERS), named("coroners"))))
    assert not Addressee.objects.filter(withdrawn_at=None).exists()
    assert faults() == []


# --- The safety investigator ------------------------------------------------------------------------------------

SAFETY = ("Investigation", "Report title", "Published", "Investigator", "Recommendation no.", "Safety recommendation",
          "Addressee", "Status", "Response", "Response date")  # fmt: skip


def test_a_safety_register_with_words_of_its_own() -> None:
    row = {"Investigation": "R01/2021", "Report title": "Collision", "Published": "3rd December 2021",
           "Investigator": "An inspectorate", "Safety recommendation": "Fit brakes.", "Addressee": "Kent Police",
           "Response": "Done.", "Response date": "1 March 2022"}  # fmt: skip
    words = ("Accepted - closed", "Implemented", "Noted", "Open", "Rejected")
    found = [
        {**row, "Recommendation no.": f"{n}.0", "Status": word,
         **({"Response": "", "Response date": ""} if word == "Open" else {})}
        for n, word in enumerate(words, 1)
    ]  # fmt: skip
    applied(planned(csv_bytes(found, SAFETY), named("safety-investigator")))
    positions = dict(Answer.objects.values_list("addressee__recommendation__number", "position"))
    assert positions == {"1": "accepted", "2": "unread", "3": "noted", "5": "rejected"}
    claims = Assessment.objects.order_by("ref").values_list("view", "implementation", "assessed_latest")
    assert list(claims) == [("claimed", "implemented", date(2022, 3, 1))] * 2


# --- The review among states ------------------------------------------------------------------------------------

REVIEW = ("Session", "Review", "Date", "Recommending state", "Paragraph", "Recommendation", "Issue",
          "State under review", "Position")  # fmt: skip


def test_one_row_for_each_state_that_recommends() -> None:
    make_regime("Review", ref="un-upr", kind="after_event", amount=None, unit="", automatic=False,
                starts_from_text="the adoption of the outcome", strength="convention")  # fmt: skip
    for name in ("France", "Chile", "Freedonia"):
        make_body(name, kind="state")
    row = {"Session": "41", "Review": "Freedonia", "Date": "11/2022", "Paragraph": "43.1", "Issue": "Migrants",
           "Recommendation": "Ratify the treaty.", "State under review": "Freedonia",
           "Position": "Supported"}  # fmt: skip
    found = [{**row, "Recommending state": state, "Date": "2022-11"} for state in ("France", "Chile")]
    found.append({**found[0], "Paragraph": "43.2", "Recommendation": "Close the camps.", "Position": "Noted"})
    of = applied(planned(csv_bytes(found, REVIEW), named("human-rights-review")))
    assert counts(of) == {"new": 3}
    assert Recommendation.objects.count() == 2
    assert sorted(body.name for body in Report.objects.get().publishers.all()) == ["Chile", "France"]
    assert sorted(Answer.objects.values_list("position", flat=True)) == ["accepted", "noted"]
    assert not Addressee.objects.exclude(answer_due_on=None).exists(), "a rule that names no day sets none"


# --- Our own export ---------------------------------------------------------------------------------------------


def exported(kind: str) -> bytes:
    """What anybody gets who asks the register for its addressees."""
    return b"".join(Client().get(f"/api/v1/addressees.{kind}").streaming_content)  # type: ignore[attr-defined]


def edited(content: bytes, **changes: dict[str, str]) -> bytes:
    """The export, with cells of some rows (`row0`, `row1`) typed over."""
    found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for name, cells in changes.items():
        for row in found if name == "all" else [found[int(name.removeprefix("row"))]]:
            row |= cells
    return csv_bytes(found, list(found[0]))


@pytest.fixture
def record(coroner: None) -> bytes:
    applied(planned(csv_bytes(coroners(4), CORONERS), published("coroners")))
    unanswered = Addressee.objects.filter(answers=None).order_by("pk")[0]
    make_answer(unanswered, quote="=1+1", answered="2026-03-02", at=NOW)
    return exported("csv")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_export_comes_back_without_a_change(record: bytes, kind: str) -> None:
    lines = Event.objects.count()
    of = planned(exported(kind), named("register"))
    assert counts(of) == {"same": 7}, problems(of)
    applied(of)
    assert Event.objects.count() == lines


def test_words_are_corrected_and_what_an_action_changes_is_a_conflict(record: bytes) -> None:
    of = planned(
        edited(
            record,
            row0={"report_title": "The first report", "status": "whatever it was on Monday"},
            row1={"position": "rejected"},
            row2={"report_title": ""},
            row3={"id": "nobody/1/nowhere"},
        ),
        named("register"),
    )
    assert counts(of) == {"same": 4, "changed": 1, "conflict": 1, "rejected": 1}, problems(of)
    before = Report.objects.get(ref=_first(record)["report_id"]).title
    applied(of)
    assert Report.objects.get(ref=_first(record)["report_id"]).title == "The first report"
    undone(of)
    assert Report.objects.get(ref=_first(record)["report_id"]).title == before
    assert faults() == []


def _first(content: bytes) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_an_export_that_lost_its_bodies_is_stopped(record: bytes) -> None:
    of = planned(edited(record, all={"body_name": ""}), named("register"))
    assert of.state == ImportState.STOPPED
