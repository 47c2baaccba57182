"""What partner sites ask most, each in exactly one call, with an exact number of queries, on the real case.

docs/api.md shows the same addresses.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, 30, tzinfo=UTC)):
        yield


@pytest.fixture
def ask(client: Client) -> Any:
    """The one call: its answer, and how many queries it took."""

    def one(address: str) -> tuple[dict[str, Any], int]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, answer.content
        costs = [each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        return orjson.loads(answer.content), len(costs)

    return one


def statuses(found: dict[str, Any]) -> Counter[str]:
    return Counter(each["status"] for each in found["results"])


def test_1_the_counts_of_a_report(ask: Any) -> None:
    found, queries = ask("reports/safe-to-share/?fields=id,counts,sentence")
    assert (found["counts"]["addressed"], found["counts"]["own_answer_read"]) == (134, 12)
    assert found["sentence"].endswith("As of 22 November 2026.")
    assert queries == QUERIES["counts"]


def test_2_the_grid_of_43_bodies(ask: Any) -> None:
    found, queries = ask(
        "addressees/?recommendation=safe-to-share/1&ordering=body&page_size=200"
        "&fields=body,status,status_label,answer,implementation"
    )
    assert len(found["results"]) == 43 and found["next"] is None
    assert statuses(found)["answered_for_it"] == 36
    assert queries == QUERIES["grid"]


def test_3_a_lineage(ask: Any) -> None:
    found, queries = ask("recommendations/safe-to-share/2-firewall/lineage/")
    assert found["sentence"].startswith("Asked nine times since 18 December 2018; refused five times.")
    assert sum(each["counted"] for each in found["members"]) == found["asked_times"] == 9
    assert queries == QUERIES["lineage"]


def test_4_the_record_of_a_body_with_its_family(ask: Any) -> None:
    found, queries = ask("addressees/?body=home-office&family=1&page_size=200")
    assert {each["body"]["id"] for each in found["results"]} >= {"home-office"}
    assert len(found["results"]) >= 13
    assert queries == QUERIES["addressees"]


def test_5_what_is_overdue(ask: Any) -> None:
    """Nobody is today. On the day asked one was, and no day before its deadline had passed."""
    found, queries = ask("addressees/?status=overdue,ignored&ordering=-days_overdue&as_of=2022-12-20")
    [late] = found["results"]
    assert (late["id"], late["days_overdue"]) == (
        "justice-committee-draft-victims-bill-2022/7/uk-government",
        20,
    )
    assert queries == QUERIES["addressees"]
    for asked, count in (
        ("days_overdue_min=20", 1),
        ("days_overdue_min=21", 0),
        ("days_overdue_min=1&days_overdue_max=19", 0),
    ):
        some, _ = ask(f"addressees/?{asked}&as_of=2022-12-20")
        assert len(some["results"]) == count, asked


def test_6_what_is_due_in_28_days(ask: Any) -> None:
    """Both days are left out."""
    found, queries = ask(
        "addressees/?status=awaiting&due_after=2022-11-04&due_before=2022-12-04&as_of=2022-11-05&ordering=answer_due_on"
    )
    assert [each["answer_due_on"] for each in found["results"]] == ["2022-11-30"]
    assert queries == QUERIES["addressees"]


def test_7_who_has_no_answer_of_its_own(ask: Any) -> None:
    found, queries = ask(
        "addressees/?recommendation=safe-to-share/1&status=awaiting,overdue,ignored,answered_for_it&page_size=200"
    )
    assert statuses(found) == {"answered_for_it": 36}
    assert {each["answer"]["given_by"]["id"] for each in found["results"]} == {"npcc"}
    assert queries == QUERIES["addressees"]


def test_8_promises_and_what_became_of_them(ask: Any) -> None:
    found, queries = ask(
        "addressees/?promised=1&fields=id,act_by,implementation,promise_missed&page_size=200"
    )
    told = {each["id"]: each for each in found["results"]}
    [duty] = [each for ref, each in told.items() if ref.startswith("domestic-abuse-act-2021/")]
    assert duty["implementation"]["claimed"]["implementation"] == "implemented"
    assert duty["promise_missed"] is False
    missed, _ = ask("addressees/?promise_missed=1&page_size=200")
    assert {each["id"] for each in missed["results"]} == {
        ref for ref, each in told.items() if each["promise_missed"]
    }
    assert queries == QUERIES["promises"]


def test_9_what_changed_since(ask: Any) -> None:
    page, _ = ask("changes/?page_size=200")
    found, queries = ask(page["next"].partition("/api/v1/")[2])
    assert found["results"][0]["number"] == 201
    assert queries == QUERIES["changes"]
    fresh, queries = ask("addressees/?updated_since=2026-11-22&ordering=-asked_on&page_size=200")
    assert fresh["results"] and all(each["updated_at"] >= "2026-11-22" for each in fresh["results"])
    assert queries == QUERIES["addressees"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("recommendations/?report=safe-to-share&fields=id,counts&page_size=200", "recommendations"),
        ("addressees/?recommendation=safe-to-share/1&page_size=200", "addressees"),
        ("recommendations/safe-to-share/2-firewall/lineage/?fields=asked_times,sentence", "lineage"),
        ("addressees/?body=home-office&family=1&page_size=200", "addressees"),
        ("addressees/?status=overdue,ignored&page_size=200", "addressees"),
        ("addressees/?recommendation=safe-to-share/1&position=disputed&page_size=200", "addressees"),
        ("addressees/?promised=1&page_size=200", "addressees"),
        ("scorecards/report/safe-to-share/", "scorecard"),
        ("scorecards/?kind=body&recommendation=safe-to-share/1&page_size=200", "scorecards"),
    ],
)
def test_10_any_of_these_as_of_a_day(ask: Any, address: str, queries: str) -> None:
    today, one = ask(address)
    then, other = ask(f"{address}{'&' if '?' in address else '?'}as_of=2022-12-20")
    assert today != then
    assert max(one, other) == QUERIES[queries], (one, other)


# Each: the head of the public chain, as the snapshot begins, what is asked, and what it is described with
# (tests/api/test_query_counts.py). Lists of addressees that ask for no fields are one statement beside their page.
QUERIES = {
    "counts": 9,
    "grid": 8,
    "addressees": 3,
    "promises": 9,
    "lineage": 7,
    "changes": 3,
    "recommendations": 16,
    "scorecard": 5,
    "scorecards": 5,
}


def test_a_scorecard_says_what_was_left_out(ask: Any) -> None:
    """How each force stands on one recommendation, in one call; and nobody can quote it for the whole."""
    found, _ = ask(
        "scorecards/?kind=body&recommendation=safe-to-share/1&body_kind=police_force&page_size=200"
    )
    assert len(found["results"]) == 43
    assert all(each["addressed"] == 1 for each in found["results"])
    assert found["results"][0]["sentence"].startswith(
        "Counting only where recommendation is safe-to-share/1 and body_kind is police_force: The one ask put to "
    )
    card, _ = ask("scorecards/report/safe-to-share/?status=answered_for_it")
    assert card["addressed"] == card["answered_for_it"]["count"] == 77
    whole, _ = ask("scorecards/report/safe-to-share/")
    assert not whole["sentence"].startswith("Counting")
