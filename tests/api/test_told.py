"""What of a result is told: some of its fields, and more than is usual. Both from closed lists."""

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Register
from tests.api.test_schema import answers

pytestmark = pytest.mark.django_db


def get(client: Client, place: str, **given: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{place}/", given)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


def counted(client: Client, place: str, **given: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        get(client, place, **given)
    return len([each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))])


ONES = {
    "bodies": "home-office",
    "groups": "chiefs",
    "reports": "safe",
    "recommendations": "safe/1",
    "addressees": "safe/1/force-a",
    "scorecards": "report/safe",
    "regimes": "",
    "themes": "",
    "responses": "",
}


@pytest.mark.parametrize("name", ONES)
def test_only_the_fields_that_are_wanted_in_the_usual_order(
    client: Client, register: Register, name: str
) -> None:
    whole = get(client, name)["results"][0]
    wanted = [*whole][::-2]
    found = get(client, name, fields=",".join(wanted))["results"][0]
    assert found == {key: value for key, value in whole.items() if key in wanted}
    assert [*found] == [key for key in whole if key in wanted]
    ref = ONES[name] or whole["id"]
    alone = get(client, f"{name}/{ref}")
    assert get(client, f"{name}/{ref}", fields="id") == {"id": alone["id"]}
    again = client.get(f"/api/v1/{name}/?fields=id&fields=url")
    assert [*orjson.loads(again.content)["results"][0]] == [key for key in whole if key in ("id", "url")]


@pytest.mark.parametrize("name", ONES)
def test_a_field_that_is_not_there_is_refused(client: Client, register: Register, name: str) -> None:
    for given in (
        {"fields": "id,nope"},
        {"fields": ""},
        {"fields": "id,"},
        {"fields": "ID"},
        {"fields": "id\x00"},
    ):
        answer = client.get(f"/api/v1/{name}/", given)
        assert answer.status_code == 400, given
        [error] = orjson.loads(answer.content)["errors"]
        assert error["parameter"] == "fields"
        assert "id, " in error["detail"]
    answer = client.get(f"/api/v1/{name}/", {"expand": "nope"})
    assert orjson.loads(answer.content)["errors"][0]["parameter"] == "expand"


def test_other_fields_are_another_answer(client: Client, register: Register) -> None:
    tags = {
        client.get(f"/api/v1/bodies/{more}").headers["ETag"]
        for more in ("", "?fields=id", "?expand=responses")
    }
    assert len(tags) == 3


def test_what_is_expanded_is_what_its_own_resource_says(client: Client, register: Register) -> None:
    asks = {each["id"]: each for each in get(client, "recommendations", expand="addressees")["results"]}
    for ask in asks.values():
        listed = get(client, "addressees", ordering="body")["results"]
        assert ask["addressees"] == [each for each in listed if each["recommendation"]["id"] == ask["id"]]
    assert len(asks["safe/1"]["addressees"]) == 3
    report = get(client, "reports/safe", expand="recommendations")
    assert report["recommendations"] == get(client, "recommendations", report="safe")["results"]
    [letter] = get(client, "bodies/national-council", expand="responses")["responses"]
    assert letter == get(client, f"responses/{letter['id']}")
    one = get(client, "addressees/safe/1/force-a", expand="recommendation,report")
    assert one["recommendation"] == get(client, "recommendations", report="safe")["results"][0]
    assert one["report"] == get(client, "reports/safe")
    some = get(client, "recommendations", expand="addressees", fields="id,addressees")["results"]
    assert [*some[0]] == ["id", "addressees"]


def test_an_expansion_costs_a_fixed_number_of_queries(client: Client, register: Register) -> None:
    for place, expand, more in (
        # the addressees with what describes them, but for the head
        ("recommendations", "addressees", 10),
        ("reports", "recommendations", 15),
        # the first of each by author and by joint author, the letters; sources, authors; answers, joint;
        # challenges; ends
        ("bodies", "responses", 9),
        ("addressees", "recommendation", 14),
        ("addressees", "report", 7),
    ):
        # With fields, for lists that are one statement otherwise go another way (listed_documents).
        usual = counted(client, place, fields="id")
        assert counted(client, place, expand=expand) - usual == more, (place, expand)
        one = counted(client, place, page_size="1", fields="id")
        assert counted(client, place, expand=expand, page_size="1") - one <= more
        assert counted(client, place, expand=expand, fields="id") == usual


def test_a_page_that_is_expanded_is_shorter(client: Client, register: Register) -> None:
    assert get(client, "reports", expand="recommendations", page_size="50")["results"]
    answer = client.get("/api/v1/reports/", {"expand": "recommendations", "page_size": "51"})
    assert orjson.loads(answer.content)["errors"][0]["parameter"] == "page_size"


def test_the_description_knows_what_is_told(client: Client, register: Register) -> None:
    for place, given in (
        ("recommendations", {"expand": "addressees"}),
        ("recommendations", {"q": "stop"}),
        ("reports", {"expand": "recommendations", "fields": "id,recommendations"}),
        ("bodies", {"expand": "responses", "q": "council"}),
        ("addressees", {"expand": "recommendation,report"}),
        ("addressees", {"fields": "id,status"}),
        ("scorecards", {"fields": "id"}),
    ):
        answers(f"/api/v1/{place}/").validate(get(client, place, **given))
