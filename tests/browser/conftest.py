"""A real Chromium in front of a real server. Every page is watched for what the browser complains of."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from tests.factories import make_user
from tracker.vocabulary import StaffRole

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "staff-guide"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open a page of its own; at the end, nothing may stand on any console: no refused style, no lost file."""
    cache.clear()  # the desk counts its charts once in five minutes: not over from another test
    complaints: list[str] = []
    contexts = []

    def open_one(width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(60_000)  # a page of forty bodies, on a machine that does more than this
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type != "verbose" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def at_the_desk(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of somebody who has logged in by the form."""
    make_user("ada", StaffRole.ADMINISTRATOR)

    def log_in(width: int = 1280, scheme: str = "light") -> Page:
        page = open_page(width, scheme)
        page.goto("/admin/")
        page.get_by_label("Username").fill("ada")
        page.get_by_label("Password").fill("a long pass phrase")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('The desk')")
        return page

    return log_in


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep what a page shows for docs/staff-guide.md, if SCREENSHOTS asks for it; else no run touches the tree."""

    def keep(page: Page, name: str) -> None:
        if os.environ.get("SCREENSHOTS"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(
                path=PICTURES / f"{name}.png",
                animations="disabled",
                full_page=True,
                clip={"x": 0, "y": 0, "width": 1280, "height": 1250},
            )

    return keep


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA. In the dark only colours are looked at: nothing else is other than by day."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    rules = {"type": "rule", "values": COLOURS} if dark else {"type": "tag", "values": WCAG_22_AA}
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]
