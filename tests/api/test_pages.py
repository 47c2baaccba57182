"""Pages by key: all rows, once each, forwards and back, in every order; and cursors that cannot be made up."""

from datetime import date

import orjson
import pytest
from django.core.signing import Signer
from django.test import Client

from api.pagination import Pager
from tests.api.conftest import Register
from tests.factories import make_body, make_source
from tracker.models import Body
from tracker.queries.asking import Question
from tracker.queries.filters import (
    ADDRESSEE_ORDERS,
    RECOMMENDATION_ORDERS,
    RESPONSE_ORDERS,
    AddresseeFilter,
    addressees_matching,
)
from tracker.queries.head import snapshot
from tracker.queries.keysets import THE_PAGE, page_and

# How many rows the page has about which it is asked; a page of some, and one of none.
OF_THE_PAGE = Question(f"SELECT cardinality({THE_PAGE})".encode())
TODAY = date(2026, 7, 1)
PAGES = (AddresseeFilter(as_of=TODAY), AddresseeFilter(as_of=TODAY, due_after=date(2199, 1, 1)))


def ids(answer: bytes) -> list[str]:
    return [each["id"] for each in orjson.loads(answer)["results"]]


def walk(client: Client, place: str) -> tuple[list[str], list[str]]:
    """All ids going forwards, and all going back from the end."""
    page = orjson.loads(client.get(place).content)
    there = [each["id"] for each in page["results"]]
    while page["next"]:
        page = orjson.loads(client.get(page["next"]).content)
        there += [each["id"] for each in page["results"]]
    back = [each["id"] for each in page["results"]]
    while page["previous"]:
        page = orjson.loads(client.get(page["previous"]).content)
        back = [each["id"] for each in page["results"]] + back
    return there, back


@pytest.mark.django_db
def test_every_order_gives_every_row_once_forwards_and_back(client: Client, register: Register) -> None:
    for name, orders in (
        ("addressees", ADDRESSEE_ORDERS),
        ("recommendations", RECOMMENDATION_ORDERS),
        ("responses", RESPONSE_ORDERS),
    ):
        whole = set(ids(client.get(f"/api/v1/{name}/?page_size=200").content))
        for order in orders:
            there, back = walk(client, f"/api/v1/{name}/?page_size=2&ordering={order}")
            assert len(there) == len(whole), order
            assert set(there) == whole
            assert back == there


@pytest.mark.django_db
def test_an_empty_page_has_no_documents_of_another(client: Client, register: Register) -> None:
    assert ids(client.get("/api/v1/addressees/?page_size=2").content)
    assert ids(client.get("/api/v1/addressees/?due_after=2199-01-01").content) == []
    with snapshot():
        found = [
            page_and(OF_THE_PAGE, addressees_matching, wanted, ["ref"], None, 2, turned=False)
            for wanted in PAGES
        ]
    assert [(len(rows), told) for rows, told in found] == [(3, [(2,)]), (0, [(0,)])]


@pytest.mark.django_db
def test_the_orders_are_what_they_say(client: Client, register: Register) -> None:
    def column(order: str, key: str) -> list[object]:
        results = orjson.loads(client.get(f"/api/v1/addressees/?ordering={order}").content)["results"]
        return [each[key] for each in results]

    due = column("answer_due_on", "answer_due_on")
    assert due == sorted(due, key=str) and len(set(due)) > 1
    assert column("-answer_due_on", "answer_due_on") == sorted(due, key=str, reverse=True)
    days = column("-days_overdue", "days_overdue")
    assert days == sorted(days, reverse=True) and days[0] > 0
    assert column("-id", "id") == sorted(column("id", "id"), reverse=True)


@pytest.fixture
def five(db: None) -> None:
    make_source()
    for name in "ABCDE":
        make_body(f"Body {name}")


@pytest.mark.django_db
def test_rows_that_come_and_go_are_neither_skipped_nor_repeated(client: Client, five: None) -> None:
    page = orjson.loads(client.get("/api/v1/bodies/?page_size=2").content)
    assert [each["id"] for each in page["results"]] == ["body-a", "body-b"]
    make_body("Body A second")
    make_body("Body C second")
    after = orjson.loads(client.get(page["next"]).content)
    assert [each["id"] for each in after["results"]] == ["body-c", "body-c-second"]


@pytest.mark.django_db
def test_the_neighbours_stand_in_the_link_header_too(client: Client, five: None) -> None:
    first = client.get("/api/v1/bodies/?page_size=2")
    assert first.headers["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert first.json()["previous"] is None
    middle = client.get(first.json()["next"])
    links = middle.json()
    assert middle.headers["Link"] == f'<{links["next"]}>; rel="next", <{links["previous"]}>; rel="prev"'
    last = client.get(links["next"])
    assert last.json()["next"] is None and 'rel="next"' not in last.headers["Link"]
    assert "Link" not in client.get("/api/v1/bodies/?page_size=200").headers


@pytest.mark.django_db
def test_a_cursor_is_good_for_its_own_list_and_order_only(client: Client, register: Register) -> None:
    page = orjson.loads(client.get("/api/v1/addressees/?page_size=2").content)
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    assert client.get(f"/api/v1/addressees/?cursor={cursor}").status_code == 200
    assert client.get(f"/api/v1/addressees/?cursor={cursor}&ordering=body").status_code == 400
    assert client.get(f"/api/v1/bodies/?cursor={cursor}").status_code == 400


@pytest.mark.django_db
def test_a_forged_cursor_is_refused(client: Client, five: None) -> None:
    page = orjson.loads(client.get("/api/v1/bodies/?page_size=2").content)
    good = page["next"].partition("cursor=")[2].partition("&")[0].replace("%3A", ":")
    assert client.get("/api/v1/bodies/", {"cursor": good}).status_code == 200
    content, _, signature = good.partition(":")
    for forged in (
        "",
        "x",
        ":",
        good[:-1],
        good + "A",
        f"{content}:{'A' * len(signature)}",
        Signer(key="another key", salt="api.pagination bodies id").sign_object(["next", ["body-b"]]),
        Signer().sign_object(["next", ["body-b"]]),
        "\x00",
        "é" * 100,
        "A" * 10_000,
    ):
        answer = client.get("/api/v1/bodies/", {"cursor": forged})
        assert answer.status_code == 400, forged
        assert orjson.loads(answer.content)["errors"][0]["parameter"] == "cursor"


@pytest.mark.django_db
def test_a_page_does_not_read_the_pages_before_it(five: None) -> None:
    """By key, never by OFFSET: page 10,000 costs what page 1 costs."""
    pager = Pager("bodies", "id", ("ref",), 1)
    second = pager.page(Body.objects.public(), pager.page(Body.objects.public(), None).next)
    assert [row.ref for row in second.rows] == ["body-b"]
    _, edge = pager._read(pager.page(Body.objects.public(), None).next or "")
    assert edge == ["body-a"]  # a public name: no row number, from which drafts could be counted


def test_no_cursor_holds_the_number_of_a_row() -> None:
    for orders in (ADDRESSEE_ORDERS, RECOMMENDATION_ORDERS, RESPONSE_ORDERS):
        for keys in orders.values():
            assert not {"pk", "id"} & {key.lstrip("-") for key in keys}
            assert keys[-1].lstrip("-") == "ref"
