"""A spreadsheet comes in, in Chromium: upload, match columns, read the plan, confirm bodies, apply, undo."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import barriers
from tests.importing.world import csv_bytes, make_world, rows
from tracker.models import Addressee, Answer, Body, ImportProfile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(live_server: Any, tmp_path: Path) -> Path:
    make_world()
    path = tmp_path / "feed.csv"
    path.write_bytes(
        csv_bytes(
            rows(
                {"Status": "Agreed", "Reply": "We agree."},
                {"No": "2", "Sent to": "Kemt Police"},
                {"No": "3", "Sent to": "Sussex Trust"},
                {"No": "4", "Date": "31/2/2021"},
            )
        )
    )
    return path


def test_a_spreadsheet_is_uploaded_matched_planned_applied_and_undone(
    at_the_desk: Callable[..., Page], file: Path
) -> None:
    page = at_the_desk()
    page.goto("/admin/tracker/import/add/")
    assert barriers(page) == []
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()

    page.wait_for_url("**/match/")
    assert barriers(page) == []
    page.get_by_label("Name of the profile").fill("forces")
    page.get_by_label("What the feed is").fill("A list of forces")
    page.get_by_label("Its address").fill("https://example.org/list")
    page.locator("[name=publishers]").first.fill("an-inspectorate")
    assert page.get_by_label("Who is addressed").input_value() == "Sent to", "guessed by its name"
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("#words")
    assert barriers(page) == []
    page.get_by_label("“Agreed”").select_option("accepted")
    page.get_by_role("button", name="Make the plan").click()

    page.wait_for_selector("h2:has-text('The plan')")
    assert barriers(page) == []
    assert "4 rows read: 1 new, 0 changed, 0 same, 2 conflict, 1 rejected" in page.inner_text("main")
    assert "there is no day 31.2.2021" in page.inner_text("#rows")
    boxes = page.locator("#names fieldset.box")
    kent, sussex = boxes.filter(has_text="Kemt Police"), boxes.filter(has_text="Sussex Trust")
    kent.get_by_label("What is it?").select_option("same")
    assert kent.get_by_label("The body it means").input_value() == "kent-police", "the likest is offered"
    sussex.get_by_label("What is it?").select_option("new")
    sussex.get_by_label("Kind, if it is new").select_option("nhs_body")
    page.get_by_role("button", name="Confirm, and plan again").click()
    page.wait_for_selector("main:has-text('3 new, 0 changed, 0 same, 0 conflict, 1 rejected')")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the plan").click()
    assert "31/2/2021" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert not Addressee.objects.exists(), "nothing was changed yet"

    page.get_by_role("button", name="Apply the plan").click()
    page.wait_for_selector("h2:has-text('Undo')")
    assert barriers(page) == []
    assert Addressee.objects.count() == 3
    assert Answer.objects.get().position == "accepted"
    assert Body.objects.get(ref="kent-police").other_names == ["Kemt Police"]
    assert ImportProfile.objects.get().name == "forces"

    page.get_by_label("Why it is undone").fill("It was last year's list.")
    page.get_by_role("button", name="Undo the import").click()
    page.wait_for_selector(".subtitle:has-text('undone')")
    assert not Addressee.objects.filter(withdrawn_at=None).exists()
    assert Body.objects.get(ref="kent-police").other_names == []


def test_its_pages_fit_a_phone(at_the_desk: Callable[..., Page], file: Path) -> None:
    page = at_the_desk(width=375)
    page.goto("/admin/tracker/import/add/")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/match/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
