"""The stories of people and rights, walked in Chromium: logging in with a second factor, publishing with two people.

`make screenshots` writes what each shows into docs/staff-guide/.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.conftest import barriers
from tests.browser.test_stories import fill, log_in, made_ask, send
from tests.factories import make_body, make_group, make_user
from tracker.models import Addressee, Answer, SecondLook
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.signin import adapter
from tracker.vocabulary import BodyKind, StaffRole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def nobody_tried_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_limiter", adapter.Limiter())


@pytest.fixture
def required(settings: Any) -> None:
    """Outside the embedded mode."""
    settings.SECOND_FACTOR_REQUIRED = True


def code(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or half a minute later: each code is good once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def name_and_password(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def say_password_again(page: Page) -> None:
    page.wait_for_selector("h1:has-text('Your password again')")
    assert barriers(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_staff_set_up_a_second_factor_and_log_in_with_it(
    required: None, open_page: Callable[..., Page], live_server: Any, picture: Callable[[Page, str], None]
) -> None:
    make_user("ada", StaffRole.EDITOR)
    page = open_page()
    page.goto("/admin/")
    assert barriers(page) == []
    name_and_password(page, "ada")
    say_password_again(page)
    page.wait_for_selector("h1:has-text('Set up an authenticator app')")
    assert barriers(page) == []
    picture(page, "second-factor")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Recovery codes')")
    assert barriers(page) == []
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="To the desk").click()
    page.wait_for_selector("h1:has-text('The desk')")

    for shown in (code(secret, 1), recovery):
        other = open_page()
        name_and_password(other, "ada")
        other.wait_for_selector("h1:has-text('A second factor')")
        assert barriers(other) == []
        other.get_by_label("Code").fill(shown)
        other.keyboard.press("Enter")
        other.wait_for_selector("h1:has-text('The desk')")
    page.goto("/admin/account/sessions/")
    assert page.locator("tbody tr").count() == 3
    assert barriers(page) == []
    picture(page, "sessions")
    page.get_by_role("button", name="End all others").click()
    page.wait_for_selector(".messages:has-text('2 sessions ended')")
    other.goto("/admin/")
    other.wait_for_selector("h1:has-text('Log in')")


def test_staff_log_in_with_a_passkey(
    required: None, open_page: Callable[..., Page], live_server: Any, settings: Any
) -> None:
    """Chromium's own virtual authenticator answers for a security key."""
    ada = make_user("ada", StaffRole.EDITOR)
    page = open_page()
    # A passkey belongs to a name, and no number is one.
    home = live_server.url.replace("127.0.0.1", "localhost")
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{home}/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    say_password_again(page)
    page.wait_for_selector("h1:has-text('Set up an authenticator app')")
    page.get_by_role("link", name="Use a passkey").click()
    page.wait_for_selector("h1:has-text('Add a passkey')")
    assert barriers(page) == []
    page.get_by_role("button", name="Add it").click()
    page.wait_for_selector("h1:has-text('Recovery codes')")
    assert Authenticator.objects.filter(user=ada, type="webauthn").count() == 1
    page.goto(f"{home}/admin/account/second-factor/passkeys/")
    assert barriers(page) == []
    page.goto(f"{home}/admin/account/second-factor/")
    assert barriers(page) == []
    page.get_by_role("button", name="Log out").click()
    page.wait_for_selector("h1:has-text('Log in')")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('A second factor')")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_selector("h1:has-text('The desk')")


def test_what_a_body_would_contest_is_published_with_two_people(
    open_page: Callable[..., Page],
    live_server: Any,
    settings: Any,
    picture: Callable[[Page, str], None],
) -> None:
    settings.TWO_PERSON_RULE = True
    for name in ("ada", "ben"):
        make_user(name, StaffRole.PUBLISHER)
    force = make_body("Made force 01", kind=BodyKind.POLICE_FORCE)
    ask = made_ask(make_group("Chief constables", bodies=[force], members_called="forces"), [])
    page = open_page()
    log_in(page, "ada")
    page.goto(f"/admin/tracker/response/record/?report={ask.report.ref}")
    fill(
        page,
        source_title="Letter of the force",
        source_url="https://example.org/letter",
        title="Letter of Made force 01",
        author=force.ref,
        written_on=(datetime.now(UTC) - timedelta(days=5)).date().isoformat(),
        summary="The force says that it will go on as before.",
    )
    page.locator("[name=addressees]").first.check()
    page.locator("select[name=position]").first.select_option("rejected")
    page.locator("select[name=reason]").first.select_option("none_given")
    send(page, "preview")
    page.wait_for_selector("#preview:has-text('Not accepted (our reading)')")
    send(page, "publish")
    page.wait_for_selector("h1:has-text('What was recorded')")
    page.wait_for_selector(".messages .warning:has-text('This draft waits for a second pair of eyes')")
    assert barriers(page) == []
    picture(page, "waits-for-another")
    assert not Answer.objects.public().exists() and SecondLook.objects.count() == 1

    draft = Answer.objects.get()
    page.goto(f"/admin/tracker/answer/{draft.pk}/change/")
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector(".messages .warning:has-text('waits for a second pair of eyes')")
    assert not Answer.objects.public().exists(), "whoever entered it publishes nothing alone"

    second = open_page()
    log_in(second, "ben")
    second.get_by_role("link", name="Drafts waiting for a second pair of eyes").first.click()
    second.wait_for_selector("td:has-text('ada')")
    assert barriers(second) == []
    picture(second, "second-pair-of-eyes")
    second.get_by_role("link", name=draft.ref).click()
    second.wait_for_selector(
        "dd:has-text('a second pair of eyes since'), td:has-text('a second pair of eyes since')"
    )
    assert barriers(second) == []
    second.get_by_role("link", name="Publish", exact=True).click()
    second.get_by_role("button", name="Publish").click()
    second.wait_for_selector(".messages .success:has-text('Publish: done for')")
    [view] = describe(list(Addressee.objects.all()), register_day(datetime.now(UTC)))
    assert view.status_label.startswith("Not accepted (our reading)")
    assert not SecondLook.objects.filter(ended_at=None).exists()


def test_who_may_not_is_told_who_may(open_page: Callable[..., Page], live_server: Any) -> None:
    make_user("eve", StaffRole.VIEWER)
    page = open_page()
    log_in(page, "eve")
    assert page.get_by_role("link", name="Record a response").count() == 0
    assert page.get_by_role("link", name="New report").count() == 0
    assert barriers(page) == []
