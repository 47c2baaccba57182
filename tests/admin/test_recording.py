"""Recording a response in the desk: one form, several addressees, one transaction."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.admin.pages import errors, fields_in, kinds
from tests.alerts.world import note
from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_body,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_user,
)
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.alerts import interests
from tracker.models import (
    Addressee,
    Answer,
    Event,
    Message,
    Notice,
    Recommendation,
    Response,
    Source,
    User,
)
from tracker.vocabulary import FOLLOWED_NEWS, Channel, News

pytestmark = pytest.mark.django_db

RECORD = "/admin/tracker/response/record/"


@pytest.fixture
def ask(db: None) -> Recommendation:
    """One ask put to a group of three forces and, by name, to the Home Office."""
    regime = make_regime()
    forces = [make_body(f"Force {n}", kind="police_force") for n in (1, 2, 3)]
    group = make_group(bodies=forces, members_called="forces")
    recommendation = make_recommendation(report=make_report(regime=regime))
    put = address(recommendations=[recommendation], groups=[group], bodies=[make_body()], by=STAFF, at=AT)
    publish(facts=put, by=STAFF, at=AT)
    return recommendation


def record(desk: Client, ask: Recommendation, **changed: Any) -> Any:
    """Open the form for the report of an ask, fill it in for the Home Office, send it."""
    url = f"{RECORD}?report={ask.report.ref}"
    fields = fields_in(desk.get(url).content.decode())
    told = {
        "source_title": "The letter",
        "source_kind": "letter",
        "title": "The answer",
        "kind": "formal",
        "author": "home-office",
        "written_on": "2025-07-01",
        "verification": "read",
        "addressees": [str(addressee(ask, "Home Office").pk)],
        "position": "accepted",
        "basis": "their_words",
        "summary": "It accepts.",
        "save": "publish",
    }
    return desk.post(url, {**fields, **told, **changed})


def addressee(ask: Recommendation, name: str) -> Addressee:
    return Addressee.objects.get(recommendation=ask, body__name=name)


def test_the_report_is_chosen_first_without_any_script(desk: Client, ask: Recommendation) -> None:
    first = desk.get(RECORD).content.decode()
    assert 'method="get"' in first and 'name="report"' in first
    chosen = desk.get(RECORD, {"report": ask.report.ref}).content.decode()
    assert "All 3 reached through" in chosen and chosen.count('name="addressees"') == 4
    assert "choose from the list" in desk.get(RECORD, {"report": "no-such"}).content.decode()


def test_saved_as_a_draft_it_is_three_private_lines(desk: Client, ask: Recommendation) -> None:
    response = record(desk, ask, save="draft")
    answer = Answer.objects.get()
    assert response.headers["Location"] == f"{RECORD.replace('record/', '')}{answer.response.pk}/recorded/"
    assert answer.is_draft and answer.response.source.title == "The letter"
    assert (answer.position, answer.basis, answer.on_behalf) == ("accepted", "their_words", False)
    for fact in (answer, answer.response, answer.response.source):
        assert [public for _, public in kinds(fact)] == [False]
    shown = desk.get(response.headers["Location"]).content.decode()
    assert "It is a draft" in shown and "answer: entered, as a draft" in shown


def test_saved_and_published_it_is_public_and_the_status_has_changed(
    desk: Client, ask: Recommendation
) -> None:
    response = record(desk, ask)
    answer = Answer.objects.get()
    assert kinds(answer)[-1] == ("answer.published", True)
    assert kinds(answer.response.source)[-1] == ("source.published", True)
    shown = desk.get(response.headers["Location"])
    [(_, _, status)] = shown.context["rows"]
    assert status == "Accepted"
    assert {line.kind for line in shown.context["lines"]} >= {
        "source.recorded",
        "response.recorded",
        "answer.recorded",
        "source.published",
        "response.published",
        "answer.published",
    }


def test_one_tick_stands_for_all_members_of_a_group(desk: Client, ask: Recommendation) -> None:
    council = make_body("NPCC", kind="national_policing_body")
    through = f"{ask.pk}-{addressee(ask, 'Force 1').via_group_id}"
    record(
        desk,
        ask,
        author=council.ref,
        on_behalf_of_group="forces",
        addressees=[],
        all=[through],
        position="rejected",
        basis="our_reading",
    )
    answers = Answer.objects.select_related("addressee__body")
    assert {answer.addressee.body.name for answer in answers} == {"Force 1", "Force 2", "Force 3"}
    assert all(answer.on_behalf and answer.position == "rejected" for answer in answers)
    assert Response.objects.count() == 1


def test_a_source_on_record_may_be_chosen_instead_of_a_new_one(desk: Client, ask: Recommendation) -> None:
    known = Source.objects.first()
    assert known is not None
    record(desk, ask, source=known.ref, source_title="")
    assert Response.objects.get().source == known and Source.objects.count() == 1
    both = errors(record(desk, ask, source=known.ref))
    assert "not both" in both["source"][0]


def test_without_a_source_it_is_refused_at_the_source_and_nothing_typed_is_lost(
    desk: Client, ask: Recommendation
) -> None:
    before = Event.objects.count()
    response = record(desk, ask, source_title="", summary="Several\nlines", joint_authors=["force-1"])
    assert "nothing is recorded without one" in errors(response)["source"][0]
    typed = fields_in(response.content.decode())
    assert typed["summary"] == ["Several\r\nlines"] and typed["joint_authors"][0] == "force-1"
    assert typed["addressees"] == [str(addressee(ask, "Home Office").pk)]
    assert typed["position"] == ["accepted"]
    assert Event.objects.count() == before and not Response.objects.exists()


def test_a_date_before_the_report_is_refused_at_the_date(desk: Client, ask: Recommendation) -> None:
    response = record(desk, ask, written_on="2025-05-01")
    assert "before the recommendation was made" in errors(response)["written_on"][0]
    assert not Source.objects.filter(title="The letter").exists(), "nothing half-written"


def test_a_date_to_come_is_refused_at_its_own_field(desk: Client, ask: Recommendation) -> None:
    assert list(errors(record(desk, ask, received_on="2031-01-01"))) == ["received_on"]
    assert list(errors(record(desk, ask, source_dated_on="2031-01-01"))) == ["source_dated_on"]


def test_who_does_not_speak_for_the_addressee_is_sent_to_developments(
    desk: Client, ask: Recommendation
) -> None:
    response = record(desk, ask, author="force-1")
    assert "record what it says as a development" in errors(response)["addressees"][0]


def test_somebody_who_was_not_addressed_is_sent_to_developments(desk: Client, ask: Recommendation) -> None:
    elsewhere = make_addressee(body=make_body("Elsewhere"), recommendation=make_recommendation(number="9"))
    response = record(desk, ask, addressees=[str(elsewhere.pk)])
    assert "record what it says as a development" in errors(response)["addressees"][0]
    assert not Response.objects.exists()


@pytest.mark.parametrize("forged", ["0", "-1", "9" * 30, "x", "1e3", "", "\x00", "1 or 1=1"])
def test_a_forged_addressee_is_an_error_on_the_form(desk: Client, ask: Recommendation, forged: str) -> None:
    assert "addressees" in errors(record(desk, ask, addressees=[forged]))
    assert "all" in errors(record(desk, ask, addressees=[], all=[forged or "x"]))


def test_nobody_ticked_is_refused(desk: Client, ask: Recommendation) -> None:
    assert errors(record(desk, ask, addressees=[]))["addressees"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"position": ""}, "position"),
        ({"position": "deferred"}, "waits_for"),
        ({"position": "refers_elsewhere"}, "points_to"),
        ({"on_behalf_of_body": "force-1", "on_behalf_of_group": "forces"}, "on_behalf_of_body"),
        ({"author": ""}, "author"),
        ({"author": "nobody-at-all"}, "author"),
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_kind": "page"}, "__all__"),
        ({"verification": "unverified"}, "__all__"),
        ({"decision": "two words"}, "decision"),
        ({"summary": "a\x00b"}, "summary"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_each_thing_wrong_is_said_at_its_field(
    desk: Client, ask: Recommendation, changed: dict[str, Any], field: str
) -> None:
    before = Event.objects.count()
    assert field in errors(record(desk, ask, **changed))
    assert Event.objects.count() == before


def test_a_holding_reply_has_no_position_and_stops_no_clock(desk: Client, ask: Recommendation) -> None:
    response = record(desk, ask, kind="holding", position="")
    [(_, answer, status)] = desk.get(response.headers["Location"]).context["rows"]
    assert answer.holding and status.startswith("No response on record") and "not answered" in status


def test_what_is_published_under_a_draft_says_that_it_is_not_seen_yet(
    desk: Client, ask: Recommendation
) -> None:
    shadow = make_body("Shadow office", published=False)
    response = record(desk, ask, author=shadow.ref, on_behalf_of_body="home-office")
    shown = desk.get(response.headers["Location"]).content.decode()
    assert "not seen by the public yet" in shown and "Shadow office" in shown


def test_the_form_costs_the_same_for_one_and_for_forty(
    desk: Client, ask: Recommendation, django_assert_num_queries: Any
) -> None:
    # Who asks: session, user, second factor. What is asked: the report by its name, its addressees, the public ones
    # among them.
    # Their statuses (queries/addressees.describe): recommendations, reports, bodies; which of answers,
    # assessments, extensions, checks and silences there are, here none; challenges; the regimes and groups named; when
    # each was last told.
    with django_assert_num_queries(13):
        desk.get(RECORD, {"report": ask.report.ref})
    more = make_group("Many", bodies=[make_body(f"Force {n}") for n in range(10, 30)])
    second = make_recommendation(report=ask.report, number="2")
    publish(facts=address(recommendations=[second], groups=[more], by=STAFF, at=AT), by=STAFF, at=AT)
    with django_assert_num_queries(13):
        desk.get(RECORD, {"report": ask.report.ref})


def through_the_group(ask: Recommendation) -> str:
    return f"{ask.pk}-{addressee(ask, 'Force 1').via_group_id}"


def for_all(ask: Recommendation, **changed: Any) -> dict[str, Any]:
    """A letter by the national council for all forces."""
    council = make_body("NPCC", kind="national_policing_body")
    return {
        "author": council.ref,
        "on_behalf_of_group": "forces",
        "addressees": [],
        "all": [through_the_group(ask)],
        "position": "rejected",
        "reason": "none_given",
        **changed,
    }


def test_all_members_but_some(desk: Client, ask: Recommendation) -> None:
    record(desk, ask, **for_all(ask, excepted=["force-2"]))
    assert {a.addressee.body.name for a in Answer.objects.select_related("addressee__body")} == {
        "Force 1",
        "Force 3",
    }


def test_the_preview_says_which_words_change_and_who_is_told_and_saves_nothing(
    desk: Client, ask: Recommendation, ada: User
) -> None:
    interests.follow(
        reader=ada,
        wanted={"report": ask.report.ref},
        kinds=FOLLOWED_NEWS,
        channel=Channel.AT_ONCE,
        at=AT,
    )
    note(AT)
    for name, news in (("ben", [News.DELIVERED]), ("eve", [News.STATUS_CHANGED])):
        interests.follow(
            reader=make_user(name), wanted={"status": "overdue"}, kinds=news, channel=Channel.DAILY, at=AT
        )
    before = Event.objects.count()
    old = record(desk, ask, save="preview").content.decode()
    assert "Nobody would be told: nobody follows this, or it is old news" in old
    page = record(desk, ask, save="preview", written_on=str(timezone.localdate()))
    [change] = page.context["preview"].changes
    assert change.before.startswith("No response on record") and change.after == "Accepted"
    told = page.content.decode()
    assert "2 readers would be told" in told, "who follows this kind, in the state before it or after it"
    assert Event.objects.count() == before and not Response.objects.exists()
    assert not Notice.objects.exists() and not Message.objects.exists()
    assert not Source.objects.filter(title="The letter").exists()


def test_what_the_preview_refuses_is_said_at_its_field(desk: Client, ask: Recommendation) -> None:
    assert (
        "before the recommendation was made"
        in errors(record(desk, ask, save="preview", written_on="2025-05-01"))["written_on"][0]
    )


def test_one_of_them_may_be_told_something_else(desk: Client, ask: Recommendation) -> None:
    one = addressee(ask, "Force 2")
    page = record(desk, ask, **for_all(ask, save="preview", differs=[str(one.pk)]))
    fields = fields_in(page.content.decode())
    assert fields[f"to-{one.pk}-position"] == ["rejected"] and fields["differs"] == [str(one.pk)]
    url = f"{RECORD}?report={ask.report.ref}"
    own = {f"to-{one.pk}-position": "accepted", f"to-{one.pk}-quote": "We stop."}
    again = desk.post(url, {**fields, **own, "save": "preview"})
    assert ["not accepted" in change.after for change in again.context["preview"].changes] == [
        True,
        False,
        True,
    ]
    desk.post(url, {**fields_in(again.content.decode()), "save": "publish"})
    said = {
        a.addressee.body.name: (a.position, a.quote) for a in Answer.objects.select_related("addressee__body")
    }
    assert said == {
        "Force 1": ("rejected", ""),
        "Force 2": ("accepted", "We stop."),
        "Force 3": ("rejected", ""),
    }


def test_a_difference_that_is_wrong_is_said_and_kept(desk: Client, ask: Recommendation) -> None:
    one = addressee(ask, "Force 2")
    own = {f"to-{one.pk}-basis": "nonsense", f"to-{one.pk}-quote": "We stop."}
    page = record(desk, ask, **for_all(ask, save="publish", differs=[str(one.pk)], **own))
    assert not Response.objects.exists()
    assert fields_in(page.content.decode())[f"to-{one.pk}-quote"] == ["We stop."]
