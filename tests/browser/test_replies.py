"""The right of reply, walked in Chromium: a body's reply, and a complaint that puts a record under review."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page

from tests.browser.conftest import barriers
from tests.browser.test_stories import fill, made_ask, send
from tests.factories import STAFF, make_body, make_group
from tracker.actions.correcting import correct
from tracker.actions.deadlines import record_missed_deadlines
from tracker.ledger import CLOCK
from tracker.models import Addressee, ReceivedChallenge, ReplyLink
from tracker.queries.days import register_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def silent(live_server: Any, settings: Any) -> Addressee:
    """An ask to one body, whose time to answer passed; and where the body can be written to."""
    settings.SITE_URL = live_server.url
    at = datetime.now(UTC)
    body = make_body("The office of harbours")
    correct(
        fact=body,
        values={"contacts": [{"purpose": "FOI", "address": "foi@harbours.example"}]},
        reason="From its site.",
        by=STAFF,
        at=at,
    )
    made_ask(make_group("Harbours", bodies=[body]), [])
    record_missed_deadlines(on=register_day(at), by=CLOCK, at=at)
    return Addressee.objects.get()


def said(page: Page, place: str) -> Any:
    return json.loads(page.request.get(place).text())


def test_a_body_replies_by_its_link_and_stands_beside_the_record(
    at_the_desk: Callable[..., Page],
    open_page: Callable[..., Page],
    silent: Addressee,
    picture: Callable[[Page, str], None],
) -> None:
    desk = at_the_desk()
    desk.goto(f"/admin/tracker/addressee/{silent.pk}/change/")
    desk.get_by_role("link", name="Ask the body to reply").click()
    desk.wait_for_selector("h1:has-text('Ask the body to reply')")
    assert "foi@harbours.example" in desk.inner_text(".hints")
    assert barriers(desk) == []
    send(desk, "do")
    desk.wait_for_selector(".messages:has-text('done for')")
    [sent] = mail.outbox
    assert sent.to == ["foi@harbours.example"]
    link = re.search(r"http://\S+/reply/\S+", str(sent.body))
    assert link is not None

    theirs = open_page(width=400)  # a browser of its own, that never logged in
    for _ in range(2):
        theirs.goto(link[0])
        theirs.wait_for_selector("h1:has-text('Your right of reply')")
    assert barriers(theirs) == []
    assert ReplyLink.objects.get().used_at is None
    assert "No response on record" in theirs.inner_text(".record")
    theirs.get_by_label("What is wrong").fill(
        "We answered on 3 July; the letter is on our site.\nSee page two."
    )
    picture(theirs, "reply")
    theirs.get_by_role("button", name="Send the reply").click()
    theirs.wait_for_selector("h1:has-text('Thank you')")
    assert barriers(theirs) == []
    assert theirs.context.cookies() == []
    assert said(theirs, f"/api/v1/addressees/{silent.ref}/")["contested"] is False

    desk.goto("/admin/")
    desk.get_by_role("link", name="Challenges to read, from bodies").click()
    desk.locator("tbody a").first.click()
    desk.wait_for_selector("h2:has-text('What they say')")
    assert barriers(desk) == []
    picture(desk, "challenge")
    desk.get_by_role("link", name="Publish beside the record").click()
    desk.wait_for_selector("h1:has-text('Publish beside the record')")
    assert barriers(desk) == []
    send(desk, "do")
    desk.wait_for_selector(".messages:has-text('done for')")

    told = said(theirs, f"/api/v1/addressees/{silent.ref}/")
    assert (told["contested"], told["contested_by"]) == (True, ["body"])
    assert told["challenges"][0]["words"].startswith("We answered on 3 July")
    assert told["status"] == "overdue" and told["status_label"].endswith("; contested by the body")
    theirs.goto(f"/contest/{silent.ref}/")
    assert "Contested by The office of harbours" in theirs.inner_text(".record")
    assert barriers(theirs) == []


def test_a_complaint_puts_a_record_under_review_and_adverse_words_rest(
    at_the_desk: Callable[..., Page],
    open_page: Callable[..., Page],
    silent: Addressee,
    picture: Callable[[Page, str], None],
) -> None:
    theirs = open_page()
    theirs.goto(f"/contest/{silent.ref}/")
    theirs.wait_for_selector("h1:has-text('Is this wrong?')")
    assert barriers(theirs) == []
    theirs.get_by_label("What is wrong, in your words").fill("short")
    theirs.get_by_role("button", name="Send it").click()
    theirs.wait_for_selector("[role=alert]")
    assert barriers(theirs) == []
    theirs.get_by_label("What is wrong, in your words").fill("They wrote to our group; we have the letter.")
    theirs.get_by_role("button", name="Send it").click()
    theirs.wait_for_selector("h1:has-text('Thank you')")
    assert theirs.context.cookies() == []
    assert ReceivedChallenge.objects.get().by_whom == "affected"

    desk = at_the_desk()
    desk.get_by_role("link", name="Challenges to read, from those affected").click()
    desk.locator("tbody a").first.click()
    desk.get_by_role("link", name="Its page at the desk").click()
    desk.get_by_role("button", name="Put under review").click()  # one click
    desk.wait_for_selector(".messages:has-text('done for')")
    assert barriers(desk) == []
    picture(desk, "under-review")
    told = said(theirs, f"/api/v1/addressees/{silent.ref}/")
    assert (told["status"], told["under_review"], told["days_overdue"]) == ("under_review", True, 0)
    assert told["status_label"].startswith("Under review since")
    theirs.goto("/")
    assert "time to answer has passed" not in theirs.inner_text("main")
    assert barriers(theirs) == []

    desk.get_by_role("link", name="End the review").click()
    fill(desk, reason="The letter was about another matter.")
    send(desk, "do")
    desk.wait_for_selector(".messages:has-text('done for')")
    assert said(theirs, f"/api/v1/addressees/{silent.ref}/")["status"] == "overdue"
    theirs.goto("/log/")
    assert barriers(theirs) == []
    assert "Records put under review" in theirs.inner_text("main")
    picture(theirs, "log")
