"""The acts of the desk: each a small form, the action behind it, the line it writes."""

from datetime import date

import pytest
from django.test import Client

from tests.admin.pages import act, do, errors, fields_in, kinds, page
from tests.factories import (
    AT,
    make_addressee,
    make_answer,
    make_body,
    make_check,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_source,
    make_user,
)
from tracker.actions.silences import propose_silences
from tracker.ledger import Actor
from tracker.models import (
    Addressee,
    Assessment,
    Check,
    Event,
    Extension,
    Silence,
    Source,
    Subscription,
    User,
)
from tracker.vocabulary import Role, StaffRole

pytestmark = pytest.mark.django_db


# Publishing and withdrawing


def test_a_list_is_published_by_one_action_with_its_reason(desk: Client) -> None:
    facts = [make_source(f"Page {n}", published=False) for n in range(3)]
    ids = [fact.pk for fact in facts]
    asked = desk.post("/admin/tracker/source/", {"action": "publish", "_selected_action": ids, "index": "0"})
    assert asked.status_code == 200 and not Source.objects.public().exists()
    done = do(desk, act(*[facts[0], "publish"], *facts[1:]), reason="Checked.")
    assert done.headers["Location"] == "/admin/tracker/source/"
    assert Source.objects.public().count() == 3
    written = Event.objects.filter(kind="source.published", is_public=True)
    assert written.values("action").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_saved_report_is_published_with_the_drafts_that_were_entered_below_it(desk: Client) -> None:
    report = make_report(published=False)
    ask = make_recommendation("Stop it", report=report, published=False)
    addressees = [
        make_addressee(recommendation=ask, body=make_body(f"Force {n}"), published=False) for n in range(3)
    ]
    alone = desk.get(act(report, "publish")).content.decode()
    assert "Drafts below it stay drafts" in alone
    asked = desk.get(act(report, "publish-whole")).content.decode()
    assert "1 draft recommendation and 3 draft addressees below it will be published too" in asked
    told = desk.post(
        act(report, "publish-whole"), {"act": "publish-whole", "facts": report.pk, "reason": ""}, follow=True
    )
    assert Addressee.objects.public().count() == 3
    assert not Addressee.objects.drafts().exists() and addressees
    words = told.content.decode()
    assert (
        "Publish with its asks: done for" in words and "Written: 10 lines, " in words and "None" not in words
    )
    assert "publish-whole" not in desk.get(f"/admin/tracker/report/{report.pk}/change/").content.decode()


def test_a_saved_response_is_published_with_its_answers(desk: Client) -> None:
    answer = make_answer(make_addressee(), published=False)
    do(desk, act(answer.response, "publish-whole"), reason="")
    answer.refresh_from_db()
    assert answer.is_published


@pytest.mark.django_db(transaction=True)
def test_a_save_says_which_line_it_wrote(desk: Client) -> None:
    report = make_report()
    saved = do(desk, page(report), title="Another title", reason="As printed")
    told = desk.get(saved.headers["Location"]).content.decode()
    assert "Written: line " in told and "line None" not in told


def test_the_page_that_a_list_opens_sends_all_that_was_ticked(desk: Client) -> None:
    ids = [make_source(f"Page {n}", published=False).pk for n in range(2)]
    asked = desk.post("/admin/tracker/source/", {"action": "withdraw", "_selected_action": ids, "index": "0"})
    assert asked.context["numbers"] == ",".join(map(str, sorted(ids)))
    assert asked.context["act_url"] == "/admin/tracker/source/act/withdraw/"


def test_withdrawing_asks_why_and_writes_a_tombstone(desk: Client) -> None:
    report = make_report()
    assert "reason" in errors(do(desk, act(report, "withdraw"), reason=""))
    do(desk, act(report, "withdraw"), reason="It was a forgery.")
    report.refresh_from_db()
    assert report.withdrawn_at is not None
    assert kinds(report)[-2:] == [("report.withdrawn", False), ("report.withdrawn", True)]


def test_an_act_that_no_longer_fits_says_so_and_does_nothing(desk: Client) -> None:
    report = make_report()
    before = Event.objects.count()
    response = desk.post(
        "/admin/tracker/report/act/publish/", {"facts": report.pk, "act": "publish", "reason": ""}
    )
    assert response.status_code == 400 and b"nothing here that this fits" in response.content
    assert Event.objects.count() == before


# Addressing


def test_a_recommendation_is_addressed_to_a_group_and_a_body_and_published(desk: Client) -> None:
    forces = [make_body(f"Force {n}") for n in range(3)]
    make_group(bodies=forces)
    recommendation = make_recommendation()
    do(desk, act(recommendation, "address"), groups=["forces"], bodies=[make_body().ref], save="publish")
    put_to = Addressee.objects.public().filter(recommendation=recommendation)
    assert put_to.count() == 4 and put_to.exclude(via_group=None).count() == 3


def test_addressing_nobody_or_a_group_without_members_is_refused(desk: Client) -> None:
    recommendation = make_recommendation()
    make_group("Empty")
    assert "bodies" in errors(do(desk, act(recommendation, "address")))
    assert "no members" in errors(do(desk, act(recommendation, "address"), groups=["Empty"]))["groups"][0]


# Deadlines


def test_a_suggested_time_to_answer_is_confirmed(desk: Client) -> None:
    report = make_report(regime=make_regime(automatic=False))
    addressee = make_addressee(recommendation=make_recommendation(report=report))
    assert addressee.answer_due_on is None
    assert "27 July 2025" in desk.get(act(addressee, "confirm")).context["hints"][0]
    do(desk, act(addressee, "confirm"))
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2025, 7, 27)
    assert kinds(addressee)[-1] == ("deadline.set", True)


def test_where_no_rule_suggests_a_day_the_form_sends_to_the_other_one(desk: Client) -> None:
    addressee = make_addressee(recommendation=make_recommendation())
    assert "with its own basis" in errors(do(desk, act(addressee, "confirm")))["on"][0]


def test_a_time_to_act_is_set_with_its_basis(desk: Client) -> None:
    addressee = make_addressee()
    given = {"clock": "act", "on": "2026-12-31", "strength": "stated"}
    assert "basis" in errors(do(desk, act(addressee, "set"), **given))
    do(desk, act(addressee, "set"), **given, basis="“By the end of 2026”, page 4.")
    addressee.refresh_from_db()
    assert (addressee.act_by, addressee.first_act_by) == (date(2026, 12, 31), date(2026, 12, 31))


@pytest.mark.parametrize("on", ["0000-01-01", "0001-01-01", "9999-12-31", "1799-12-31", "31/12/2026", "x"])
def test_a_day_out_of_reach_is_refused_at_its_field(desk: Client, on: str) -> None:
    given = {"clock": "act", "on": on, "strength": "stated", "basis": "Page 4."}
    assert "on" in errors(do(desk, act(make_addressee(), "set"), **given))


def test_a_deadline_is_moved_and_published_at_once(desk: Client) -> None:
    addressee = make_addressee()
    given = {
        "clock": "answer",
        "until_on": "2026-05-01",
        "granted_on": "2025-07",
        "reason": "They asked.",
        "source": "a-page",
        "verification": "read",
    }
    assert (
        "before the recommendation"
        in errors(do(desk, act(addressee, "extend"), **{**given, "granted_on": "2024"}))["granted_on"][0]
    )
    do(desk, act(addressee, "extend"), **given, save="publish")
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2026, 5, 1) and addressee.first_answer_due_on == date(2025, 7, 27)
    assert not Extension.objects.get().is_draft


# Delivery, checks, silence


def test_what_was_done_is_recorded_for_several_at_once_as_drafts(desk: Client) -> None:
    recommendation = make_recommendation()
    rows = [make_addressee(recommendation=recommendation, body=make_body(f"Body {n}")) for n in range(2)]
    do(
        desk,
        act(rows[0], "assess", rows[1]),
        view="independent",
        implementation="in_progress",
        assessed_on="2025-12",
        made_by="an-inspectorate",
        source="a-page",
        verification="read",
        save="draft",
    )
    assert Assessment.objects.drafts().filter(view="independent", made_by__ref="an-inspectorate").count() == 2


def test_i_looked_and_found_nothing_for_all_that_are_ticked_in_the_list(desk: Client) -> None:
    recommendation = make_recommendation()
    rows = [make_addressee(recommendation=recommendation, body=make_body(f"Body {n}")) for n in range(3)]
    ids = [row.pk for row in rows]
    asked = desk.post("/admin/tracker/addressee/", {"action": "check", "_selected_action": ids, "index": "0"})
    assert {fact.pk for fact in asked.context["facts"]} == set(ids)
    given = {"checked_on": "2026-03-03", "where_looked": "GOV.UK", "clock": "answer", "finding": "nothing"}
    do(desk, act(rows[0], "check", *rows[1:]), **given, save="publish")
    assert Check.objects.public().count() == 3
    later = do(desk, act(rows[0], "check"), **{**given, "checked_on": "2026-03-04"})
    assert "has not come yet" in errors(later)["checked_on"][0]


def test_a_silence_is_proposed_by_one_and_seconded_by_another(desk: Client, ada: User) -> None:
    addressee = make_addressee()
    check = make_check(addressee, checked_on=date(2026, 1, 5))
    given = {"told_on": "2026-01-06", "told_how": "By letter."}
    short = do(desk, act(check, "propose-silence"), **given, answer_by="2026-01-08")
    assert "ten working days" in errors(short)["answer_by"][0]
    do(desk, act(check, "propose-silence"), **given)
    silence = Silence.objects.get()
    assert silence.proposed_by == ada and silence.is_draft

    own = do(desk, act(silence, "second"))
    assert "Another person" in errors(own)["__all__"][0]

    ben = Client()
    ben.force_login(make_user("ben", StaffRole.ADMINISTRATOR))
    do(ben, act(silence, "second"))
    silence.refresh_from_db()
    assert silence.seconded_by is not None and not silence.is_draft
    shown = desk.get(page(addressee)).context["stands"]
    assert dict(shown)["Status today"].startswith("No response found")


def test_a_silence_cannot_be_published_by_hand(desk: Client) -> None:
    check = make_check(make_addressee(), checked_on=date(2026, 1, 5))
    [silence] = propose_silences(
        checks=[check],
        told_on=date(2026, 1, 6),
        told_how="By letter.",
        by=Actor(Role.STAFF, make_user("ben")),
        at=AT,
    )
    assert desk.get(act(silence, "publish")).status_code == 404


# Bodies, waits, reports


def test_bodies_merge_and_the_successor_holds_their_duties(desk: Client) -> None:
    addressee = make_addressee()
    second, successor = make_body("Second office"), make_body("New office")
    do(
        desk,
        act(addressee.body, "end", second),
        on="2026-01-01",
        successor=successor.ref,
        reason="The Machinery of Government Order.",
    )
    addressee.refresh_from_db()
    second.refresh_from_db()
    assert addressee.duty_holder == successor and second.successor == successor
    again = desk.get(act(addressee.body, "end"))
    assert again.status_code == 400
    do(desk, act(addressee.body, "take-back-end"), reason="The Order was revoked.")
    addressee.refresh_from_db()
    second.refresh_from_db()
    assert addressee.duty_holder is None and second.successor == successor
    assert desk.get(act(addressee.body, "take-back-end")).status_code == 400


def test_a_body_does_not_succeed_itself(desk: Client) -> None:
    body = make_body()
    response = do(desk, act(body, "end"), on="2026-01-01", successor=body.ref, reason="A mistake.")
    assert "another body" in errors(response)["successor"][0]


def test_what_a_deferred_answer_waited_for_has_come(desk: Client) -> None:
    answer = make_answer(make_addressee(), position="deferred", waits_for="the review")
    do(desk, act(answer, "wait-ended"), on="2026-02-01", reason="The review was published.")
    answer.refresh_from_db()
    assert answer.wait_ended_on == date(2026, 2, 1)
    assert kinds(answer)[-1] == ("wait.ended", True)


def test_a_report_is_followed_and_no_longer_followed(desk: Client, ada: User) -> None:
    report = make_report()
    before = Event.objects.count()
    assert "Follow by e-mail" in desk.get(page(report)).content.decode()
    do(desk, act(report, "follow"))
    do(desk, act(report, "follow"))
    assert Subscription.objects.filter(user=ada, interest__wanted={"report": report.ref}).count() == 1
    assert "Stop following" in desk.get(page(report)).content.decode()
    do(desk, act(report, "unfollow"))
    assert not Subscription.objects.exists()
    assert Event.objects.count() == before, "who follows what is no fact"


def test_an_act_keeps_what_was_typed_when_it_is_refused(desk: Client) -> None:
    addressee = make_addressee()
    response = do(
        desk, act(addressee, "set"), clock="act", on="2020-01-01", strength="stated", basis="Page 4."
    )
    assert "before the ask" in errors(response)["on"][0]
    typed = fields_in(response.content.decode())
    assert typed["on"] == ["2020-01-01"] and typed["facts"] == [str(addressee.pk)]
