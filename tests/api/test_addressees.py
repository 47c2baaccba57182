"""An addressee as the API shows it: its keys, its status on a day, its two clocks, its filters."""

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.conftest import AT, Register, seal
from tests.factories import (
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_body,
    make_check,
    make_extension,
    make_recommendation,
    make_regime,
    make_report,
    make_silence,
    make_source,
)
from tracker.actions.bodies import end_bodies
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.models import Addressee
from tracker.models.base import span_columns
from tracker.queries.addressees import AddresseeView, describe
from tracker.spans import parse_span
from tracker.vocabulary import Clock, Position, RecommendationKind, Status, View

pytestmark = pytest.mark.django_db

# design.md, section 5: a contract.
CONTRACT = {
    *("id", "recommendation", "report", "body", "duty_holder", "via_group", "url", "updated_at"),
    *("answer_due_on", "first_answer_due_on", "answer_due_basis", "status", "status_label"),
    *("days_overdue", "days_late", "answer", "implementation", "act_by", "first_act_by", "promise_missed"),
    *("checked_on", "contested", "under_review"),
}
ANSWER = {
    *("position", "basis", "reason", "conditions", "summary", "quote", "given_by", "on_behalf"),
    *("answered_on", "date_precision", "date_unknown", "waits_for", "alternative", "source"),
}
VIEWS = {"claimed", "independent", "affected", "verdict"}


def one(client: Client, addressee: Addressee, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/addressees/{addressee.ref}/", asked)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


def ids(client: Client, **asked: Any) -> list[str]:
    answer = client.get("/api/v1/addressees/", {"page_size": "200", **asked})
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in orjson.loads(answer.content)["results"]]


def view(addressee: Addressee, on: date) -> AddresseeView:
    return describe([Addressee.objects.get(pk=addressee.pk)], on)[0]


def test_the_keys_are_those_of_the_contract(client: Client, register: Register) -> None:
    shown = one(client, register.addressees[0])
    assert set(shown) >= CONTRACT
    assert set(shown["answer"]) >= ANSWER
    assert set(shown["implementation"]) == VIEWS
    assert {"id", "number", "limb", "title", "url"} <= set(shown["recommendation"])
    assert set(shown["implementation"]["claimed"]) >= {"implementation", "assessed_on", "summary", "source"}
    assert shown["url"] == "http://testserver/api/v1/addressees/safe/1/force-a/"
    assert client.get(shown["url"]).json() == shown


def test_what_each_of_three_forces_did(client: Client, register: Register) -> None:
    answered, spoken_for, silent = (one(client, each) for each in register.addressees[:3])
    assert (answered["status"], answered["status_label"]) == ("accepted", "Accepted")
    assert (answered["answer_due_on"], answered["days_late"]) == ("2025-07-27", 0)
    assert answered["implementation"]["claimed"]["implementation"] == "implemented"
    assert answered["via_group"]["id"] == "chiefs"
    assert spoken_for["status"] == "answered_for_it"
    assert spoken_for["status_label"] == (
        "No answer of its own on record; the NC answered for all forces: not accepted (our reading)"
    )
    assert (spoken_for["answer"]["on_behalf"], spoken_for["answer"]["given_by"]["id"]) == (
        True,
        "national-council",
    )
    assert (silent["status"], silent["answer"], silent["checked_on"]) == ("overdue", None, "2025-10-01")
    assert (silent["first_answer_due_on"], silent["answer_due_on"]) == ("2025-07-27", "2025-08-31")
    assert silent["days_overdue"] == (date.fromisoformat(silent["as_of"]) - date(2025, 8, 31)).days


def test_as_of_is_the_state_of_the_day(client: Client, register: Register) -> None:
    first, _, third = register.addressees[:3]
    for day, status in (("2025-06-02", "awaiting"), ("2025-06-30", "awaiting"), ("2025-07-01", "accepted")):
        assert one(client, first, as_of=day)["status"] == status
    for day, status, days in (
        ("2025-06-30", "awaiting", 0),  # the extension was granted on 1 July
        ("2025-08-31", "awaiting", 0),
        ("2025-09-01", "overdue", 1),
    ):
        shown = one(client, third, as_of=day)
        assert (shown["as_of"], shown["status"], shown["days_overdue"]) == (day, status, days)
    assert one(client, third, as_of="2025-06-30")["answer_due_on"] == "2025-07-27"
    moved = one(client, third, as_of="2025-07-01")
    assert moved["answer_due_on"] == "2025-08-31"
    # The sentence by which the date can be checked names what moved it, from the day on which it was moved.
    first_basis = one(client, third, as_of="2025-06-30")["answer_due_basis"]
    assert moved["answer_due_basis"] == f"{first_basis} Moved to 31 August 2025: They asked for more time."
    assert one(client, third, as_of="2025-09-30")["checked_on"] is None
    assert one(client, first, as_of="2025-08-31")["implementation"]["claimed"] is None


def test_what_was_not_asked_yet_is_not_there(client: Client, register: Register) -> None:
    place = f"/api/v1/addressees/{register.addressees[0].ref}/"
    assert client.get(place, {"as_of": "2025-06-01"}).status_code == 404
    assert ids(client, as_of="2025-06-01") == []
    assert len(ids(client, as_of="2025-06-02")) == 5


def test_every_filter_finds_what_it_says_and_nothing_else(client: Client, register: Register) -> None:
    forces = [f"safe/1/force-{n}" for n in "abc"]
    limbs = ["safe/2-firewall/home-office", "safe/2-review/home-office"]
    for asked, found in (
        ({"body": "force-a"}, forces[:1]),
        ({"report": "safe"}, forces + limbs),
        ({"report": "before"}, []),
        ({"recommendation": "safe/1"}, forces),
        ({"recommendation": "safe/2"}, limbs),
        ({"recommendation": "safe/2-review"}, limbs[1:]),
        ({"status": "accepted"}, [forces[0], limbs[1]]),
        ({"status": "accepted,overdue"}, [forces[0], forces[2], limbs[1]]),
        ({"status": ["accepted", "overdue"]}, [forces[0], forces[2], limbs[1]]),
        ({"status": "rejected"}, limbs[:1]),
        ({"position": "rejected"}, [forces[1], limbs[0]]),
        ({"body_kind": "police_force"}, forces),
        ({"group": "chiefs"}, forces),
        ({"theme": "firewall"}, forces),
        ({"publisher": "an-inspectorate"}, forces + limbs),
        ({"publisher": "home-office"}, []),
        ({"due_before": "2025-08-31"}, forces[:2] + limbs),
        ({"due_before": "2025-07-27"}, []),
        ({"due_after": "2025-07-27"}, forces[2:]),
        ({"due_after": "2025-08-31"}, []),
        ({"body_kind": "police_force", "status": "overdue", "theme": "firewall"}, forces[2:]),
        ({"status": "overdue", "as_of": "2025-08-31"}, []),
        ({"status": "overdue", "as_of": "2025-09-01"}, forces[2:]),
        ({"due_after": "2025-07-27", "as_of": "2025-06-30"}, []),
    ):
        assert ids(client, **asked) == found, asked


def test_a_filter_by_status_agrees_with_the_status_shown(client: Client, register: Register) -> None:
    everything = orjson.loads(client.get("/api/v1/addressees/", {"page_size": "200"}).content)["results"]
    for status in (*Status.values, *Position.values):
        assert ids(client, status=status) == [each["id"] for each in everything if each["status"] == status]


def test_a_silence_that_is_confirmed_says_when_somebody_looked(client: Client) -> None:
    addressee = make_addressee()
    make_silence(addressee, checked_on=date(2026, 3, 2))
    assert view(addressee, date(2026, 3, 1)).status == "overdue"
    shown = view(addressee, date(2026, 4, 10))
    assert (shown.status, shown.status_label) == ("ignored", "No response found (checked 2 March 2026)")


def test_a_holding_reply_is_shown_and_stops_no_clock(client: Client) -> None:
    addressee = make_addressee()
    make_answer(addressee, kind="holding", answered="2025-07-20")
    shown = view(addressee, date(2025, 8, 1))
    assert (shown.status, shown.acknowledged_on, shown.answer) == ("overdue", "2025-07-20", None)
    assert shown.status_label == (
        "No response on record, 5 days after the deadline; acknowledged on 20 July 2025, not answered"
    )
    assert view(addressee, date(2025, 7, 19)).acknowledged_on is None


@pytest.mark.parametrize(("counts_on", "days"), [("", 4), ("written", 4), ("published", 10), ("received", 4)])
def test_the_regime_says_which_date_of_an_answer_counts(counts_on: str, days: int) -> None:
    """Due on 27 July; written on the 31st, published on 6 August, and when it was received nobody knows."""
    make_source()
    report = make_report(regime=make_regime(counts_on=counts_on))
    addressee = make_addressee(recommendation=make_recommendation(report=report))
    answer = make_answer(addressee, answered="2025-07-31", published=False)
    response = answer.response
    correct(
        fact=response,
        values=span_columns("published", parse_span("2025-08-06")),
        reason="Seen.",
        by=STAFF,
        at=AT,
    )
    response.refresh_from_db()
    publish(facts=[response, answer], by=STAFF, at=AT)
    assert view(addressee, date(2026, 1, 1)).days_late == days


def test_lateness_is_counted_from_the_deadline_in_force_on_the_day_of_the_first_answer() -> None:
    """Any answer ends the waiting, one on its behalf too; a later extension, or answer, makes nobody late."""
    addressee = make_addressee()
    make_extension(addressee, until=date(2025, 8, 10), granted="2025-07-01")
    speaker = make_body("A council")
    make_answer(addressee, answered="2025-08-12", author=speaker, on_behalf_of_body=addressee.body)
    make_answer(addressee, answered="2025-09-12")
    make_extension(addressee, until=date(2025, 12, 1), granted="2025-10-01")
    assert view(addressee, date(2026, 1, 1)).days_late == 2
    assert view(addressee, date(2025, 8, 11)).days_late is None


def test_an_answer_without_a_date_makes_nobody_late() -> None:
    addressee = make_addressee()
    make_answer(addressee, answered=None)
    make_answer(addressee, answered="2025-09-12", position="rejected")
    shown = view(addressee, date(2026, 1, 1))
    assert (shown.status, shown.days_late) == ("rejected", None)
    early = view(addressee, date(2025, 6, 2))
    assert early.answer is not None
    assert (early.status, early.answer.date_unknown, early.answer.answered_on) == ("accepted", True, None)


def promised(**ask: Any) -> Addressee:
    """Accepted, to be done by 1 October 2025."""
    make_source()
    ask = {"act_by": date(2025, 10, 1), "act_by_text": "by October", **ask}
    return make_addressee(recommendation=make_recommendation(report=make_report(), **ask))


def test_a_promise_is_missed_when_somebody_looked_after_it_and_found_nothing() -> None:
    addressee = promised()
    make_answer(addressee)
    assert not view(addressee, date(2025, 12, 1)).promise_missed  # nobody has looked
    make_check(addressee, checked_on=date(2025, 10, 1), clock=Clock.ACT)
    make_check(addressee, checked_on=date(2025, 11, 1))  # for an answer, not for the deed
    assert not view(addressee, date(2025, 12, 1)).promise_missed
    make_check(addressee, checked_on=date(2025, 11, 15), clock=Clock.ACT)
    assert not view(addressee, date(2025, 11, 14)).promise_missed
    assert view(addressee, date(2025, 11, 15)).promise_missed
    make_assessment(addressee, assessed="2025-11-20")
    assert view(addressee, date(2025, 11, 19)).promise_missed
    assert not view(addressee, date(2025, 11, 20)).promise_missed


@pytest.mark.parametrize(
    ("kind", "position", "missed"),
    [
        (RecommendationKind.RECOMMENDATION, None, False),
        (RecommendationKind.RECOMMENDATION, "rejected", False),
        (RecommendationKind.RECOMMENDATION, "partially_accepted", True),
        (RecommendationKind.DUTY, None, True),
        (RecommendationKind.COMMITMENT, None, True),
    ],
)
def test_only_what_was_promised_or_is_a_duty_can_be_missed(
    kind: RecommendationKind, position: str | None, missed: bool
) -> None:
    addressee = promised(kind=kind)
    if position:
        make_answer(addressee, position=position)
    make_check(addressee, checked_on=date(2025, 11, 1), clock=Clock.ACT)
    assert view(addressee, date(2025, 12, 1)).promise_missed is missed


def test_an_acceptance_given_for_it_is_no_promise_of_its_own() -> None:
    addressee = promised()
    make_answer(addressee, author=make_body("A council"), on_behalf_of_body=addressee.body)
    make_check(addressee, checked_on=date(2025, 11, 1), clock=Clock.ACT)
    assert not view(addressee, date(2025, 12, 1)).promise_missed


def test_a_verdict_closes_and_a_moved_date_holds() -> None:
    addressee = promised(kind=RecommendationKind.DUTY)
    make_check(addressee, checked_on=date(2025, 11, 1), clock=Clock.ACT)
    make_assessment(addressee, view=View.VERDICT, implementation="not_implemented", assessed="2025-12-01")
    make_assessment(addressee, view=View.VERDICT, implementation="superseded", assessed="2025-12-10")
    assert view(addressee, date(2025, 12, 9)).promise_missed
    assert not view(addressee, date(2025, 12, 10)).promise_missed
    make_extension(addressee, until=date(2025, 11, 30), granted="2025-09-01", clock=Clock.ACT)
    shown = view(addressee, date(2025, 12, 9))
    assert (shown.act_by, shown.first_act_by, shown.promise_missed) == (
        date(2025, 11, 30),
        date(2025, 10, 1),
        False,
    )
    assert shown.act_by_basis.endswith(" Moved to 30 November 2025: They asked for more time.")


def test_an_ended_body_keeps_what_it_was_asked_and_gains_a_duty_holder() -> None:
    addressee = make_addressee()
    heir = make_body("New Office")
    end_bodies(
        bodies=[addressee.body], on=date(2026, 1, 1), successor=heir, reason="Merged.", by=STAFF, at=AT
    )
    shown = view(addressee, date(2026, 1, 1))
    assert shown.duty_holder is not None
    assert (shown.body.id, shown.duty_holder.id) == ("home-office", "new-office")
    assert view(addressee, date(2025, 12, 31)).duty_holder is None


def test_updated_at_is_that_of_the_last_public_line_about_it_or_its_parts(register: Register) -> None:
    one, *_ = register.addressees
    later = AT + timedelta(days=40)
    make_answer(one, position="rejected", answered="2026-01-01", published=False, at=later)
    seal()
    assert view(one, date(2026, 11, 22)).updated_at == AT
    make_answer(one, position="rejected", answered="2026-01-02", at=later)
    assert view(one, date(2026, 11, 22)).updated_at == later
    answer = one.answers.get(response__written_latest=date(2026, 1, 2))
    withdraw(facts=[answer], reason="It was another's.", by=STAFF, at=later + timedelta(days=1))
    assert view(one, date(2026, 11, 22)).updated_at == later + timedelta(days=1)
