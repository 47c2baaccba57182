"""What staff have withdrawn is known: no file puts it on record again, and the plan says where one would."""

from datetime import timedelta

import pytest

from tests.factories import STAFF, remove
from tests.importing.world import (
    NOW,
    again,
    applied,
    counts,
    csv_bytes,
    faults,
    make_world,
    planned,
    problems,
    rows,
    undone,
    with_lines,
)
from tracker.actions.publishing import withdraw
from tracker.importing import jobs
from tracker.importing.profiles import Profile
from tracker.models import Addressee, Answer, Fact, Import, Recommendation, Report, Response
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=2)
ANSWERED = {"Status": "Rejected", "Reply": "No."}


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


def published() -> Profile:
    """A profile that publishes at once what it enters."""
    return with_lines(('verification = "secondary"', 'verification = "secondary"\npublish = true'))


def take_back(fact: Fact) -> None:
    withdraw(facts=[fact], by=STAFF, at=NOW, reason="It was another body's letter.")


@pytest.mark.parametrize("model", [Answer, Response])
def test_a_withdrawn_answer_is_not_written_again(model: type[Fact]) -> None:
    applied(planned(csv_bytes(rows(ANSWERED)), published()))
    take_back(model._default_manager.get())
    of = again(csv_bytes(rows({**ANSWERED, "Report": "A report, second edition"})), published())
    assert counts(of) == {"changed": 1}
    applied(of, at=LATER)
    assert Report.objects.get().title == "A report, second edition"
    assert not Answer.objects.public().exists()
    assert Answer.objects.count() == 1
    assert faults() == []


def test_an_answer_that_was_removed_by_law_is_not_written_again() -> None:
    applied(planned(csv_bytes(rows(ANSWERED))))
    assert faults() == []  # what is to be removed is sealed
    remove(Answer.objects.get())
    applied(again(csv_bytes(rows({**ANSWERED, "Text": "Stop it at once."}))), at=LATER)
    assert Answer.objects.get().summary != "No."


@pytest.mark.parametrize("model", [Report, Recommendation, Addressee, Response, Answer])
def test_a_reply_that_changed_says_what_was_withdrawn(model: type[Fact]) -> None:
    applied(planned(csv_bytes(rows(ANSWERED)), published()))
    fact = model._default_manager.get()
    take_back(fact)
    of = again(csv_bytes(rows({"Status": "Accepted", "Reply": "Yes."})), published())
    assert counts(of) == {"conflict": 1}
    assert f"the {model.noun} {fact.ref} was withdrawn" in {reason for _, _, reason in problems(of)}
    applied(of, at=LATER)
    assert [(answer.position, answer.summary) for answer in Answer.objects.all()] == [("rejected", "No.")]


@pytest.mark.parametrize("model", [Report, Recommendation, Addressee])
def test_a_first_reply_to_what_was_withdrawn_is_a_conflict(model: type[Fact]) -> None:
    applied(planned(csv_bytes(rows({}))))
    fact = model._default_manager.get()
    take_back(fact)
    of = again(csv_bytes(rows(ANSWERED)))
    assert counts(of) == {"conflict": 1}
    assert problems(of) == [(2, "Status", f"the {model.noun} {fact.ref} was withdrawn")]
    applied(of, at=LATER)
    assert not Answer.objects.exists()


def test_a_new_row_of_a_withdrawn_report_is_a_conflict() -> None:
    applied(planned(csv_bytes(rows({}))))
    take_back(Report.objects.get())
    of = again(csv_bytes(rows({}, {"No": "2", "Text": "A new one."}, {"Ref": "R2"})))
    assert counts(of) == {"same": 1, "conflict": 1, "new": 1}
    assert problems(of) == [(3, "Sent to", "the report feed-r1 was withdrawn")]
    applied(of, at=LATER)
    assert Recommendation.objects.count() == 2


@pytest.mark.parametrize("model", [Recommendation, Addressee, Answer])
def test_a_new_row_that_says_again_what_was_withdrawn_is_a_conflict(model: type[Fact]) -> None:
    profile = with_lines(("[bodies]", '[identity]\nrow = ["bodies"]\n\n[bodies]'))
    applied(planned(csv_bytes(rows(ANSWERED)), profile))
    take_back(model._default_manager.get())
    of = again(csv_bytes(rows(ANSWERED, {**ANSWERED, "Sent to": "Kent Police; Essex Police"})), profile)
    assert counts(of) == {"same": 1, "conflict": 1}
    assert "was withdrawn" in problems(of)[0][2]


def test_another_body_of_a_withdrawn_recommendation_is_not_addressed() -> None:
    applied(planned(csv_bytes(rows({}))))
    take_back(Recommendation.objects.get())
    of = again(csv_bytes(rows({"Sent to": "Kent Police; Essex Police"})))
    assert problems(of) == [(2, "Sent to", "the recommendation feed-r1/1 was withdrawn")]


@pytest.mark.parametrize("model", [Addressee, Report])
def test_what_is_withdrawn_between_the_plan_and_its_application_is_not_answered(model: type[Fact]) -> None:
    applied(planned(csv_bytes(rows({}))))
    of = again(csv_bytes(rows(ANSWERED, {"No": "2"})))
    assert counts(of) == {"changed": 1, "new": 1}
    take_back(model._default_manager.get())
    of = refused(of)
    assert "was withdrawn; plan the import again" in of.said
    assert not Answer.objects.exists()


def refused(of: Import) -> Import:
    jobs.ask_apply(of)
    jobs.run(of.pk, clock=lambda: LATER)
    of.refresh_from_db()
    assert of.state == ImportState.PLANNED
    return of


def test_what_an_import_withdrew_as_it_was_undone_is_not_known_and_comes_again() -> None:
    undone(applied(planned(csv_bytes(rows(ANSWERED)))))
    of = applied(again(csv_bytes(rows(ANSWERED))), at=LATER)
    assert counts(of) == {"new": 1}
    assert Answer.objects.filter(withdrawn_at=None).count() == 1
