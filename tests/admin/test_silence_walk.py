"""From a deadline that passed to a confirmed silence: check, letter, ten working days, a second person, publication."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client

from tests.admin.conftest import NOW
from tests.admin.pages import act, do, kinds
from tests.factories import (
    AT,
    STAFF,
    make_answer,
    make_body,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_user,
)
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.actions.silences import second_silences
from tracker.ledger import CLOCK, Actor
from tracker.models import Addressee, Check, Event, SecondingLink, Silence, User
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.queries.seconding import SALT, address_of
from tracker.vocabulary import Role, StaffRole

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=21)


@pytest.fixture
def silent(db: None) -> list[Addressee]:
    """Three forces that were to answer by July 2025, and of whom the sweep has noticed that they did not."""
    forces = [make_body(f"Force {n}", kind="police_force") for n in (1, 2, 3)]
    group = make_group("Chief constables", bodies=forces, members_called="forces")
    ask = make_recommendation("Stop passing on details", report=make_report(regime=make_regime()))
    put = address(recommendations=[ask], groups=[group], by=STAFF, at=AT)
    publish(facts=put, by=STAFF, at=AT)
    record_missed_deadlines(on=register_day(AT), by=CLOCK, at=AT)
    return list(Addressee.objects.order_by("pk"))


def waits(desk: Client, title: str) -> int:
    queues = {queue["title"]: queue["count"] for queue in desk.get("/admin/").context["queues"]}
    return queues[title]


def checked(desk: Client, silent: list[Addressee]) -> None:
    told = {"checked_on": "2026-03-03", "where_looked": "Their sites.", "save": "publish"}
    do(desk, act(silent[0], "check", *silent[1:]), **told)


def told(desk: Client, silent: list[Addressee]) -> None:
    do(desk, act(silent[0], "tell", *silent[1:]), told_on="2026-03-03", told_how="By letter.")


def words(addressee: Addressee) -> str:
    with_time = register_day(LATER)
    return describe([addressee], with_time)[0].status_label


def test_each_step_moves_them_to_the_next_queue(desk: Client, silent: list[Addressee]) -> None:
    assert waits(desk, "Time to answer passed, not checked") == 3
    checked(desk, silent)
    assert Check.objects.public().count() == 3
    assert waits(desk, "Time to answer passed, not checked") == 0
    assert waits(desk, "Nothing found, body not told yet") == 3
    told(desk, silent)
    assert waits(desk, "Nothing found, body not told yet") == 0
    assert waits(desk, "Silences to second") == 0, "their time runs"
    with time_machine.travel(LATER, tick=False):
        desk.force_login(make_user("ben", StaffRole.ADMINISTRATOR))
        assert waits(desk, "Silences to second") == 3
        silences = list(Silence.objects.order_by("pk"))
        do(desk, act(silences[0], "second", *silences[1:]))
        assert waits(desk, "Silences to second") == 0
    assert {words(each) for each in silent} == {"No response found (checked 3 March 2026)"}
    with time_machine.travel(NOW + timedelta(days=170), tick=False):
        desk.force_login(User.objects.get(username="ben"))
        assert waits(desk, "Confirmed silence, look again") == 3


def test_the_letter_says_what_would_be_published_and_until_when(
    desk: Client, silent: list[Addressee]
) -> None:
    checked(desk, silent)
    page = desk.get(act(silent[0], "tell", *silent[1:])).content.decode()
    assert page.count("Dear Force") == 3
    assert "“No response found (checked 3 March 2026)”" in page and "by 18 March 2026" in page


def test_without_a_published_check_no_body_is_told(desk: Client, silent: list[Addressee]) -> None:
    response = do(desk, act(silent[0], "tell"), told_on="2026-03-03", told_how="By letter.")
    assert "publish a check that found no answer first" in response.content.decode()
    assert not Silence.objects.exists()


def asked(desk: Client, silent: list[Addressee]) -> tuple[SecondingLink, str]:
    """The silences told of, and a trustee asked by link; the link and its path."""
    checked(desk, silent)
    told(desk, silent)
    make_trustee()
    silences = list(Silence.objects.order_by("pk"))
    trustee = User.objects.get(username="trustee")
    do(desk, act(silences[0], "ask", *silences[1:]), person=str(trustee.pk))
    link = SecondingLink.objects.get()
    return link, address_of(link).partition("://")[2].partition("/")[2]


def make_trustee() -> User:
    return User.objects.create_user("trustee", email="trustee@example.org")


def test_a_trustee_gets_the_link_by_mail_and_sees_what_would_be_said(
    desk: Client, silent: list[Addressee]
) -> None:
    link, path = asked(desk, silent)
    [letter] = mail.outbox
    assert letter.to == ["trustee@example.org"] and f"/{path}" in str(letter.body) and link.sent_at
    page = Client().get(f"/{path}")
    assert page.status_code == 200 and "No response found (checked 3 March 2026)" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_a_trustee_agrees_by_the_link_once(desk: Client, silent: list[Addressee]) -> None:
    checked(desk, silent)
    told(desk, silent)
    trustee = make_trustee()
    with time_machine.travel(LATER, tick=False):
        desk.force_login(User.objects.get(username="ada"))
        silences = list(Silence.objects.order_by("pk"))
        do(desk, act(silences[0], "ask", *silences[1:]), person=str(trustee.pk))
        path = "/" + address_of(SecondingLink.objects.get()).partition("://")[2].partition("/")[2]
        outside = Client()
        assert outside.post(path, {"answer": "agree", "words": "I looked too."}).status_code == 200
        assert Silence.objects.public().count() == 3
        assert {each.seconded_by for each in Silence.objects.all()} == {trustee}
        assert (
            outside.get(path).status_code == 404 and outside.post(path, {"answer": "no"}).status_code == 404
        )
    assert kinds(silences[0])[-1] == ("silence.confirmed", True)


def test_before_the_time_is_over_the_link_confirms_nothing_and_stays(
    desk: Client, silent: list[Addressee]
) -> None:
    _, path = asked(desk, silent)
    before = Event.objects.count()
    response = Client().post(f"/{path}", {"answer": "agree"})
    assert "wait for that day to end" in response.content.decode()
    assert Event.objects.count() == before and SecondingLink.objects.get().used_at is None


def test_an_answer_that_came_in_keeps_the_silence_from_being_confirmed(
    desk: Client, silent: list[Addressee]
) -> None:
    _, path = asked(desk, silent)
    make_answer(silent[0], answered="2026-03-02", published=False)
    with time_machine.travel(NOW + timedelta(days=14) - timedelta(hours=1), tick=False):
        response = Client().post(f"/{path}", {"answer": "agree"})
    assert "Nothing was written" in response.content.decode()
    assert not Silence.objects.public().exists()


def test_whoever_does_not_agree_is_heard_and_nothing_is_published(
    desk: Client, silent: list[Addressee]
) -> None:
    _, path = asked(desk, silent)
    Client().post(f"/{path}", {"answer": "no", "words": "Force 2 wrote to me."})
    link = SecondingLink.objects.get()
    assert (link.agreed, link.words) == (False, "Force 2 wrote to me.")
    assert not Silence.objects.public().exists()
    page = desk.get(f"/admin/tracker/silence/{link.silences.first().pk}/change/").content.decode()
    assert "Does not agree: “Force 2 wrote to me.”" in page
    with pytest.raises(ValidationError, match="does not agree: “Force 2 wrote to me.”"):
        second_silences(
            silences=list(link.silences.all()),
            by=Actor(Role.STAFF, make_user("nobody-else")),
            at=link.used_at + timedelta(days=30),
        )


@pytest.mark.parametrize("token", ["x", "1:2:3", "a" * 5000])
def test_a_forged_link_opens_nothing(db: None, token: str) -> None:
    assert Client().get(f"/second/{token}/").status_code == 404


def test_a_signature_for_another_purpose_opens_nothing(desk: Client, silent: list[Addressee]) -> None:
    link, _ = asked(desk, silent)
    other = signing.dumps(link.pk, salt="another purpose")
    assert Client().get(f"/second/{other}/").status_code == 404


def test_a_link_expires(desk: Client, silent: list[Addressee]) -> None:
    _, path = asked(desk, silent)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        assert Client().get(f"/{path}").status_code == 404
    assert signing.loads(path.split("/")[1], salt=SALT)


def test_nobody_is_asked_to_agree_with_themselves(desk: Client, silent: list[Addressee], ada: User) -> None:
    checked(desk, silent)
    told(desk, silent)
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    response = do(desk, act(Silence.objects.first(), "ask"), person=str(ada.pk))  # type: ignore[arg-type]
    assert "another person than yourself" in response.content.decode()
    assert not SecondingLink.objects.exists() and not mail.outbox


def test_the_link_is_not_shown_to_whoever_asked(desk: Client, silent: list[Addressee]) -> None:
    link, path = asked(desk, silent)
    shown: Any = desk.get(f"/admin/tracker/silence/{link.silences.first().pk}/change/")  # type: ignore[union-attr]
    assert path.split("/")[1] not in shown.content.decode()
