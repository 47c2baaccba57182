"""Asks, reports, bodies and responses as the API shows them: what hangs on them, counts and sentences."""

from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.conftest import Register, make_link
from tests.factories import (
    make_addressee,
    make_answer,
    make_body,
    make_recommendation,
    make_report,
    make_source,
)
from tracker.models import Body, Recommendation
from tracker.vocabulary import LinkKind, Relation

pytestmark = pytest.mark.django_db


def get(client: Client, place: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{place}/", asked)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


def test_an_ask_comes_with_its_addressees_and_their_answers_in_one_call(
    client: Client, register: Register
) -> None:
    shown = get(client, "recommendations/safe/1")
    assert [each["body"]["id"] for each in shown["addressees"]] == ["force-a", "force-b", "force-c"]
    assert shown["addressees"][0] == get(client, "addressees/safe/1/force-a")
    counts = shown["counts"]
    assert (counts["addressed"], counts["own_answer_read"], counts["none_found"], counts["overdue"]) == (
        3,
        1,
        2,
        1,
    )
    assert {word: n for word, n in counts["by_status"].items() if n} == {
        "accepted": 1,
        "answered_for_it": 1,
        "overdue": 1,
    }
    assert shown["sentence"].startswith(
        "Of three forces, one has an answer of its own that was read, two none found; the NC answered for one of "
        "them; for one of them the time to answer has passed. As of "
    )
    assert [theme["id"] for theme in shown["themes"]] == ["firewall"]
    assert [each["title"] for each in shown["developments"]] == ["A debate"]
    assert shown["developments"][0]["happened_on"] == "2025-09"
    assert [each["text"] for each in shown["claims"]] == ["It does harm."]
    assert [each["id"] for each in shown["claims"][0]["contested_by"]] == ["home-office"]


def test_an_ask_as_of_a_day(client: Client, register: Register) -> None:
    shown = get(client, "recommendations/safe/1", as_of="2025-06-30")
    assert shown["sentence"] == (
        "Of three forces, none has an answer of its own on record. As of 30 June 2025."
    )
    assert shown["counts"]["by_status"]["awaiting"] == 3
    assert shown["developments"] == []
    assert client.get("/api/v1/recommendations/safe/1/", {"as_of": "2025-06-01"}).status_code == 404
    listed = get(client, "recommendations", as_of="2025-06-30", report="safe")["results"]
    assert listed[0]["sentence"] == shown["sentence"]
    assert [each["id"] for each in get(client, "recommendations", as_of="2020-01-01")["results"]] == [
        "before/9"
    ]


def test_an_ask_in_parts_holds_its_limbs_and_counts_theirs(client: Client, register: Register) -> None:
    shown = get(client, "recommendations/safe/2")
    assert shown["addressees"] == []
    assert [limb["id"] for limb in shown["limbs"]] == ["safe/2-review", "safe/2-firewall"]
    assert [limb["addressees"][0]["status"] for limb in shown["limbs"]] == ["accepted", "rejected"]
    assert shown["counts"]["addressed"] == 2
    assert shown["sentence"].startswith(
        "Asked in two parts. Review: put to one body, the Home Office: accepted. "
        "Firewall: put to one body, the Home Office: not accepted (our reading). As of "
    )
    limb = get(client, "recommendations/safe/2-firewall")
    assert (limb["limb"], limb["part_of"]["id"]) == ("firewall", "safe/2")
    assert limb["sentence"].startswith("Put to one body, the Home Office: not accepted (our reading). As of ")


def test_links_are_told_from_both_ends(client: Client, register: Register) -> None:
    def links(place: str) -> list[tuple[str, str | None, str, str]]:
        told = get(client, f"recommendations/{place}")["links"]
        return [
            (each["kind"], each["relation"], each["direction"], each["recommendation"]["id"]) for each in told
        ]

    assert links("safe/1") == [("depends_on", None, "to", "safe/2"), ("repeats", "same", "to", "before/9")]
    assert links("before/9") == [("repeats", "same", "from", "safe/1")]


def lineage(client: Client, ask: Recommendation, **asked: str) -> tuple[int, str, int]:
    told = get(client, f"recommendations/{ask.ref}", **asked)["lineage"]
    return told["asked_times"], told["asked_since"], told["refused_times"]


@pytest.fixture
def chain(db: None) -> list[Recommendation]:
    """Asked in 2018, 2019, 2020 and 2021; the last also as a fallback."""
    make_source()
    office = make_body()
    asks = []
    for year in (2018, 2019, 2020, 2021):
        report = make_report(f"Report {year}", dated=f"{year}-06-01", publishers=[office])
        asks.append(make_recommendation("A firewall", number="1", report=report))
        make_addressee(recommendation=asks[-1], body=office)
    fallback = make_recommendation("At least for some", number="2", report=asks[-1].report)
    make_addressee(recommendation=fallback, body=office)
    for later, earlier, relation in (
        (asks[1], asks[0], Relation.SAME),
        (asks[2], asks[0], Relation.WIDER),
        (asks[3], asks[2], Relation.NARROWER),
        (fallback, asks[3], Relation.FALLBACK),
    ):
        make_link(later, earlier, kind=LinkKind.REPEATS, relation=relation)
    return [*asks, fallback]


def test_every_ask_of_a_chain_tells_the_whole_chain_without_fallbacks(
    client: Client, chain: list[Recommendation]
) -> None:
    for ask in chain[:4]:
        assert lineage(client, ask) == (4, "2018-06-01", 0)
    assert lineage(client, chain[4]) == (1, "2021-06-01", 0)
    assert lineage(client, chain[0], as_of="2020-01-01") == (2, "2018-06-01", 0)


def test_one_decision_that_refuses_five_asks_counts_once(client: Client, chain: list[Recommendation]) -> None:
    """Two asks refused by one decision in two letters, one by a letter of its own, one by somebody else for it."""
    first, second, third, fourth, _ = (ask.addressees.get() for ask in chain)
    for addressee in (second, third):
        make_answer(addressee, position="rejected", answered="2021-07-01", decision="the-review")
    assert lineage(client, chain[0]) == (4, "2018-06-01", 1)
    make_answer(first, position="rejected", answered="2018-09-01")
    assert lineage(client, chain[3]) == (4, "2018-06-01", 2)
    make_answer(
        fourth, position="rejected", answered="2021-09-01", author=make_body("A council"),
        on_behalf_of_body=fourth.body,
    )  # fmt: skip
    assert lineage(client, chain[3]) == (4, "2018-06-01", 2)
    assert lineage(client, chain[3], as_of="2021-06-30") == (4, "2018-06-01", 1)
    sentence = get(client, f"recommendations/{chain[3].ref}", as_of="2021-07-01")["lineage"]["sentence"]
    assert sentence == "Asked four times since 1 June 2018; refused twice. As of 1 July 2021."


def test_a_chain_is_told_in_order_of_asking_with_its_relations(
    client: Client, chain: list[Recommendation]
) -> None:
    told = get(client, f"recommendations/{chain[2].ref}/lineage", as_of="2022-01-01")
    members = {each["recommendation"]["id"]: each for each in told["members"]}
    assert [*members] == [ask.ref for ask in chain]
    repeats = {
        ref: [(each["relation"], each["recommendation"]["id"]) for each in member["repeats"]]
        for ref, member in members.items()
    }
    assert list(repeats.values()) == [
        [],
        [("same", chain[0].ref)],
        [("wider", chain[0].ref)],
        [("narrower", chain[2].ref)],
        [("fallback", chain[3].ref)],
    ]
    assert [member["counted"] for member in members.values()] == [True] * 4 + [False]
    assert (members[chain[1].ref]["asked_on"], members[chain[1].ref]["report"]["id"]) == (
        "2019-06-01",
        "report-2019",
    )
    assert (told["recommendation"]["id"], told["as_of"]) == (chain[2].ref, "2022-01-01")
    earlier = get(client, f"recommendations/{chain[0].ref}/lineage", as_of="2020-01-01")
    assert [each["recommendation"]["id"] for each in earlier["members"]] == [chain[0].ref, chain[1].ref]


def test_a_chain_tells_every_refusal_and_counts_decisions(
    client: Client, chain: list[Recommendation]
) -> None:
    first, second, third, fourth, fallback = (ask.addressees.get() for ask in chain)
    council = make_body("A council")
    for addressee in (second, third):
        make_answer(addressee, position="rejected", answered="2021-07-01", decision="the-review")
    make_answer(first, position="rejected", answered=None)
    make_answer(
        fourth, position="rejected", answered="2021-09-01", author=council, on_behalf_of_body=fourth.body
    )
    make_answer(fallback, position="rejected", answered="2021-10-01")
    make_answer(first, position="rejected", answered="2021-08-01", published=False)
    for ask in chain[:4]:
        told = get(client, f"recommendations/{ask.ref}/lineage")
        shown = get(client, f"recommendations/{ask.ref}")["lineage"]
        assert {key: told[key] for key in shown} == shown
        assert (told["refused_times"], told["refused_on_behalf_times"]) == (2, 1)
        refusals = [
            [
                (each["decision"], each["answered_on"], each["given_by"]["id"], each["on_behalf"])
                for each in member["refusals"]
            ]
            for member in told["members"]
        ]
        assert refusals == [
            [(None, None, "home-office", False)],
            [("the-review", "2021-07-01", "home-office", False)],
            [("the-review", "2021-07-01", "home-office", False)],
            [(None, "2021-09-01", "a-council", True)],
            [(None, "2021-10-01", "home-office", False)],
        ]
    told = get(client, f"recommendations/{chain[0].ref}/lineage", as_of="2021-08-31")
    assert (told["refused_times"], told["refused_on_behalf_times"]) == (2, 0)


def test_an_ask_that_is_made_later_joins_no_two_before_it(client: Client) -> None:
    """It repeats two that had nothing to do with each other: one has not the other's refusals then."""
    make_source()
    office = make_body()
    asks = []
    for year in (2018, 2019, 2021):
        report = make_report(f"Report {year}", dated=f"{year}-06-01", publishers=[office])
        asks.append(make_recommendation("A firewall", number="1", report=report))
    refused = make_addressee(recommendation=asks[0], body=office)
    make_answer(refused, position="rejected", answered="2018-09-01")
    for earlier in asks[:2]:
        make_link(asks[2], earlier, kind=LinkKind.REPEATS, relation=Relation.SAME)
    assert lineage(client, asks[1]) == (3, "2018-06-01", 1)
    assert lineage(client, asks[1], as_of="2020-01-01") == (1, "2019-06-01", 0)
    [member] = get(client, f"recommendations/{asks[1].ref}/lineage", as_of="2020-01-01")["members"]
    assert member["recommendation"]["id"] == asks[1].ref
    assert get(client, f"recommendations/{asks[0].ref}", as_of="2020-01-01")["links"] == []
    assert len(get(client, f"recommendations/{asks[0].ref}")["links"]) == 1


def test_of_an_ask_in_parts_no_refusal_is_denied(client: Client, register: Register) -> None:
    """Its limb was refused: the whole does not say that there is no refusal on record."""
    told = get(client, "recommendations/safe/2")["lineage"]["sentence"]
    assert "answered in parts, each on record by itself" in told and "refus" not in told
    assert get(client, "recommendations/safe/2/lineage")["sentence"] == told
    assert "refused once" in get(client, "recommendations/safe/2-firewall")["lineage"]["sentence"]


def test_responses_to_an_ask_are_those_to_its_limbs_as_well(client: Client, register: Register) -> None:
    of_the_whole = {each["id"] for each in get(client, "responses", recommendation="safe/2")["results"]}
    of_a_limb = {each["id"] for each in get(client, "responses", recommendation="safe/2-firewall")["results"]}
    assert of_a_limb and of_a_limb <= of_the_whole


def test_limbs_and_asks_without_a_number_have_their_own_lineage(client: Client, register: Register) -> None:
    make_recommendation("Lineage", number="", report=register.report)
    assert get(client, "recommendations/safe/lineage")["title"] == "Lineage"
    assert get(client, "recommendations/safe/lineage/lineage")["recommendation"]["id"] == "safe/lineage"
    assert get(client, "recommendations/safe/2-firewall/lineage")["recommendation"]["id"] == "safe/2-firewall"
    assert [
        each["recommendation"]["id"] for each in get(client, "recommendations/safe/1/lineage")["members"]
    ] == [
        "before/9",
        "safe/1",
    ]
    for place in ("safe/9/lineage", "lineage", "never/1/lineage", "safe/1/lineage/x"):
        assert client.get(f"/api/v1/recommendations/{place}/").status_code == 404, place
    for name, value in (("as_of", "2999-01-01"), ("page_size", "5")):
        answer = client.get("/api/v1/recommendations/safe/1/lineage/", {name: value})
        assert answer.status_code == 400
        assert orjson.loads(answer.content)["errors"][0]["parameter"] == name
    assert client.get("/api/v1/recommendations/safe/1/lineage/", {"as_of": "2025-06-01"}).status_code == 404


def test_a_list_says_the_same_as_the_details(client: Client, register: Register) -> None:
    for name in (
        "bodies",
        "groups",
        "regimes",
        "themes",
        "reports",
        "recommendations",
        "addressees",
        "responses",
    ):
        for listed in get(client, name, page_size="200")["results"]:
            alone = client.get(listed["url"]).json()
            assert {key: alone[key] for key in listed} == listed


def test_a_report_a_body_and_a_group(client: Client, register: Register) -> None:
    report = get(client, "reports/safe")
    assert [each["id"] for each in report["publishers"]] == ["an-inspectorate"]
    assert [each["id"] for each in report["recommendations"]] == [
        "safe/1",
        "safe/2",
        "safe/2-review",
        "safe/2-firewall",
    ]
    assert (report["regime"]["id"], report["counts"]["addressed"]) == ("fifty-six-days", 5)
    assert report["sentence"].startswith("Of five asks put to bodies, three have an answer of the body's own")
    body = get(client, "bodies/home-office")
    assert body["sentence"].startswith(
        "Of two asks put to the Home Office, both have an answer of its own that was"
    )
    force = get(client, "bodies/force-a")
    assert (force["overseen_by"]["id"], force["groups"][0]["id"]) == ("an-inspectorate", "chiefs")
    assert get(client, "bodies/national-council")["speaks_for"]["id"] == "chiefs"
    group = get(client, "groups/chiefs")
    assert (group["member_count"], len(group["members"])) == (3, 3)
    assert [each["id"] for each in group["spoken_for_by"]] == ["national-council"]
    members = get(client, "bodies", group="chiefs")["results"]
    assert [each["id"] for each in members] == [
        "force-a",
        "force-b",
        "force-c",
    ]


def test_a_response_says_what_it_says_to_whom(client: Client, register: Register) -> None:
    [shown] = get(client, "responses", body="national-council")["results"]
    assert (shown["given_by"]["id"], shown["on_behalf_of_group"]["id"]) == ("national-council", "chiefs")
    [said] = shown["answers"]
    assert (said["id"], said["on_behalf"], said["position"]) == ("safe/1/force-b", True, "rejected")
    for asked, found in (
        ({"recommendation": "safe/1"}, 2),
        ({"report": "safe"}, 4),
        ({"report": "before"}, 0),
    ):
        assert len(get(client, "responses", **asked)["results"]) == found


def test_contacts_and_notes_are_nobodys_business(client: Client, register: Register) -> None:
    office = Body.objects.get(ref="home-office")
    assert office.contacts
    assert not {"contacts", "note"} & set(get(client, "bodies/home-office"))
