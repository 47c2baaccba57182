"""Recommendation 2, the duty that Parliament made of it, and the asks for a firewall from 2018 to 2024."""

from datetime import date

import pytest

from tests.cases.files import LOADED_AT, statuses
from tracker.actions.deadlines import record_missed_deadlines
from tracker.ledger import CLOCK
from tracker.models import Addressee, Answer, Assessment, Development, Event, Extension, Link, Recommendation
from tracker.queries.facts import public_records
from tracker.spans import parse_span
from tracker.statuses import is_delivered

pytestmark = pytest.mark.django_db

DECISION_DAY = date(2021, 12, 15)
PROTOCOL = "ho-review-2021/ho-2021-protocol"


def test_recommendation_two_is_answered_in_two_parts() -> None:
    whole = Recommendation.objects.public().get(ref="safe-to-share/2")
    assert [limb.ref for limb in whole.limbs.order_by("position")] == [
        "safe-to-share/2-review",
        "safe-to-share/2-firewall",
    ]
    assert not whole.addressees.exists()
    assert statuses("safe-to-share/2-review", DECISION_DAY) == {"home-office": "accepted"}
    assert statuses("safe-to-share/2-firewall", DECISION_DAY) == {"home-office": "rejected"}


def test_the_review_was_accepted_by_april_2021_and_delivered_in_december_by_its_own_account() -> None:
    promise = Answer.objects.public().get(
        response__ref="home-office-2021-04-21-promise",
        addressee__recommendation__ref="safe-to-share/2-review",
    )
    assert promise.position == "accepted"
    assert promise.response.answered_on == parse_span("2021-04-21", by=True)
    addressee = promise.addressee
    record = public_records([addressee])[addressee.pk]
    assert not is_delivered(record.assessment_facts(), date(2021, 12, 14))
    assert is_delivered(record.assessment_facts(), DECISION_DAY)
    assert [each.view for each in record.assessments] == ["claimed"]


def test_the_firewall_was_refused_with_a_protocol_instead() -> None:
    assert statuses("safe-to-share/2-firewall", date(2021, 12, 14)) == {"home-office": "awaiting"}
    answer = Answer.objects.public().get(addressee__ref="safe-to-share/2-firewall/home-office")
    assert (answer.position, answer.basis, answer.reason) == (
        "rejected",
        "our_reading",
        "alternative_offered",
    )
    assert answer.alternative.ref == PROTOCOL


def test_the_protocol_is_itself_a_commitment_with_an_addressee(today: date) -> None:
    protocol = Recommendation.objects.public().get(ref=PROTOCOL)
    assert protocol.kind == "commitment"
    assert protocol.offered_instead_of.ref == "safe-to-share/2-firewall"
    assert protocol.delivered_by.ref == "immigration-enforcement"
    assert statuses(PROTOCOL, today) == {"home-office": "accepted"}
    claim = Assessment.objects.public().get(addressee__recommendation=protocol)
    assert (claim.view, claim.implementation, claim.assessed_latest) == (
        "claimed",
        "in_progress",
        date(2023, 7, 31),
    )


def test_one_decision_refused_several_asks_and_counts_once() -> None:
    taken = Answer.objects.filter(decision="ho-review-2021")
    assert taken.count() == 5
    refused = Answer.objects.public().filter(decision="ho-review-2021", position="rejected")
    assert set(refused.values_list("addressee__recommendation__ref", flat=True)) == {
        "safe-to-share/2-firewall",
        "sector-to-ho-review-2021/sector21-complete-firewall",
    }
    assert refused.values("decision").distinct().count() == 1


def test_the_firewall_asks_are_linked_as_repeats() -> None:
    repeats = Link.objects.public().filter(kind="repeats").order_by("recommendation__asked_latest", "ref")
    assert {
        (link.recommendation.ref.split("/")[1], link.relation, link.other.ref.split("/")[1])
        for link in repeats
    } == {
        ("jcda19-firewall", "wider", "sc18-no-sharing"),
        ("2-firewall", "narrower", "jcda19-firewall"),
        ("lawrs21-firewall", "same", "jcda19-firewall"),
        ("sector21-complete-firewall", "wider", "2-firewall"),
        ("dac21-firewall", "same", "2-firewall"),
        ("7", "same", "sector21-complete-firewall"),
        ("wec23-firewall", "narrower", "7"),
        ("dac23-firewall", "same", "dac21-firewall"),
    }


def test_the_duty_of_section_81_has_its_two_dates_the_second_as_a_draft() -> None:
    duty = Addressee.objects.public().get(ref="domestic-abuse-act-2021/s-81/home-office")
    assert (duty.act_by, duty.first_act_by) == (date(2021, 6, 30), date(2021, 6, 30))
    assert "extendable once" in duty.act_by_basis
    moved = Extension.objects.get(addressee=duty)
    assert moved.is_draft
    assert (moved.clock, moved.old_on, moved.until_on) == ("act", date(2021, 6, 30), date(2021, 12, 31))
    assert statuses("domestic-abuse-act-2021/s-81", date(2022, 1, 1)) == {"home-office": "awaiting"}
    claim = Assessment.objects.public().get(addressee=duty)
    assert (claim.implementation, claim.assessed_latest) == ("implemented", DECISION_DAY)


def test_the_draft_extension_alone_holds_the_missed_promise_back() -> None:
    """Even on a day before the claim of delivery, as a sweep of that time would have run."""
    assert Addressee.objects.get(ref="domestic-abuse-act-2021/s-81/home-office").promise_sweep_on is None
    record_missed_deadlines(on=date(2021, 7, 1), by=CLOCK, at=LOADED_AT)
    record_missed_deadlines(on=LOADED_AT.date(), by=CLOCK, at=LOADED_AT)
    assert not Event.objects.filter(kind="promise.missed").exists()


def test_the_regulations_are_told_in_public_without_the_date_that_nobody_read() -> None:
    made = Development.objects.public().get(ref="2021-06-21-regulations-made-under-section-814")
    assert made.kind == "law"
    assert "2021-12-31" not in made.summary
    assert [each.ref for each in made.recommendations.all()] == ["domestic-abuse-act-2021/s-81"]
