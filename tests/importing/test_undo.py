"""An import is undone as a whole, by lines that say so, as long as nothing was edited since."""

import pytest

from tests.factories import STAFF, make_answer
from tests.importing.world import (
    NOW,
    again,
    applied,
    counts,
    csv_bytes,
    faults,
    make_world,
    planned,
    rows,
    undone,
    with_lines,
)
from tracker.actions.correcting import correct
from tracker.importing import jobs
from tracker.importing.undoing import EditedSince
from tracker.models import Addressee, Answer, Body, Event, Fact, Import, Recommendation, Report
from tracker.vocabulary import ImportState, NameChoice

pytestmark = pytest.mark.django_db

ANSWERED = rows({}, {"No": "2", "Status": "Accepted", "Reply": "We agree."})


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


def standing(*models: type[Fact]) -> int:
    return sum(model._default_manager.filter(withdrawn_at=None).count() for model in models)


def test_what_was_entered_is_withdrawn_and_can_be_imported_again() -> None:
    content = csv_bytes(ANSWERED)
    of = undone(applied(planned(content)))
    assert of.state == ImportState.UNDONE
    assert standing(Report, Recommendation, Addressee, Answer) == 0
    assert faults() == []
    after = again(content)
    assert counts(after) == {"new": 2}, "it is known no more"
    applied(after)
    assert standing(Report, Recommendation, Addressee, Answer) == 6


def test_what_was_corrected_is_corrected_back() -> None:
    applied(planned(csv_bytes(ANSWERED)))
    changed = rows(
        {"Text": "Stop passing on any details."},
        {"No": "2", "Status": "Rejected", "Reply": "We do not agree."},
    )
    of = applied(again(csv_bytes(changed)))
    assert counts(of) == {"changed": 2}
    assert Recommendation.objects.get(number="1").text == "Stop passing on any details."
    assert Answer.objects.get().position == "rejected"
    undone(of)
    assert Recommendation.objects.get(number="1").text == "Stop passing on details."
    assert [(a.position, a.summary) for a in Answer.objects.all()] == [("accepted", "We agree.")]
    assert faults() == []


def test_it_is_refused_by_name_where_somebody_edited_since() -> None:
    of = applied(planned(csv_bytes(ANSWERED)))
    fact = Recommendation.objects.get(number="2")
    correct(fact=fact, values={"title": "Another title"}, reason="As printed.", by=STAFF, at=NOW)
    lines = Event.objects.count()
    with pytest.raises(EditedSince, match="feed-r1/2"):
        jobs.ask_undo(of, because="It was the wrong file.")
    of.refresh_from_db()
    assert of.state == ImportState.APPLIED
    assert Event.objects.count() == lines


def test_it_is_refused_where_something_stands_on_it() -> None:
    of = applied(planned(csv_bytes(rows({}))))
    answer = make_answer(Addressee.objects.get(), answered=None, published=False)
    with pytest.raises(EditedSince, match=answer.ref):
        jobs.ask_undo(of, because="It was the wrong file.")


def test_a_later_import_is_undone_first() -> None:
    first = applied(planned(csv_bytes(ANSWERED)))
    second = applied(again(csv_bytes(rows({"Text": "Stop it at once."}))))
    with pytest.raises(EditedSince, match="feed-r1/1"):
        jobs.ask_undo(first, because="It was the wrong file.")
    undone(second)
    undone(first)
    assert standing(Report, Recommendation, Addressee, Answer) == 0


def with_names() -> Import:
    """An import for which a person said that one name is Kent Police, and another a new body."""
    of = planned(csv_bytes(rows({"Sent to": "Kent Constabulary; Sussex Trust"})))
    of.names.filter(name="Kent Constabulary").update(
        choice=NameChoice.SAME, body=Body.objects.get(name="Kent Police")
    )
    of.names.filter(name="Sussex Trust").update(choice=NameChoice.NEW, kind="nhs_body")
    jobs.ask_plan(of, jobs.read_profile(of.definition, of.feed))
    jobs.run(of.pk, clock=lambda: NOW)
    return applied(Import.objects.get(pk=of.pk))


def test_a_new_body_goes_and_another_name_is_forgotten() -> None:
    of = with_names()
    assert sorted(Addressee.objects.values_list("ref", flat=True)) == [
        "feed-r1/1/kent-police",
        "feed-r1/1/sussex-trust",
    ]
    assert Body.objects.get(name="Kent Police").other_names == ["Kent Constabulary"]
    undone(of)
    assert Body.objects.get(name="Kent Police").other_names == []
    assert Body.objects.get(name="Sussex Trust").withdrawn_at is not None


def edit(body: str, **values: object) -> None:
    correct(fact=Body.objects.get(name=body), values=values, reason="As they say.", by=STAFF, at=NOW)


def test_a_new_body_that_was_edited_since_is_not_withdrawn() -> None:
    of = with_names()
    edit("Sussex Trust", name="Sussex Partnership Trust")
    with pytest.raises(EditedSince, match="sussex-trust"):
        jobs.ask_undo(of, because="It was the wrong file.")
    assert Body.objects.get(name="Sussex Partnership Trust").withdrawn_at is None


def test_a_new_body_that_others_stand_on_stays_as_it_was_edited() -> None:
    of = with_names()
    other = with_lines(('name = "feed"', 'name = "other"'))
    applied(planned(csv_bytes(rows({"Ref": "X", "Sent to": "Sussex Trust"})), other))
    edit("Sussex Trust", name="Sussex Partnership Trust")
    undone(of)
    assert Body.objects.get(name="Sussex Partnership Trust").withdrawn_at is None


def test_only_the_name_that_was_remembered_is_forgotten() -> None:
    of = with_names()
    edit("Kent Police", name="Police of Kent", other_names=["Kent Force", "Kent Constabulary"])
    undone(of)
    kent = Body.objects.get(ref="kent-police")
    assert (kent.name, kent.other_names) == ("Police of Kent", ["Kent Force"])
    assert faults() == []
