"""Chasing an answer: a letter with the facts, a prefilled request, a step that stays with staff; who owns what."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from tests.admin.pages import act, do, kinds, page
from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_body,
    make_recommendation,
    make_regime,
    make_report,
    make_user,
)
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.admin.acts import MOST
from tracker.models import Addressee, Event, ReportOwner, Step, User
from tracker.queries.letters import ALAVETELI, LONGEST_ADDRESS, reminders, request_address
from tracker.vocabulary import StaffRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def overdue(db: None) -> Addressee:
    return make_addressee(body=make_body(identifiers={"whatdotheyknow": "home_office"}))


def test_the_letter_has_the_facts_filled_in(desk: Client, overdue: Addressee) -> None:
    shown = desk.get(act(overdue, "chase")).content.decode()
    assert (
        "Dear Home Office" in shown and "27 July 2025" in shown and "Recommendation 1 of “A report”" in shown
    )
    assert "No response on record, 219 days after the deadline" in shown


def test_a_letter_speaks_of_what_is_not_answered_only_and_says_when_its_time_ends(desk: Client) -> None:
    body = make_body(identifiers={"whatdotheyknow": "home_office"})
    report = make_report(regime=make_regime())
    whole = make_recommendation("Ask 2", report=report, number="2")
    late, limb, answered = (
        make_addressee(body=body, recommendation=ask)
        for ask in (
            make_recommendation("Ask 1", report=report, number="1"),
            make_recommendation("A part", report=report, number="2", limb="a", part_of=whole),
            make_recommendation("Ask 3", report=report, number="3"),
        )
    )
    make_answer(answered)
    before = reminders([late, limb, answered], date(2025, 7, 1), "Ada")
    assert "The time to answer ends on 27 July 2025" in before[0].text
    [letter] = reminders([late, limb, answered], date(2026, 3, 1), "Ada")
    assert "The time to answer ended on 27 July 2025" in letter.text
    assert "Recommendation 2(a) of" in letter.text and "Ask 3" not in letter.text
    assert reminders([answered], date(2026, 3, 1), "Ada") == []
    shown = desk.get(act(late, "chase"))
    assert shown.context["form"]["letter"].initial == shown.context["letters"][0].text


def test_the_address_of_a_request_is_short_enough_for_every_browser(overdue: Addressee) -> None:
    many = [
        make_addressee(
            body=overdue.body,
            recommendation=make_recommendation(
                f"{n} {'a long ask' * 15}", report=overdue.recommendation.report, number=f"{n}"
            ),
        )
        for n in range(2, 30)
    ]
    [letter] = reminders([overdue, *many], date(2026, 3, 1), "Ada")
    assert 500 < len(letter.request_url) <= LONGEST_ADDRESS
    asked = parse_qs(urlparse(letter.request_url).query)["default_letter"][0]
    assert " more recommendations of the same report." in asked


def test_a_request_for_information_is_prefilled_on_the_page_of_the_body(overdue: Addressee) -> None:
    url = urlparse(request_address(overdue.body, "Your answer", "Please & thank you"))
    assert f"{url.scheme}://{url.netloc}" == ALAVETELI and url.path == "/new/home_office"
    assert parse_qs(url.query) == {"title": ["Your answer"], "default_letter": ["Please & thank you"]}


@pytest.mark.parametrize("slug", ["", "a/b", "../x"])
def test_no_request_without_a_page_of_the_body(overdue: Addressee, slug: str) -> None:
    overdue.body.identifiers = {"whatdotheyknow": slug}
    assert request_address(overdue.body, "t", "l") == ""


def test_a_step_is_for_staff_until_it_is_published_and_stops_no_clock(
    desk: Client, overdue: Addressee
) -> None:
    told = {"kind": "letter", "taken_on": "2026-03-03", "summary": "Wrote to ask.", "letter": "Dear all"}
    do(desk, act(overdue, "chase"), **told, save="draft")
    step = Step.objects.get()
    assert kinds(step) == [("step.recorded", False)] and not Step.objects.public().exists()
    overdue.refresh_from_db()
    assert overdue.answer_sweep_on is not None, "its clock still runs"
    before = Event.objects.filter(is_public=True).count()
    publish(facts=[step], by=STAFF, at=AT)
    assert Event.objects.filter(is_public=True).count() == before + 1
    public = bytes(Event.objects.filter(subject_type="step", is_public=True).get().content.public)
    assert b"Wrote to ask." in public and b"Dear all" not in public


def test_what_a_letter_said_never_becomes_public_by_a_correction(desk: Client, overdue: Addressee) -> None:
    told = {"kind": "letter", "taken_on": "2026-03-03", "summary": "Wrote to ask.", "letter": "Dear all"}
    do(desk, act(overdue, "chase"), **told, save="publish")
    step = Step.objects.get()
    correct(fact=step, values={"letter": "Dear you"}, reason="As it was sent.", by=STAFF, at=AT)
    assert kinds(step)[-1] == ("step.corrected", False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"summary": ""}, "This field is required"),
        ({"taken_on": "2031-01-01"}, "has not come yet"),
        ({"kind": "pigeon"}, "Select a valid choice"),
    ],
)
def test_a_step_that_is_wrong_is_refused(
    desk: Client, overdue: Addressee, changed: dict[str, str], said: str
) -> None:
    told = {"kind": "letter", "taken_on": "2026-03-03", "summary": "Wrote.", **changed}
    assert said in do(desk, act(overdue, "chase"), **told, save="draft").content.decode()
    assert not Step.objects.exists()


def test_many_addressees_of_a_report_are_chosen_for_one_act(desk: Client, overdue: Addressee) -> None:
    url = "/admin/tracker/addressee/choose/check/"
    assert "Report" in desk.get(url).content.decode()
    report = overdue.recommendation.report.ref
    shown = desk.get(url, {"report": report}).content.decode()
    assert f'value="{overdue.pk}"' in shown
    gone = desk.get(url, {"report": report, "go": "1", "addressees": [overdue.pk]})
    assert gone.headers["Location"] == f"/admin/tracker/addressee/act/check/?facts={overdue.pk}"
    nobody = desk.get(url, {"report": report, "go": "1"})
    assert "Choose at least one addressee" in nobody.content.decode()
    assert desk.get("/admin/tracker/addressee/choose/nonsense/").status_code == 404


def test_the_preview_of_an_act_shows_the_words_and_writes_nothing(desk: Client, overdue: Addressee) -> None:
    before = Event.objects.count()
    told = {
        "clock": "answer",
        "until_on": "2026-12-01",
        "granted_on": "2025-07-01",
        "source_title": "The letter that grants it",
        "source_kind": "letter",
        "verification": "read",
    }
    shown = do(desk, act(overdue, "extend"), **told, save="preview")
    [change] = shown.context["preview"].changes
    assert change.before.startswith("No response on record") and "due by 1 December 2026" in change.after
    assert Event.objects.count() == before
    do(desk, act(overdue, "extend"), **told, save="publish")
    overdue.refresh_from_db()
    assert str(overdue.answer_due_on) == "2026-12-01"


def test_a_report_has_an_owner_and_all_that_somebody_owns_is_handed_over(desk: Client) -> None:
    ben, cleo = make_user("ben"), make_user("cleo")
    first, second = make_report("One"), make_report("Two")
    lines = Event.objects.count()
    do(desk, act(first, "owner", second), owner=str(ben.pk))
    assert {row.user for row in ReportOwner.objects.all()} == {ben}
    assert "ben" in desk.get(page(first)).content.decode()
    do(desk, f"/admin/tracker/user/act/hand-over/?facts={ben.pk}", to=str(cleo.pk))
    assert {row.user for row in ReportOwner.objects.all()} == {cleo}
    do(desk, act(first, "owner"), owner="")
    assert ReportOwner.objects.count() == 1
    assert Event.objects.count() == lines, "who looks after what is no fact"


@pytest.mark.parametrize("name", ["hand-over", "reset"])
def test_more_accounts_than_one_act_may_touch_are_refused_and_not_cut(desk: Client, name: str) -> None:
    User.objects.bulk_create(User(username=f"user-{n}", role=StaffRole.EDITOR) for n in range(MOST))
    [first, *_] = User.objects.values_list("pk", flat=True)
    ticked = {"action": name, "_selected_action": [first], "index": "0"}
    assert desk.post("/admin/tracker/user/", ticked).context["numbers"] == str(first)
    refused = desk.post("/admin/tracker/user/", {**ticked, "select_across": "1"}, follow=True)
    assert f"more than {MOST} at once" in refused.content.decode()
