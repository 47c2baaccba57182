"""What the public API tells of the real case: what a journalist would quote."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
import time_machine
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, 30, tzinfo=UTC)):
        yield


def get(client: Client, place: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{place}/", asked)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


def test_recommendation_one_today(client: Client) -> None:
    shown = get(client, "recommendations/safe-to-share/1")
    assert shown["sentence"] == (
        "Of 43 forces, five have an answer of their own that was read, two one not read, 36 none found; "
        "the NPCC answered for all 43. As of 22 November 2026."
    )
    assert len(shown["addressees"]) == shown["counts"]["addressed"] == 43
    assert {word: count for word, count in shown["counts"]["by_status"].items() if count} == {
        "accepted": 2,
        "deferral_ended": 1,
        "refers_elsewhere": 1,
        "disputed": 1,
        "unread": 2,
        "answered_for_it": 36,
    }
    told = {each["body"]["id"]: each for each in shown["addressees"]}
    assert told["hampshire-constabulary"]["answer"]["waits_for"]["report"]["id"] == "ho-review-2021"
    assert told["hampshire-constabulary"]["answer"]["waits_for"]["ended_on"] == "2021-12-15"
    assert told["gloucestershire-constabulary"]["answer"]["points_to"]["id"] == "npcc"
    assert told["cheshire-constabulary"]["status_label"] == (
        "No answer of its own on record; the NPCC answered for all forces: not accepted (our reading)"
    )
    assert [each["id"] for each in told["northamptonshire-police"]["answer"]["joint_authors"]] == [
        "pfcc-northamptonshire"
    ]


def test_recommendation_one_as_of_the_first_of_june_2021(client: Client) -> None:
    shown = get(client, "recommendations/safe-to-share/1", as_of="2021-06-01")
    dated = {
        each["body"]["id"]: each["answer"]["answered_on"]
        for each in shown["addressees"]
        if each["status"] != "answered_for_it"
    }
    assert dated == {
        "northamptonshire-police": "2021-03-17",
        "warwickshire-police": None,
    }
    assert shown["sentence"] == (
        "Of 43 forces, two have an answer of their own that was read, 41 none found; "
        "the NPCC answered for all 43. As of 1 June 2021."
    )


def test_recommendation_two_in_its_two_limbs(client: Client) -> None:
    review, firewall = get(client, "recommendations/safe-to-share/2")["limbs"]
    [reviewed] = review["addressees"]
    assert (reviewed["status"], reviewed["implementation"]["claimed"]["implementation"]) == (
        "accepted",
        "implemented",
    )
    assert reviewed["implementation"]["claimed"]["assessed_on"] == "2021-12-15"
    [then] = get(client, "recommendations/safe-to-share/2-review", as_of="2021-04-30")["addressees"]
    assert (then["status"], then["answer"]["date_precision"]) == ("accepted", "by")
    [refused] = firewall["addressees"]
    assert (refused["status"], refused["answer"]["answered_on"]) == ("rejected", "2021-12-15")
    promise = refused["answer"]["alternative"]["id"]
    offered = get(client, f"recommendations/{promise}")
    assert (offered["kind"], len(offered["addressees"])) == ("commitment", 1)


def test_the_duty_of_section_81(client: Client) -> None:
    [duty] = get(client, "addressees", report="domestic-abuse-act-2021")["results"]
    assert duty["first_act_by"] == "2021-06-30"
    assert duty["implementation"]["claimed"]["implementation"] == "implemented"
    # Nobody checked that it was missed, and a draft extension may say otherwise: nobody is called late in public.
    assert duty["promise_missed"] is False
    assert get(client, f"addressees/{duty['id']}", as_of="2021-09-01")["promise_missed"] is False


def test_the_firewall_was_asked_from_2018_and_one_decision_counts_once(client: Client) -> None:
    told = get(client, "recommendations/safe-to-share/2-firewall")["lineage"]
    assert told["asked_since"] == "2018-12-18"
    assert told["sentence"].startswith("Asked nine times since 18 December 2018; refused five times.")
    family = get(client, "recommendations/super-complaint-2018/sc18-no-sharing")["lineage"]
    assert family == told
    chain = get(client, "recommendations/safe-to-share/2-firewall/lineage")
    assert {key: chain[key] for key in told} == told
    assert sum(each["counted"] for each in chain["members"]) == 9
    assert chain["members"][0]["asked_on"] == "2018-12-18"
    decided = [
        each["id"]
        for each in get(client, "addressees", status="rejected", page_size="200")["results"]
        if each["answer"]["decision"] == "ho-review-2021"
    ]
    assert len(decided) >= 2


def test_what_was_not_verified_is_nowhere(client: Client) -> None:
    for place in ("recommendations/safe-to-share/5", "recommendations/safe-to-share/6"):
        assert client.get(f"/api/v1/{place}/").status_code == 404
    listed = get(client, "recommendations", report="safe-to-share", page_size="200")["results"]
    assert not {"safe-to-share/5", "safe-to-share/6", "safe-to-share/7"} & {each["id"] for each in listed}


def test_the_scorecards_of_the_report_and_of_the_home_office(client: Client) -> None:
    """Nobody had a time to answer, so nobody was late; what the NPCC said is nobody's own."""
    card = get(client, "scorecards/report/safe-to-share")
    assert card["sentence"] == (
        "Of 134 asks put to bodies, twelve have an answer of the body's own that was read, two one not read, 120 none "
        "found; the NPCC answered for 86 of them. As of 22 November 2026."
    )
    assert card["answered_for_it"] == {"count": 77, "of": 134, "percent": 57}
    own = {word: one["count"] for word, one in card["own_positions"].items() if one["count"]}
    assert own == {
        "accepted": 5,
        "rejected": 1,
        "disputed": 2,
        "deferred": 2,
        "refers_elsewhere": 2,
        "unread": 2,
    }
    assert card["late"] == card["overdue"] == {"count": 0, "of": 0, "percent": None}
    office = get(client, "scorecards/body/home-office")
    assert office["sentence"] == get(client, "bodies/home-office")["sentence"]
    assert office["own_positions"]["rejected"] == {"count": 3, "of": 13, "percent": 23}
    assert office["implementation"]["claimed"]["implemented"] == {"count": 2, "of": 13, "percent": 15}
    assert office["implementation"]["independent"]["implemented"]["count"] == 0
    assert office["promises_missed"] == {"count": 0, "of": 1, "percent": None}
