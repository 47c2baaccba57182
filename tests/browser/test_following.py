"""Following without an account, walked in Chromium: from the front page to an alert, and out again by its link."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.alerts.world import Box, make_asked, make_letter, send_due
from tests.browser.conftest import barriers
from tracker.alerts import fanout
from tracker.models import Address, Subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_in(mail: Any, part: str) -> str:
    return "/" + re.search(rf"https?://\S+/follow/{part}/\S+/", mail.text)[0].split("/", 3)[3]  # type: ignore[index]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 375), ("dark", 375)])
def test_somebody_follows_a_report_gets_one_alert_and_stops(
    open_page: Callable[..., Page], scheme: str, width: int
) -> None:
    """Without a script, without a cookie; every page on the way is clean for axe and for the strict policy."""
    asked, box, page = make_asked(followed=False), Box(), open_page(width, scheme)
    fanout.make_notices(at=datetime.now(UTC))

    def clean() -> None:
        assert barriers(page) == []
        assert page.context.cookies() == []
        assert page.locator("script").count() == 0

    def says(words: str) -> None:
        page.get_by_text(words).first.wait_for()  # a click does not wait for the page that it leads to

    page.goto("/")
    page.get_by_role("link", name="Follow this: Safe to share?").click()
    says("Your e-mail address")
    clean()
    page.get_by_role("button", name="Send me the link").click()
    says("Nothing was sent.")
    clean()
    page.get_by_label("Your e-mail address").fill("eve@example.org")
    page.get_by_label("By e-mail, at once").check()
    page.get_by_role("button", name="Send me the link").click()
    says("Look into your mail")
    clean()
    [letter] = send_due(box, datetime.now(UTC))
    page.goto(link_in(letter, "confirm"))
    assert Subscription.objects.count() == 0
    clean()
    page.get_by_role("button", name="Yes, write to me").click()
    says("You will hear from us")
    clean()
    make_letter(asked, answered=None, at=datetime.now(UTC) + timedelta(seconds=1))
    fanout.make_notices(at=datetime.now(UTC))
    [alert] = send_due(box, datetime.now(UTC) + timedelta(seconds=2))
    assert alert.subject == "Home Office: Accepted (Safe to share?)"
    assert send_due(box, datetime.now(UTC) + timedelta(minutes=2)) == []
    page.goto(link_in(alert, "mine"))
    says("the report “Safe to share?”")
    clean()
    page.goto(link_in(alert, "stop"))
    clean()
    page.get_by_role("button", name="Stop all mail").first.click()
    says("You get no more mail")
    clean()
    assert Subscription.objects.count() == 0 and Address.objects.get().email == ""


def test_a_card_is_shown_in_a_page_of_others_and_nothing_else_is(
    open_page: Callable[..., Page], live_server: Any
) -> None:
    make_asked(followed=False)
    page = open_page(600)
    page.goto("/cards/reports/safe-to-share/")
    assert barriers(page) == []
    elsewhere = live_server.url.replace("127.0.0.1", "localhost") + "/elsewhere"
    card = f'<iframe src="{live_server.url}/cards/reports/safe-to-share/" title="A card"></iframe>'
    page.route(elsewhere, lambda route: route.fulfill(body=card, content_type="text/html"))
    page.goto(elsewhere)
    assert page.frame_locator("iframe").get_by_role("heading", name="Safe to share?").inner_text()
