"""The stories of the staff, walked in Chromium: one report, one letter, one silence from the miss to the words.

`make screenshots` writes what each shows into docs/staff-guide/, for docs/staff-guide.md.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from tests.admin.papers_made import MAIL
from tests.browser.conftest import barriers
from tests.factories import (
    STAFF,
    make_body,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_user,
)
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.entering import add_bodies, add_members
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.ledger import CLOCK
from tracker.models import (
    Addressee,
    Answer,
    Body,
    Check,
    Group,
    Membership,
    Recommendation,
    Response,
    Silence,
    Source,
)
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.vocabulary import BodyKind, StaffRole, Verification

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWELVE = "\n\n".join(
    f"Recommendation {n}: Chief constables should {what} within six months."
    for n, what in enumerate(
        (
            "stop passing on the details of those who report abuse",
            "tell those who report what is done with their details",
            "appoint an officer who answers for it",
            "train every officer who takes a report",
            "keep a record of each time details were passed on",
            "publish that record every year",
            "review the agreements they have signed",
            "work with the services that support those who report",
            "agree a protocol with the department",
            "tell the inspectorate what they have done",
            "look at the files of the last three years",
            "put right what was done wrong in them",
        ),
        start=1,
    )
)


def made_forces(count: int) -> tuple[list[Body], Group]:
    """So many forces and their group, in three transactions."""
    at = datetime.now(UTC)
    source = Source.objects.first() or make_body("Home Office").source
    forces = [
        Body(
            name=f"Made force {number:02}",
            kind=BodyKind.POLICE_FORCE,
            source=source,
            verification=Verification.EXCERPT,
        )
        for number in range(1, count + 1)
    ]
    add_bodies(bodies=forces, by=STAFF, at=at)
    publish(facts=forces, by=STAFF, at=at)
    group = make_group("Chief constables", members_called="forces")
    members = [Membership(group=group, body=force) for force in forces]
    add_members(memberships=members, by=STAFF, at=at)
    publish(facts=members, by=STAFF, at=at)
    return forces, group


def made_ask(group: Group, bodies: list[Body]) -> Recommendation:
    """One ask to a group, under a rule of 56 days that ended some weeks ago."""
    at = datetime.now(UTC)
    dated = (at - timedelta(days=90)).date().isoformat()
    report = make_report("Safe to tell?", dated=dated, regime=make_regime(at=at), at=at)
    ask = make_recommendation("Stop passing on the details of those who report abuse", report=report, at=at)
    put = address(recommendations=[ask], groups=[group], bodies=bodies, by=STAFF, at=at)
    publish(facts=put, by=STAFF, at=at)
    return ask


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name={name}]").first.fill(value)


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long pass phrase")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('The desk')")


def send(page: Page, save: str) -> None:
    page.locator(f"button[name=save][value={save}]").first.click()


def test_a_report_of_twelve_asks_is_put_to_43_forces_and_a_department(
    at_the_desk: Callable[..., Page], live_server: Any, picture: Callable[[Page, str], None]
) -> None:
    make_body("Home Office")
    make_body("The inspectorate", kind=BodyKind.INSPECTORATE)
    made_forces(43)
    page = at_the_desk()
    page.get_by_role("link", name="New report").first.click()
    page.wait_for_selector("h1:has-text('New report')")
    fill(
        page,
        source_title="The report on the inspectorate's site",
        source_url="https://example.org/safe-to-tell",
        title="Safe to tell?",
        publishers="the-inspectorate",
        dated_on="2026-03-02",
        text=f"We recommend that:\n\n{TWELVE}",
        bodies="home-office",
    )
    page.get_by_label("Chief constables").check()
    assert barriers(page) == []
    send(page, "preview")
    page.wait_for_selector("h2:has-text('12 asks, 528 addressees')")
    assert barriers(page) == []
    page.get_by_label("I confirm the times to act below").check()
    picture(page, "new-report")
    send(page, "publish")
    page.wait_for_selector("h1:has-text('What was entered')")
    assert Addressee.objects.public().count() == 528
    assert str(Recommendation.objects.get(number="12").act_by) == "2026-09-02"
    assert barriers(page) == []
    picture(page, "entered")


def test_one_letter_is_recorded_for_43_forces(
    at_the_desk: Callable[..., Page],
    live_server: Any,
    picture: Callable[[Page, str], None],
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    council = make_body("The council of chiefs", kind=BodyKind.NATIONAL_POLICING_BODY)
    _, group = made_forces(43)
    ask = made_ask(group, [])
    page = at_the_desk()
    page.goto(f"/admin/tracker/response/record/?report={ask.report.ref}")
    fill(
        page,
        source_title="Letter of the council",
        source_url="https://example.org/letter",
        title="Letter for all forces",
        author=council.ref,
        on_behalf_of_group=group.ref,
        written_on=(datetime.now(UTC) - timedelta(days=5)).date().isoformat(),
        summary="The council does not accept it for any force.",
    )
    letter = {"name": "letter.eml", "mimeType": "message/rfc822", "buffer": MAIL}
    page.get_by_label("The paper itself").set_input_files(letter)  # type: ignore[arg-type]
    page.get_by_text("All 43 reached through").click()
    page.locator("[name=excepted]").first.fill("made-force-07")
    page.locator("select[name=position]").first.select_option("rejected")
    send(page, "preview")
    page.wait_for_selector("#preview")
    assert "42 of 42" in page.inner_text("#preview")
    assert barriers(page) == []
    picture(page, "response-preview")
    page.get_by_text("The document, its addressees").click()
    page.get_by_text("“letter.eml” is kept with this form").wait_for()
    assert barriers(page) == []
    page.locator("[name=differs]").nth(2).check()
    send(page, "preview")
    page.wait_for_selector("legend:has-text('To Made force 03')")
    assert barriers(page) == []
    page.locator(".ask-box select[name$=position]").select_option("accepted")
    send(page, "publish")
    page.wait_for_selector("h1:has-text('What was recorded')")
    assert Response.objects.count() == 1 and Answer.objects.public().count() == 42
    assert Answer.objects.filter(position="accepted").get().addressee.body.name == "Made force 03"
    assert barriers(page) == []
    page.get_by_role("link", name="Add a copy for the public").click()
    page.wait_for_selector("h1:has-text('Files')")
    assert Path(Response.objects.get().source.file.path).read_bytes() == MAIL


def test_the_silence_of_36_bodies_from_the_miss_to_the_words(
    open_page: Callable[..., Page], live_server: Any, picture: Callable[[Page, str], None]
) -> None:
    for name in ("ada", "ben"):
        make_user(name, StaffRole.ADMINISTRATOR)
    forces, group = made_forces(36)
    made_ask(group, [])
    today = register_day(datetime.now(UTC))
    assert record_missed_deadlines(on=today, by=CLOCK, at=datetime.now(UTC)) == len(forces)

    page = open_page()
    log_in(page, "ada")
    picture(page, "desk")
    page.get_by_role("link", name="Time to answer passed, not checked").click()
    every_one(page, "I looked for an answer", 36)
    fill(page, checked_on=today.isoformat(), where_looked="The sites of the forces and the inspectorate.")
    send(page, "preview")
    page.wait_for_selector("#preview")
    send(page, "publish")
    page.wait_for_selector(".messages:has-text('done for 36')")
    assert Check.objects.public().count() == 36

    page.goto("/admin/")
    page.get_by_role("link", name="Nothing found, body not told yet").click()
    every_one(page, "Tell the body before its silence is confirmed", 36)
    page.locator(".letters summary").first.click()
    assert "No response found (checked" in page.inner_text(".letters details[open] pre")
    assert barriers(page) == []
    picture(page, "notice")
    fill(page, told_on=today.isoformat(), told_how="By letter to each chief constable.")
    send(page, "do")
    page.wait_for_selector(".messages:has-text('done for 36')")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=30), tick=True):
        second = open_page()
        log_in(second, "ben")
        second.get_by_role("link", name="Silences to second").click()
        every_one(second, "Agree to the silence", 36)
        assert barriers(second) == []
        picture(second, "second")
        send(second, "do")
        second.wait_for_selector(".messages:has-text('done for 36')")
        on = register_day(datetime.now(UTC))
    assert Silence.objects.public().count() == 36
    said = {view.status_label for view in describe(list(Addressee.objects.all()), on)}
    assert said == {f"No response found (checked {today.day} {today:%B %Y})"}


def every_one(page: Page, act: str, count: int) -> None:
    """Tick all rows of a list, and go to an act."""
    page.wait_for_selector("#action-toggle")
    page.wait_for_load_state("load")  # before that the box ticks itself alone
    page.locator("#action-toggle").check()
    page.wait_for_selector(f".action-counter:has-text('{count} of {count} selected')")
    page.get_by_label("With those ticked").select_option(label=act)
    page.get_by_role("button", name="Go").click()
    page.wait_for_selector(f"summary:has-text('{count}')")
