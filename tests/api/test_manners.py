"""How the API speaks, whatever went wrong and wherever: problem+json, a name for each request, readable by any page."""

import logging
from typing import Any

import orjson
import pytest
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.test import Client, RequestFactory

from api import middleware, views

FORGED = 'sessionid="aaaaaaaaaaaaaaaa\\000"'


def told(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content[:200]
    assert answer.headers["Cache-Control"] in ("no-store", "private, no-store")
    assert int(answer.headers.get("Content-Length", len(answer.content))) == len(answer.content)
    found = orjson.loads(answer.content)
    assert set(found) == {"type", "title", "status", "detail", "errors"}
    assert found["status"] == answer.status_code
    return found


@pytest.mark.parametrize("host", ["evil.example", "a b", "[", "x" * 300, "localhost:99999999", "\x00", "é"])
def test_a_refused_host_is_told_as_any_problem(client: Client, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["register.example"]
    for place in ("/api/", "/api/v1/bodies/", "/api/nothing", "/api/docs/"):
        assert told(client.get(place, headers={"Host": host}))["status"] == 400
    page = client.get("/", headers={"Host": host})
    assert page.status_code == 400 and page.headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_what_is_no_part_of_the_framework_speaks_like_the_rest() -> None:
    """The page of the description is plain Django: its 405, and its 403 for a form of another site."""
    client = Client(enforce_csrf_checks=True)
    assert told(client.post("/api/docs/"))["status"] == 403
    refused = Client().post("/api/docs/")
    assert told(refused)["errors"][0]["code"] == "method_not_allowed"
    assert refused.headers["Allow"]


@pytest.mark.django_db
def test_a_refusal_does_not_end_the_request_before_its_end(client: Client) -> None:
    """An answer that is closed tells Django that the request is over: connections go while others still use them."""
    ended: list[Any] = []

    def listen(**told: Any) -> None:
        ended.append(told["sender"])

    request_finished.connect(listen)
    try:
        told(client.post("/api/docs/"))
    finally:
        request_finished.disconnect(listen)
    assert len(ended) == 1


def test_a_session_with_a_nul_is_refused_everywhere(client: Client) -> None:
    client.cookies.load(FORGED)
    for place in ("/api/v1/", "/api/v1/bodies/", "/api/nothing/"):
        assert told(client.get(place))["status"] == 400
    for place in ("/", "/admin/", "/admin/login/", "/healthz", "/nothing"):
        assert client.get(place).status_code == 400


def test_a_crash_outside_every_view_tells_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the password is 1234")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", broken)
    client = Client(raise_request_exception=False)
    found = client.get("/api/v1/bodies/")
    assert told(found)["status"] == 500
    page = client.get("/")
    assert page.status_code == 500 and page.headers["Content-Type"].startswith("text/html")
    for answer in (found, page):
        assert b"1234" not in answer.content and b"RuntimeError" not in answer.content


@pytest.mark.django_db
def test_every_answer_names_its_request() -> None:
    client = Client()
    places = ("/", "/nothing", "/healthz", "/admin/login/", "/api/v1/", "/api/v1/bodies/", "/api/nothing")
    names = [client.get(place).headers["X-Request-ID"] for place in places]
    assert len({*names}) == len(places)
    assert all(len(name) == 32 for name in names)
    tag = client.get("/api/v1/").headers["ETag"]
    assert client.get("/api/v1/", headers={"If-None-Match": tag}).headers["X-Request-ID"]


@pytest.mark.parametrize("name", ["12345678", "Abc-1234-xyz", "a" * 64])
def test_a_sane_name_of_the_callers_is_kept(name: str) -> None:
    answer = Client().get("/api/nothing", headers={"X-Request-ID": name})
    assert answer.headers["X-Request-ID"] == name


@pytest.mark.parametrize(
    "name",
    ["", "1234567", "a" * 65, "a b c d e f", "abcdefgh\n", "a\r\nSet-Cookie: x=1", "éééééééé", "\x00" * 8],
)
def test_any_other_name_is_replaced(name: str) -> None:
    answer = Client().get("/api/nothing", HTTP_X_REQUEST_ID=name)
    assert answer.headers["X-Request-ID"] != name
    assert len(answer.headers["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_the_log_says_which_request_broke(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(views.BodyViewSet, "matching", staticmethod(broken))
    [handler] = [each for each in logging.getLogger().handlers if each.formatter is not None and each.filters]
    lines: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    client = Client(raise_request_exception=False)
    assert client.get("/api/v1/bodies/", headers={"X-Request-ID": "find-me-again"}).status_code == 500
    assert any(" ERROR " in line and "[find-me-again]" in line for line in lines), lines
    assert client.get("/api/nothing", headers={"X-Request-ID": "not-here-either"}).status_code == 404
    assert "WARNING" in lines[-1] and "[not-here-either]" in lines[-1]
    logging.getLogger("tracker").error("outside of any request")
    assert lines[-1].endswith("tracker: outside of any request")


@pytest.mark.django_db
def test_any_page_may_read_what_is_public(client: Client) -> None:
    page = {"Origin": "https://partner.example"}
    for place in (
        "/api/v1/",
        "/api/v1/bodies/",
        "/api/v1/bodies/never/",
        "/api/v1/bodies/?x=1",
        "/api/schema/",
    ):
        for method in (client.get, client.head, client.options):
            answer = method(place, headers=page)
            assert answer.headers["Access-Control-Allow-Origin"] == "*", place
            shown = answer.headers["Access-Control-Expose-Headers"].split(", ")
            assert {"ETag", "Link", "X-Request-ID"} <= {*shown}
            assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = {
        **page,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    preflight = client.options("/api/v1/bodies/", headers=asked)
    assert preflight.status_code == 200
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]
    assert set(preflight.headers["Access-Control-Allow-Methods"].split(", ")) == {*middleware.READING}


@pytest.mark.django_db
def test_no_page_of_another_site_may_write_or_look_elsewhere(client: Client) -> None:
    page = {"Origin": "https://partner.example"}
    for method in (client.post, client.put, client.patch, client.delete):
        assert "Access-Control-Allow-Origin" not in method("/api/v1/bodies/", headers=page).headers
    for place in ("/", "/admin/login/", "/healthz", "/api/docs/", "/api/v2/", "/api/schemas", "/readyz"):
        for read in (client.get, client.options):
            assert "Access-Control-Allow-Origin" not in read(place, headers=page).headers


@pytest.mark.django_db
def test_head_has_no_body_and_the_length_of_get() -> None:
    """Asked of the handler itself: the test client would take the body away."""
    handler = BaseHandler()
    handler.load_middleware()
    for place in ("/api/v1/", "/api/nothing", "/", "/nothing", "/healthz"):
        got, head = (handler.get_response(RequestFactory().generic(way, place)) for way in ("GET", "HEAD"))
        assert head.status_code == got.status_code and head.content == b""
        assert int(head.headers["Content-Length"]) == len(got.content) > 0
