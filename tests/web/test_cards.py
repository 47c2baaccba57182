"""Cards: small pages that others may frame, and what tells programs of them."""

import pytest
from django.test import Client

from tests.factories import make_addressee, make_answer, make_body, make_recommendation, make_report
from tracker.models import Addressee

pytestmark = pytest.mark.django_db


def a_record() -> Addressee:
    ask = make_recommendation("Stop <b>it</b>", report=make_report("Safe"))
    addressee = make_addressee(recommendation=ask, body=make_body("Home Office"))
    make_answer(addressee)
    return addressee


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("reports/safe", "Safe"),
        ("recommendations/safe/1", "1: Stop &lt;b&gt;it"),
        ("bodies/home-office", "Home Office"),
    ],
)
def test_a_card_says_the_sentence_and_may_be_framed(client: Client, place: str, title: str) -> None:
    a_record()
    sentence = client.get(f"/api/v1/{place}/").json()["sentence"]
    answer = client.get(f"/cards/{place}/")
    page = answer.content.decode()
    assert title in page and sentence.replace("'", "&#x27;") in page
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert (
        "X-Frame-Options" not in answer.headers and "unsafe" not in answer.headers["Content-Security-Policy"]
    )
    assert "<script" not in page and "style=" not in page and not answer.cookies


def test_nothing_else_may_be_framed(client: Client) -> None:
    for place in ("/", "/follow/", "/cards/reports/never/", "/oembed"):
        answer = client.get(place)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], place
        assert answer.headers["X-Frame-Options"] == "DENY", place


def test_a_draft_has_no_card(client: Client) -> None:
    make_report("A secret draft", published=False)
    answers = [client.get(f"/cards/reports/{name}/") for name in ("a-secret-draft", "never")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    told = [
        client.get("/oembed", {"url": f"http://testserver/cards/reports/{name}/"})
        for name in ("a-secret-draft", "x")
    ]
    assert {answer.status_code for answer in told} == {404} and len({answer.content for answer in told}) == 1


@pytest.mark.parametrize(
    "place",
    ["/cards/recommendations/safe/1/", "/api/v1/recommendations/safe/1", "/cards/recommendations/safe/1"],
)
def test_oembed_tells_of_the_card(client: Client, place: str) -> None:
    a_record()
    told = client.get("/oembed", {"url": f"http://testserver{place}", "maxwidth": "300"}).json()
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 300)
    assert "/cards/recommendations/safe/1/" in told["html"] and "&lt;b&gt;" in told["html"]
    assert "<b>" not in told["html"]
    page = client.get("/cards/recommendations/safe/1/").content.decode()
    assert 'type="application/json+oembed"' in page


def test_the_front_page_has_a_card_for_each_report(client: Client) -> None:
    a_record()
    assert client.get("/oembed", {"url": "http://testserver/#safe"}).json()["title"] == "Safe"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404), ({"url": "https://elsewhere.example/cards/reports/safe/"}, 404), ({"url": "http://[::1"}, 404),
        ({"url": "http://testserver/cards/themes/x/"}, 404), ({"url": "http://testserver/cards/reports/\x00/"}, 404),
        ({"url": "http://testserver/#safe", "format": "xml"}, 501),
        ({"url": "http://testserver/#safe", "maxwidth": "wide", "maxheight": "٣"}, 200),
    ],
)  # fmt: skip
def test_what_oembed_cannot_answer_it_says(client: Client, asked: dict[str, str], status: int) -> None:
    a_record()
    assert client.get("/oembed", asked).status_code == status
