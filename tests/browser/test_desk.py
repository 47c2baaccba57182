"""The desk in Chromium: by keyboard, without barriers, under a strict content security policy, on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import barriers
from tests.factories import (
    AT,
    STAFF,
    make_body,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
)
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.models import Answer, Recommendation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ask(live_server: Any) -> Recommendation:
    """An ask to five forces whose time to answer has passed."""
    forces = [
        make_body(f"{name} Police", kind="police_force")
        for name in ("Avon", "Devon", "Essex", "Kent", "Surrey")
    ]
    group = make_group("Chief constables", bodies=forces, members_called="forces")
    recommendation = make_recommendation(
        "Stop passing on victims' details", report=make_report("Safe to share?", regime=make_regime())
    )
    put = address(recommendations=[recommendation], groups=[group], by=STAFF, at=AT)
    publish(facts=put, by=STAFF, at=AT)
    return recommendation


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def test_a_letter_of_three_forces_is_recorded_by_keyboard_and_the_statuses_change(
    at_the_desk: Callable[..., Page], ask: Recommendation
) -> None:
    page = at_the_desk()
    tab_to(page, "main a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/")
    type_into(page, "[name=report]", "safe-to-share")
    page.keyboard.press("Enter")
    page.wait_for_selector("#asks")
    assert "No response on record" in page.inner_text("#asks")

    type_into(page, "[name=source_title]", "Letter of three forces")
    type_into(page, "[name=title]", "Joint letter")
    type_into(page, "[name=author]", "avon-police")
    tab_to(page, "#id_joint_authors_0")
    page.keyboard.type("devon-police")
    tab_to(page, "#id_joint_authors_1")
    page.keyboard.type("essex-police")
    type_into(page, "[name=written_on]", "2025-07")
    for _ in range(3):
        tab_to(page, "[name=addressees]")
        page.keyboard.press("Space")
    tab_to(page, "[name=position]")
    page.keyboard.type("Accepted")
    type_into(page, "[name=summary]", "They stop, as of August.")
    tab_to(page, "[name=save][value=publish]")
    page.keyboard.press("Enter")

    # A web page has an address: the first try is refused, in its words, and nothing typed is lost.
    page.wait_for_selector(".error-note")
    assert "Give the address of the page." in page.inner_text(".error-note")
    assert page.input_value("[name=summary]") == "They stop, as of August."
    type_into(page, "[name=source_url]", "https://example.org/letter")
    tab_to(page, "[name=save][value=publish]")
    page.keyboard.press("Enter")

    page.wait_for_selector("h1:has-text('What was recorded')")
    statuses = page.locator("td .status").all_inner_texts()
    assert statuses == ["Accepted"] * 3
    assert Answer.objects.public().count() == 3
    assert barriers(page) == []


def test_names_are_offered_while_somebody_types(
    at_the_desk: Callable[..., Page], ask: Recommendation
) -> None:
    page = at_the_desk()
    page.goto("/admin/tracker/report/add/")
    first = page.locator("[name=publishers]").first
    with page.expect_response("**/autocomplete/**term=Essex"):
        first.press_sequentially("Essex")
    option = page.locator("#id_publishers_0_names option[value=essex-police]")
    option.wait_for(state="attached")
    assert option.get_attribute("label") == "Essex Police"
    # A box to spare comes once the last one is used.
    boxes = page.locator("[name=publishers]")
    count = boxes.count()
    boxes.last.fill("kent-police")
    assert boxes.count() == count + 1


def test_somebody_who_saves_late_sees_both_versions(
    at_the_desk: Callable[..., Page], ask: Recommendation, picture: Callable[[Page, str], None]
) -> None:
    page = at_the_desk()
    page.goto(f"/admin/tracker/report/{ask.report.pk}/change/")
    correct(fact=ask.report, values={"title": "Their title"}, reason="As on the cover.", by=STAFF, at=AT)
    page.get_by_label("Title").fill("My title")
    page.get_by_label("Why you change it").fill("As on page one.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".versions")
    assert page.locator(".versions td").all_inner_texts() == ["Their title", "My title"]
    assert page.get_by_label("Title").input_value() == "My title"
    picture(page, "stale-form")
    assert barriers(page) == []


def test_all_that_is_ticked_in_a_list_goes_to_the_act(
    at_the_desk: Callable[..., Page], ask: Recommendation
) -> None:
    page = at_the_desk()
    page.goto("/admin/tracker/addressee/")
    page.locator("#action-toggle").check()
    page.wait_for_selector(".action-counter:has-text('5 of 5 selected')")
    page.get_by_label("With those ticked").select_option(label="I looked for an answer")
    page.get_by_role("button", name="Go").click()
    page.wait_for_selector("summary:has-text('5 addressees')")
    assert barriers(page) == []


def pages_of(ask: Recommendation) -> list[str]:
    addressee = ask.addressees.first()
    assert addressee is not None
    return [
        "/admin/",
        "/admin/tracker/addressee/",
        f"/admin/tracker/addressee/{addressee.pk}/change/",
        f"/admin/tracker/addressee/{addressee.pk}/history/",
        f"/admin/tracker/addressee/act/extend/?facts={addressee.pk}",
        "/admin/tracker/report/add/",
        f"/admin/tracker/report/{ask.report.pk}/change/",
        "/admin/search/?q=police",
        "/admin/tracker/report/new/",
        "/admin/tracker/addressee/choose/check/?report=safe-to-share",
        f"/admin/tracker/addressee/act/chase/?facts={addressee.pk}",
        f"/admin/tracker/body/{addressee.body.pk}/change/",
        "/admin/tracker/response/record/",
        "/admin/tracker/response/record/?report=safe-to-share",
        "/admin/tracker/event/",
        "/admin/tracker/user/add/",
        "/admin/tracker/user/",
    ]


def test_no_page_has_a_barrier_or_a_refused_style(
    open_page: Callable[..., Page], at_the_desk: Callable[..., Page], ask: Recommendation, scheme: str
) -> None:
    outside = open_page(scheme=scheme)
    outside.goto("/admin/login/")
    assert barriers(outside) == []
    page = at_the_desk(scheme=scheme)
    for url in pages_of(ask):
        response = page.goto(url)
        assert response is not None and response.status == 200, url
        assert barriers(page) == [], url


def test_on_a_phone_no_page_scrolls_sideways(at_the_desk: Callable[..., Page], ask: Recommendation) -> None:
    page = at_the_desk(width=375)
    for url in pages_of(ask):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, url
