"""Signing in: the password, the second factor, the limits of guessing, and the sessions that come of it."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.admin.pages import act, do, page
from tests.factories import make_user
from tracker.models import User
from tracker.signin import adapter
from tracker.signin.sessions import sessions_of
from tracker.vocabulary import StaffRole

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
SECRET = "JBSWY3DPEHPK3PXP"
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def nobody_tried_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(adapter, "_limiter", adapter.Limiter())


@pytest.fixture
def required(settings: Any) -> None:
    """Outside the embedded mode."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def eve() -> User:
    return make_user("eve", StaffRole.PUBLISHER)


def code(secret: str = SECRET) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(user: User) -> User:
    TOTP.activate(user, SECRET)
    return user


def log_in(client: Client, name: str = "eve", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def is_at_the_desk(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_name_and_password_lead_to_the_desk_where_nothing_more_is_asked(eve: User) -> None:
    client = Client()
    assert log_in(client, password="wrong").status_code == 200 and not is_at_the_desk(client)
    assert log_in(client).headers["Location"] == "/admin/"
    assert is_at_the_desk(client)


def test_one_goes_on_to_the_page_that_was_asked_for_and_to_no_other_site(eve: User) -> None:
    asked = Client().get(page(eve))
    assert asked.headers["Location"] == f"/admin/login/?next={page(eve)}"
    assert log_in(Client(), next=page(eve)).headers["Location"] == page(eve)
    assert log_in(Client(), next="https://elsewhere.example/").headers["Location"] == "/admin/"


def test_nobody_signs_up() -> None:
    for name in ("account_signup", "account_email", "account_reset_password", "mfa_login_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for place in ("/admin/signup/", "/accounts/signup/", "/account/signup/"):
        assert Client().get(place).status_code in (302, 404)
    assert not adapter.Accounts().is_open_for_signup(None)


def test_a_password_alone_opens_nothing_where_a_second_factor_is_set_up(eve: User) -> None:
    with_app(eve)
    client = Client()
    assert log_in(client).headers["Location"] == "/admin/account/second-factor/show/"
    assert not is_at_the_desk(client)
    wrong = client.post("/admin/account/second-factor/show/", {"code": "000000"})
    assert wrong.status_code == 200 and not is_at_the_desk(client)
    shown = client.post("/admin/account/second-factor/show/", {"code": code()})
    assert shown.headers["Location"] == "/admin/" and is_at_the_desk(client)


def test_a_code_is_good_once(eve: User) -> None:
    with_app(eve)
    used = code()
    for works in (True, False):
        client = Client()
        log_in(client)
        client.post("/admin/account/second-factor/show/", {"code": used})
        assert is_at_the_desk(client) is works


def test_staff_without_a_second_factor_set_one_up_before_anything_else(required: None, eve: User) -> None:
    client = Client()
    log_in(client)
    for place in ("/admin/", page(eve), "/admin/tracker/report/", "/admin/account/sessions/"):
        led = client.get(place)
        assert led.status_code == 302
        assert led.headers["Location"].startswith("/admin/account/second-factor/app/"), place
    assert client.post("/admin/tracker/source/add/", {"title": "A page"}).status_code == 302
    # A session that is older than some minutes says the password again.
    assert "reauthenticate" in client.get("/admin/account/second-factor/app/").headers["Location"]
    again = client.post(
        "/admin/account/reauthenticate/", {"password": PASSWORD, "next": "/admin/account/second-factor/app/"}
    )
    assert again.headers["Location"] == "/admin/account/second-factor/app/"
    form = client.get("/admin/account/second-factor/app/")
    secret = form.context["form"].secret
    done = client.post("/admin/account/second-factor/app/", {"code": code(secret)})
    assert done.headers["Location"] == "/admin/account/second-factor/codes/"
    codes = client.get("/admin/account/second-factor/codes/")
    assert len(codes.context["unused_codes"]) == 10
    assert is_at_the_desk(client)


def test_a_session_that_never_showed_the_factor_must_show_it(required: None, eve: User) -> None:
    """Somebody knows the password and was logged in before the factor was set up."""
    client = Client()
    client.force_login(eve)
    with_app(eve)
    for place in ("/admin/", "/admin/account/second-factor/", "/admin/account/second-factor/app/remove/"):
        led = client.get(place).headers["Location"]
        assert led.startswith("/admin/account/second-factor/show-again/"), place
    client.post("/admin/account/second-factor/show-again/", {"code": code(), "next": "/admin/"})
    assert is_at_the_desk(client)


def test_the_last_second_factor_stays_where_one_is_required(required: None, eve: User) -> None:
    with_app(eve)
    client = Client()
    log_in(client)
    client.post("/admin/account/second-factor/show/", {"code": code()})
    client.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    client.post("/admin/account/second-factor/app/remove/")
    assert Authenticator.objects.filter(user=eve, type="totp").exists()


def test_an_administrator_takes_a_lost_factor_away_and_nobody_else_does(required: None, eve: User) -> None:
    with_app(eve)
    gone = Client()
    log_in(gone)
    gone.post("/admin/account/second-factor/show/", {"code": code()})
    ada = make_user("ada", StaffRole.ADMINISTRATOR)
    TOTP.activate(ada, SECRET)
    client = Client()
    log_in(client, "ada")
    client.post("/admin/account/second-factor/show/", {"code": code()})
    assert do(client, act(eve, "reset")).status_code == 302
    assert not Authenticator.objects.filter(user=eve).exists()
    assert Authenticator.objects.filter(user=ada).exists()
    assert gone.get("/admin/").headers["Location"].startswith(LOGIN), "their sessions are ended"


def test_an_account_is_guessed_at_ten_times_a_minute_at_most_from_wherever(eve: User, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for n in range(10):
        log_in(Client(headers={"X-Forwarded-For": f"203.0.113.{n}"}), password="wrong")
    cache.clear()  # what each process remembers by itself; the common count is in the database
    from_elsewhere = log_in(Client(headers={"X-Forwarded-For": "203.0.113.99"}))
    assert "Too many failed login attempts" in from_elsewhere.content.decode()
    make_user("ben", StaffRole.VIEWER)
    assert log_in(Client(headers={"X-Forwarded-For": "203.0.113.99"}), "ben").status_code == 302


def test_an_address_guesses_at_all_accounts_thirty_times_a_minute_at_most(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    make_user("ben", StaffRole.VIEWER)
    for n in range(30):
        cache.clear()
        # What the caller writes to the left of what our proxy saw counts for nothing.
        log_in(Client(headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"}), f"name-{n}", "wrong")
    cache.clear()
    refused = log_in(Client(headers={"X-Forwarded-For": "198.51.100.99, 203.0.113.7"}), "ben")
    assert "Too many failed login attempts" in refused.content.decode()
    assert log_in(Client(headers={"X-Forwarded-For": "203.0.113.8"}), "ben").status_code == 302


def test_codes_are_not_guessed_either(eve: User) -> None:
    with_app(eve)
    client = Client()
    log_in(client)
    for _ in range(5):
        client.post("/admin/account/second-factor/show/", {"code": "000000"})
    refused = client.post("/admin/account/second-factor/show/", {"code": code()})
    assert "Too many" in refused.content.decode() and not is_at_the_desk(client)


def test_one_sees_ones_sessions_and_ends_another(eve: User) -> None:
    here, there = Client(headers={"User-Agent": "Here"}), Client(headers={"User-Agent": "There"})
    log_in(here), log_in(there)
    shown = here.get("/admin/account/sessions/").content.decode()
    assert "Here" in shown and "There" in shown
    other = next(each for each in sessions_of(eve) if each.user_agent == "There")
    here.post("/admin/account/sessions/", {"session": other.pk})
    assert is_at_the_desk(here) and not is_at_the_desk(there)
    assert [each.user_agent for each in sessions_of(eve)] == ["Here"]


def test_sessions_of_others_are_for_administrators(eve: User) -> None:
    client, hers = Client(), Client()
    log_in(hers)
    place = f"/admin/tracker/user/{eve.pk}/sessions/"
    client.force_login(make_user("pub", StaffRole.PUBLISHER))
    assert client.get(place).status_code == 403
    mine = sessions_of(eve)[0].pk
    client.post("/admin/account/sessions/", {"session": mine})
    assert is_at_the_desk(hers), "a number of somebody else's session ends nothing"
    client.force_login(make_user("ada", StaffRole.ADMINISTRATOR))
    client.post(place, {"session": "all"})
    assert not is_at_the_desk(hers)


def test_a_new_password_ends_every_session(eve: User) -> None:
    here, there = Client(), Client()
    log_in(here), log_in(there)
    new = "another long pass phrase"
    changed = here.post(
        "/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert changed.headers["Location"] == LOGIN
    assert not is_at_the_desk(here) and not is_at_the_desk(there)
    assert sessions_of(eve) == []
    assert log_in(here, password=new).status_code == 302 and is_at_the_desk(here)


def test_a_password_that_an_administrator_sets_ends_them_too(eve: User) -> None:
    hers, client = Client(), Client()
    log_in(hers)
    client.force_login(make_user("ada", StaffRole.ADMINISTRATOR))
    given = {"password1": "given by ada 99", "password2": "given by ada 99", "usable_password": "true"}
    assert client.post(f"/admin/tracker/user/{eve.pk}/password/", given).status_code == 302
    assert not is_at_the_desk(hers) and sessions_of(eve) == []


def test_an_account_without_a_role_is_told_that_it_has_no_desk() -> None:
    User.objects.create_user("trustee", password=PASSWORD)
    client = Client()
    led = log_in(client, "trustee").headers["Location"]
    said = client.get(led, follow=True)
    assert said.status_code == 200 and "has no role at this register" in said.content.decode()


def test_an_account_that_was_switched_off_is_out_at_once(eve: User) -> None:
    client = Client()
    log_in(client)
    User.objects.filter(pk=eve.pk).update(is_active=False)
    assert not is_at_the_desk(client)
    assert log_in(Client()).status_code == 200


def test_pages_of_signing_in_call_nobody_else(eve: User) -> None:
    client = Client()
    for place in (LOGIN, "/admin/logout/"):
        html = client.get(place, follow=True).content.decode()
        assert (
            "http://" not in html and "https://" not in html and "<style" not in html and "style=" not in html
        )
