"""What is wrong is said as problem+json, naming the parameter; no input whatever makes a 500."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import orjson
import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from api import views
from tests.api.conftest import Register
from tests.api.partner import gunicorn
from tracker.vocabulary import STATUSES, BodyKind

LISTS = (
    "bodies",
    "groups",
    "regimes",
    "themes",
    "reports",
    "recommendations",
    "addressees",
    "responses",
    "scorecards",
    "changes",
)
NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "%FF",
    "\ufffd",
    "null",
    "-1",
    "0",
    "1e99",
    "NaN",
    "inf",
    "9" * 400,
    "1_0",
    "\u0663",
    "0000-01-01",
    "10000-01-01",
    "2021-02-30",
    "2021-13-01",
    "20210101",
    "2021-W01-1",
    "9999-12-31",
    "0001-01-01",
    "' OR 1=1 --",
    "a" * 10_000,
    "a/" * 5_000,
    "../../etc/passwd",
    "{{7*7}}",
    "<script>",
    "🦓" * 50,
    "\u202e",
    "{}",
    "[]",
    "true",
    ",,,",
)


def problem(client: Client, place: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(place, asked)
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    found = orjson.loads(answer.content)
    assert set(found) == {"type", "title", "status", "detail", "errors"}
    assert found["status"] == answer.status_code
    return found


@pytest.mark.django_db
def test_an_unknown_parameter_is_named_with_those_there_are(client: Client) -> None:
    found = problem(client, "/api/v1/addressees/", bogus="1")
    assert (found["status"], found["errors"][0]["parameter"], found["errors"][0]["code"]) == (
        400,
        "bogus",
        "unknown",
    )
    for known in ("status", "as_of", "due_before", "page_size"):
        assert known in found["errors"][0]["detail"]
    assert problem(client, "/api/v1/regimes/", q="firewall")["status"] == 400
    assert problem(client, "/api/v1/reports/", as_of="2021-01-01")["status"] == 400
    assert problem(client, "/api/v1/bodies/home-office/", page_size="5")["status"] == 400
    assert problem(client, "/api/v1/", lang="de")["status"] == 400
    assert problem(client, "/api/schema/", version="9")["status"] == 400


@pytest.mark.django_db
def test_a_word_outside_a_closed_list_is_answered_with_the_list(client: Client) -> None:
    for name, allowed in (
        ("status", STATUSES),
        ("body_kind", BodyKind.values),
        ("ordering", ["-days_overdue"]),
    ):
        [error] = problem(client, "/api/v1/addressees/", **{name: "nonsense"})["errors"]
        assert error["parameter"] == name
        assert all(word in error["detail"] for word in allowed)
    assert problem(client, "/api/v1/addressees/", status="accepted,nonsense")["status"] == 400
    assert problem(client, "/api/v1/addressees/", status="")["status"] == 400


@pytest.mark.django_db
def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    found = problem(
        client, "/api/v1/addressees/", status="x", as_of="x", page_size="x", body="\x00", bogus="x"
    )
    assert {error["parameter"] for error in found["errors"]} == {
        "status",
        "as_of",
        "page_size",
        "body",
        "bogus",
    }


@pytest.mark.django_db
def test_a_single_value_is_given_once(client: Client) -> None:
    answer = client.get("/api/v1/addressees/?as_of=2025-01-01&as_of=2025-01-02")
    assert orjson.loads(answer.content)["errors"][0]["code"] == "repeated"


@pytest.mark.django_db
def test_page_sizes_from_1_to_200(client: Client) -> None:
    for good in ("1", "200"):
        assert client.get("/api/v1/bodies/", {"page_size": good}).status_code == 200
    for bad in ("0", "201", "-1", "1e99", "", "1.0", " 5", "\u0665", "9" * 5000):
        assert problem(client, "/api/v1/bodies/", page_size=bad)["errors"][0]["parameter"] == "page_size"


@pytest.mark.django_db
def test_tomorrow_is_refused_and_today_is_not(client: Client) -> None:
    """The register's day: 23:30 in UTC is the next day in London in summer."""
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert client.get("/api/v1/addressees/", {"as_of": "2026-07-02"}).status_code == 200
        [error] = problem(client, "/api/v1/addressees/", as_of="2026-07-03")["errors"]
        assert (error["parameter"], error["code"]) == ("as_of", "future")


@pytest.mark.django_db
def test_reading_only(client: Client, register: Register) -> None:
    for place in (
        "/api/v1/",
        "/api/v1/addressees/",
        "/api/v1/addressees/safe/1/force-a/",
        "/api/v1/changes/",
    ):
        for method in ("post", "put", "patch", "delete"):
            deep = "[" * 100_000
            answer = getattr(client, method)(place, data=deep, content_type="application/json")
            assert answer.status_code == 405
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        assert client.generic("BREW", place).status_code == 405
        assert client.options(place).status_code == 200


@pytest.mark.django_db
def test_json_is_the_only_representation(client: Client) -> None:
    for accept in ("text/html", "application/xml", "*/json", "/", "a/b;q=x", ";;;", "é"):
        answer = client.get("/api/v1/bodies/", headers={"Accept": accept})
        assert answer.status_code in (200, 406), accept
        if answer.status_code == 406:
            assert answer.headers["Content-Type"] == "application/problem+json"
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert (
        client.get("/api/v1/bodies/", headers={"Accept": browser}).headers["Content-Type"]
        == "application/json"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place",
    [
        "/api/",
        "/api/v2/bodies/",
        "/api/v1/nothing/",
        "/api/v1/bodies/a%00b/",
        "/api/v1/bodies/%FF/",
        "/api/v1/bodies/%ED%A0%80/",
        "/api/v1/bodies/a//b/",
        "/api/v1/bodies/" + "a" * 5000 + "/",
        "/api/v1/bodies/" + "a/" * 2000,
        "/api/v1/addressees/safe/1/%0A/",
        "/api/v1/bodies/%F0%9F%A6%93/",
        "/api/v1/bodies/../../x/",
        "/api/v1/recommendations/1/",
        "/api/v1/changes/1/",
    ],
)
def test_an_address_that_is_none_is_404_with_the_same_bytes(client: Client, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.content == client.get("/api/v1/bodies/never/").content


@pytest.mark.django_db
def test_addresses_are_understood_without_the_last_slash(client: Client, register: Register) -> None:
    for place in ("/api/v1/addressees", "/api/v1/addressees/safe/1/force-a"):
        assert client.get(place).content == client.get(f"{place}/").content


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["v1", "v1/dumps", "schema", "docs"])
def test_those_that_need_the_last_slash_say_where_they_are(client: Client, place: str) -> None:
    answer = client.get(f"/api/{place}", {"x": "1"})
    assert (answer.status_code, answer["Location"]) == (301, f"/api/{place}/?x=1")
    assert client.get(f"/api/{place}/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        (b"GET /api/v1/?q=" + b"a" * 9_000 + b" HTTP/1.1", 414, "request_uri_too_long"),
        (b"GET /api/v1/ HTTP/1.1\r\nX: " + b"a" * 99_000, 431, "request_header_fields_too_large"),
        (b"GET /api/v1/ HTTP/9.9", 400, "bad_request"),
        (b"GET /api/v1/ HTTP/1.1\r\nX\xff y: 1", 400, "bad_request"),
    ],
)
def test_a_request_that_the_server_cannot_read_is_a_problem_too(
    server: tuple[str, int], asked: bytes, status: int, code: str
) -> None:
    with socket.create_connection(server, timeout=10) as line:
        line.sendall(asked + b"\r\n\r\n")
        head, _, body = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Type: application/problem+json" in head
    told = orjson.loads(body)
    assert (told["status"], told["errors"][0]["code"]) == (status, code)
    assert len(body) < 1_000


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, int]]:
    """What gunicorn says of what it cannot read, over a real line; no database is asked."""
    with gunicorn() as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


@pytest.mark.django_db
def test_more_parameters_than_any_form_has_are_too_many(client: Client) -> None:
    for place in ("/api/v1/addressees/", "/api/v1/bodies/x/", "/api/v1/changes/", "/api/schema/"):
        for name in ("status=accepted", "x=1"):
            answer = client.get(f"{place}?{'&'.join([name] * 10_500)}")
            assert answer.status_code == 400
            assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_nine_hundred_unknown_parameters_are_answered_shortly(client: Client) -> None:
    answer = client.get("/api/v1/bodies/?" + "&".join(f"{'x' * 300}{n}=1" for n in range(900)))
    assert answer.status_code == 400
    assert len(answer.content) < 10_000


@pytest.mark.django_db
def test_what_nobody_expected_is_500_and_tells_nothing_of_the_inside(
    client: Client, monkeypatch: Any
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the password is 1234")

    monkeypatch.setattr(views.BodyViewSet, "matching", staticmethod(broken))
    client.raise_request_exception = False
    answer = client.get("/api/v1/bodies/")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"1234" not in answer.content and b"RuntimeError" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_no_value_of_any_parameter_makes_a_500(client: Client, name: str) -> None:
    parameters = {
        **{
            each.shape.resource: each.parameters for each in vars(views).values() if hasattr(each, "matching")
        },
        "changes": views.ChangeViewSet.parameters,
    }[name]
    for parameter in parameters().fields:
        for value in NASTY:
            answer = client.get(f"/api/v1/{name}/?{parameter}={quote(value)}")
            assert answer.status_code in (200, 400), (parameter, value)
        assert client.get(f"/api/v1/{name}/?{parameter}=%FF%ED%A0%80").status_code in (200, 400)
        assert client.get(f"/api/v1/{name}/?{parameter}").status_code in (200, 400)


class AnythingAtAll(HypothesisTestCase):
    """Requests that nobody thought of: each is answered, and none by a 500."""

    @settings(
        max_examples=150,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        place=st.one_of(
            st.sampled_from([f"/api/v1/{name}/" for name in LISTS]),
            st.text(max_size=40).map(lambda words: f"/api/v1/addressees/{quote(words, errors='replace')}/"),
            st.binary(max_size=30).map(lambda raw: f"/api/{quote(raw)}"),
        ),
        asked=st.lists(
            st.tuples(
                st.sampled_from(
                    ["as_of", "status", "body", "cursor", "after", "page_size", "ordering", "due_before"]
                )
                | st.text(max_size=10),
                st.text(max_size=30) | st.sampled_from(NASTY),
            ),
            max_size=4,
        ),
        headers=st.fixed_dictionaries(
            {},
            optional={
                "If-None-Match": st.text('"W/*, abc', max_size=20),
                "Accept": st.text("*/;q=,a", max_size=12),
            },
        ),
    )
    def test_a_request_is_answered(
        self, place: str, asked: list[tuple[str, str]], headers: dict[str, str]
    ) -> None:
        query = "&".join(
            f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in asked
        )
        answer = self.client.get(f"{place}?{query}", headers=headers)
        assert answer.status_code in (200, 304, 400, 404, 406, 410), (place, query)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
