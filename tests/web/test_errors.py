"""The pages that say that something is not there: calm, in our style, and with no word of why."""

import pytest
from django.core.checks.urls import check_custom_error_handlers
from django.test import Client

from tests.factories import make_user
from tracker.vocabulary import StaffRole


@pytest.mark.parametrize(
    "place", ["/nothing", "/nothing/", "/%FF", "/%00", "/reports/%ED%A0%80/", "/apix/v1/"]
)
def test_an_address_that_is_none_is_answered_by_a_small_page(client: Client, place: str) -> None:
    answer = client.get(place)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Nothing stands here" in page and "tracker/front.css" in page
    assert "<script" not in page and "style=" not in page
    assert answer.content == client.get("/some/other/place").content
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
def test_who_may_not_see_a_page_is_told_so_in_our_words_and_who_may(client: Client) -> None:
    client.force_login(make_user("ada", StaffRole.EDITOR))
    answer = client.get("/admin/tracker/partner/add/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Not for everybody" in page
    assert "You may not keep accounts, keys and endpoints. Those who may: administrators." in page


def test_the_handlers_are_such_as_django_calls() -> None:
    """`exception=` by name or by place, by 400, 403 and 404; 500 is given the request alone."""
    assert check_custom_error_handlers(None) == []


class Unread:
    """A body of which no byte may be read."""

    def read(self, *_: int) -> bytes:
        raise AssertionError("it was read")

    readline = read


@pytest.mark.parametrize(
    ("place", "most"),
    [("/admin/login/", 51), ("/admin/tracker/import/add/", 51), ("/follow/", 2), ("/api/v1/proposals/", 2)],
)
def test_what_is_too_large_is_refused_before_a_byte_of_it_is_read(
    client: Client, place: str, most: int
) -> None:
    sent = {"CONTENT_LENGTH": str(most * 1024 * 1024 + 1), "wsgi.input": Unread()}
    answer = client.generic("POST", place, content_type="multipart/form-data; boundary=x", **sent)
    assert answer.status_code == 413
    if place.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "At most 65,536 bytes can be sent" in answer.json()["detail"]
    else:
        assert f"At most {most} MB are taken here" in answer.content.decode()
        assert "Content-Security-Policy" in answer.headers
    within = client.generic("POST", place, b"", content_type="text/plain", CONTENT_LENGTH="nonsense")
    assert within.status_code != 413
