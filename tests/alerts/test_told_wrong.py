"""Who was told something that is no longer so hears of it; who was not, hears what is so. Nobody loses an alert.

Found by reading the issue against the code, line by line: each is a way in which an alert went astray.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from tests.alerts.partner import client as egress_client
from tests.alerts.partner import make_endpoint, partners
from tests.alerts.test_readers import ask, form, link_in, make_reader, somebody_waits
from tests.alerts.world import ASKED_AT, AT, SOON, Box, make_asked, make_letter, note, send_due, sweep, tell
from tests.factories import (
    STAFF,
    make_addressee,
    make_body,
    make_challenge,
    make_check,
    make_recommendation,
    make_user,
)
from tests.faults.at_once import at_once
from tests.running.processes import until
from tracker.actions.correcting import correct
from tracker.actions.entering import link_recommendations
from tracker.actions.publishing import publish, withdraw
from tracker.actions.responses import record_waits_ended
from tracker.alerts import calls, digests, endpoints, fanout, interests, outbox, readers, seconding, telling
from tracker.alerts.transports.base import TransportError
from tracker.models import (
    Address,
    Addressee,
    FollowRequest,
    Link,
    Message,
    MessageState,
    SecondingLink,
    Subscription,
    User,
)
from tracker.models.base import Fact
from tracker.vocabulary import PUBLIC_NEWS, Channel, Finding, News

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def eve(*kinds: News, channel: Channel = Channel.AT_ONCE) -> User:
    """Somebody who follows everything, of these kinds."""
    user = make_user("eve", email="eve@example.org")
    interests.follow(reader=user, wanted={}, kinds=kinds, channel=channel, at=AT - SOON)
    return user


def meanwhile(work: Callable[[], object], done: Callable[[], object]) -> None:
    """Something is half-way, in a transaction, when another does something; both come to their ends."""
    other = threading.Thread(target=at_once, args=(done,))
    with transaction.atomic():
        work()
        other.start()
        until(lambda: somebody_waits() or not other.is_alive())
    other.join(30)
    assert not other.is_alive()


def told_to(partner: Any) -> list[tuple[str, str | None]]:
    """What an endpoint was told: the kinds of its lines, with the positions they say."""
    bodies = [json.loads(request.body) for request in partner.received]
    return [(body["kind"], (body["after"] or {}).get("position")) for body in bodies]


# --- what overtakes, and what is taken back ---------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [Channel.AT_ONCE, Channel.DAILY])
def test_what_was_withdrawn_overtakes_nothing(channel: Channel) -> None:
    """Mail was down: an answer, another, and the other withdrawn. The first one stands, and is told."""
    asked = make_asked(followed=False)
    note(AT)
    eve(News.STATUS_CHANGED, channel=channel)
    make_letter(asked, at=AT + SOON)
    note(AT + SOON)
    [second] = make_letter(asked, position="rejected", answered="2026-03-01", at=AT + 2 * SOON)
    note(AT + 2 * SOON)
    withdraw(facts=[second], reason="Another body's", by=STAFF, at=AT + 3 * SOON)
    note(AT + 3 * SOON)
    digests.make_digests(at=LATER)
    [mail] = send_due(Box(), LATER)
    assert "Accepted" in mail.text


def test_a_digest_of_what_was_published_and_withdrawn_is_over() -> None:
    asked = make_asked(followed=False)
    note(AT)
    eve(News.ANSWERED, channel=Channel.DAILY)
    [answer] = make_letter(asked, at=AT + SOON)
    note(AT + SOON)
    withdraw(facts=[answer], reason="Another body's", by=STAFF, at=AT + 2 * SOON)
    note(AT + 2 * SOON)
    digests.make_digests(at=LATER)
    assert send_due(Box(), LATER) == []
    assert Message.objects.get().state == MessageState.DROPPED


def test_a_check_that_was_withdrawn_is_not_told() -> None:
    [asked] = make_asked(followed=False)
    note(ASKED_AT)
    sweep()
    eve(News.STATUS_CHANGED)
    check = make_check(asked, checked_on=AT.date(), at=AT)
    note(AT)
    withdraw(facts=[check], reason="Looked at another site", by=STAFF, at=AT + SOON)
    assert [*tell(Box(), AT + SOON), *tell(Box(), LATER)] == []


def test_a_correction_of_what_is_no_longer_public_is_not_told() -> None:
    """The recommendation was corrected, then its report withdrawn: its title goes out to nobody."""
    [asked] = make_asked(followed=False)
    note(AT)
    eve(News.CORRECTED)
    correct(fact=asked.recommendation, values={"text": "Stop all."}, reason="As printed", by=STAFF, at=AT)
    note(AT)
    withdraw(facts=[asked.recommendation.report], reason="Wrong report", by=STAFF, at=AT + SOON)
    assert tell(Box(), AT + SOON) == []


def _contested(asked: Addressee) -> Fact:
    return make_challenge(asked, words="We were harmed.", at=AT)


def _checked(asked: Addressee) -> Fact:
    return make_check(asked, checked_on=AT.date(), at=AT)


def _linked(asked: Addressee) -> Fact:
    later = make_recommendation("Stop it now", report=asked.recommendation.report, number="2", at=AT)
    made = Link(recommendation=later, other=asked.recommendation, kind="repeats", relation="same")
    link_recommendations(links=[made], by=STAFF, at=AT)
    publish(facts=[made], by=STAFF, at=AT)
    return made


@pytest.mark.parametrize(
    ("kind", "make", "values", "words"),
    [
        (News.CONTESTED, _contested, {}, "that it is contested was withdrawn"),
        (News.STATUS_CHANGED, _checked, {"finding": Finding.FOUND}, "the check found something else"),
        (
            News.ASKED_AGAIN,
            _linked,
            {"kind": "depends_on", "relation": ""},
            "what was asked later is another link",
        ),
    ],
)
def test_who_was_told_wrong_is_told_right(
    kind: News, make: Callable[[Addressee], Fact], values: dict[str, Any], words: str
) -> None:
    """A challenge is withdrawn; a check is found to have found something; a repeat is none."""
    [asked] = make_asked(followed=False)
    note(ASKED_AT)
    sweep()
    note(AT)
    eve(kind)
    fact = make(asked)
    assert len(tell(Box(), AT)) == 1
    if values:
        correct(fact=fact, values=values, reason="Read again", by=STAFF, at=LATER)
    else:
        withdraw(facts=[fact], reason="Another body's letter", by=STAFF, at=LATER)
    [mail] = tell(Box(), LATER)
    assert f"Correction: {words}" in mail.text


def test_who_heard_of_an_answer_by_its_correction_hears_that_it_was_withdrawn() -> None:
    asked = make_asked(followed=False)
    [answer] = make_letter(asked, at=AT - 2 * SOON)
    note(AT - 2 * SOON)
    eve(News.CORRECTED)
    correct(fact=answer, values={"position": "rejected"}, reason="Read again", by=STAFF, at=AT)
    assert len(tell(Box(), AT)) == 1
    withdraw(facts=[answer], reason="Not theirs", by=STAFF, at=LATER)
    [mail] = tell(Box(), LATER)
    assert mail.subject.startswith("Correction: Home Office")


def test_what_was_told_is_corrected_though_it_was_published_again_and_not_told() -> None:
    [answer] = make_letter(make_asked())
    tell(Box())
    withdraw(facts=[answer], reason="Not theirs", by=STAFF, at=LATER)
    answer.refresh_from_db()
    publish(facts=[answer], by=STAFF, at=LATER + SOON)
    note(LATER + SOON)
    assert send_due(Box(TransportError("down")), LATER + SOON) == []
    answer.refresh_from_db()
    withdraw(facts=[answer], reason="Not theirs at all", by=STAFF, at=LATER + 2 * SOON)
    [mail] = [*tell(Box(), LATER + 3 * SOON), *tell(Box(), LATER + timedelta(hours=2))]
    assert "Not theirs at all" in mail.text


# --- calls, and replies that were lost --------------------------------------------------------------------------------


@pytest.mark.parametrize("switched_off", [False, True])
def test_a_call_with_an_old_position_is_followed_by_its_correction(
    settings: LazySettings, switched_off: bool
) -> None:
    """Both waited: the endpoint was switched off, or it went quickly. The line is told as it was, then what is so."""
    with partners(settings) as start, egress_client() as client:
        partner = start()
        endpoint = make_endpoint(partner.url)
        if switched_off:
            telling.disable(endpoint, "it has failed for five days", at=AT)
        [answer] = make_letter(make_asked(followed=False), at=AT + SOON)
        note(AT + SOON)
        correct(fact=answer, values={"position": "rejected"}, reason="Read again", by=STAFF, at=AT + 2 * SOON)
        note(AT + 2 * SOON)
        if switched_off:
            endpoints.enable(endpoint)
            endpoints.replay(endpoint, since=AT, at=LATER)
        for at in (LATER, LATER + timedelta(hours=1)):
            calls.send_due_calls(clock=lambda at=at: at, client=client)
        assert told_to(partner) == [("answer.published", "accepted"), ("answer.corrected", "rejected")]


def test_a_call_whose_answer_came_too_late_is_taken_back(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.5)
    with partners(settings) as start, egress_client() as client:
        partner = start()
        partner.seconds = 1.0
        make_endpoint(partner.url)
        [answer] = make_letter(make_asked(followed=False))
        note(AT)
        calls.send_due_calls(clock=lambda: AT, client=client)
        until(lambda: partner.received)
        partner.seconds = 0
        withdraw(facts=[answer], reason="Meant for another", by=STAFF, at=AT + SOON)
        note(AT + SOON)
        calls.send_due_calls(clock=lambda: LATER, client=client)
        assert [kind for kind, _ in told_to(partner)] == ["answer.published", "answer.withdrawn"]


def test_a_mail_that_was_taken_though_the_server_fell_silent_is_taken_back(settings: LazySettings) -> None:
    """It takes the whole of a mail, and hangs up before it says so."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        taken: list[bytes] = []
        [answer] = make_letter(make_asked())
        note(AT)
        for at, drops in ((AT, True), (AT + 2 * SOON, False)):
            serving = threading.Thread(target=_take_one, args=(server, taken, drops), daemon=True)
            serving.start()
            outbox.send_due_messages(clock=lambda at=at: at)
            serving.join(10)
            if drops:
                withdraw(facts=[answer], reason="Meant for another", by=STAFF, at=AT + SOON)
                note(AT + SOON)
        assert [b"Correction" in mail for mail in taken] == [False, True]


def _take_one(server: socket.socket, taken: list[bytes], drops: bool) -> None:
    """One connection of a mail server, and one mail."""
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as said:
        connection.sendall(b"220 here\r\n")
        while line := said.readline():
            if not line.upper().startswith(b"DATA"):
                connection.sendall(b"250 well\r\n")
                continue
            connection.sendall(b"354 go on\r\n")
            taken.append(b"".join(iter(said.readline, b".\r\n")))
            if drops:
                return
            connection.sendall(b"250 taken\r\n")


# --- who is told ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["eve@\uff45xample.org", "eve@exam\u00adple.org", "eve@EXAMPLE.org"])
def test_one_mailbox_is_one_however_its_domain_is_spelt(client: Client, spelling: str) -> None:
    """The limit counts it, and an objection holds for it."""
    box = Box()
    for email in ("eve@example.org", spelling) * 3:
        assert ask(client, email).status_code == 200
    assert {mail.to for mail in send_due(box)} == {"eve@example.org"} and len(box.sent) == 3
    client.post(link_in(box.sent[0], "stop"), {"for_good": "1"})
    with time_machine.travel(LATER, tick=False):
        ask(client, spelling)
        assert send_due(box, LATER) == []


@pytest.mark.parametrize("spelling", ['"eve"@example.org', '"e\\ve"@example.org'])
def test_a_quoted_name_is_refused_with_what_to_do(client: Client, spelling: str) -> None:
    page = ask(client, spelling)
    assert page.status_code == 400 and b"without quotes" in page.content
    assert not Address.objects.exists()


def test_who_has_no_role_any_more_hears_of_no_private_line() -> None:
    make_asked()
    User.objects.update(role="")
    sweep()
    assert tell(Box()) == []
    assert Message.objects.get().outcome == "the account has no role any more"


def test_who_was_late_when_first_shown_is_news_once_somebody_has_looked() -> None:
    [asked] = make_asked(followed=False)
    note(AT)
    sweep()
    note(AT)
    reader = Address.objects.create(email="pub@example.org", digest="d", created_at=AT, confirmed_at=AT)
    interests.follow(reader=reader, wanted={}, kinds=PUBLIC_NEWS, channel=Channel.AT_ONCE, at=AT)
    make_check(asked, checked_on=AT.date(), at=AT + SOON)
    [mail] = tell(Box(), AT + SOON)
    assert mail.to == "pub@example.org" and "No response on record" in mail.text


@pytest.mark.parametrize("how", ["checked", "the wait ended"])
def test_a_feed_has_every_change_of_status_that_a_mail_tells(client: Client, how: str) -> None:
    [asked] = make_asked(followed=False)
    note(ASKED_AT)
    sweep()
    note(AT)
    if how != "checked":
        [answer] = make_letter([asked], position="deferred", waits_for="The review", at=AT)
        note(AT)
    eve(News.STATUS_CHANGED)
    before = client.get("/api/v1/addressees.atom").content.count(b"<entry")
    if how == "checked":
        make_check(asked, checked_on=AT.date(), at=AT + SOON)
    else:
        record_waits_ended(answers=[answer], on=AT.date(), reason="It came", by=STAFF, at=AT + SOON)
    assert len(tell(Box(), AT + SOON)) == 1
    assert client.get("/api/v1/addressees.atom").content.count(b"<entry") == before + 1


# --- at the same time -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_chooses_another_channel_while_notices_are_made_loses_none(client: Client) -> None:
    asked, box = make_asked(followed=False), Box()
    note(AT)
    make_reader(client, box)
    with time_machine.travel(AT + SOON, tick=False):
        client.post("/follow/?report=safe-to-share", form(channel="daily"))
        send_due(box, AT + SOON)
    make_letter(asked, at=AT + SOON)
    request = FollowRequest.objects.get()
    meanwhile(
        lambda: fanout.make_notices(at=AT + 2 * SOON),
        lambda: readers.confirm(request, at=AT + 2 * SOON),
    )
    sent = send_due(box, AT + 3 * SOON)
    digests.make_digests(at=LATER)
    assert len([*sent, *send_due(box, LATER)]) == 1


@pytest.mark.django_db(transaction=True)
def test_who_stops_all_while_another_link_is_confirmed_follows_nothing(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    note(AT)
    reader = make_reader(client, box)
    with time_machine.travel(AT + SOON, tick=False):
        client.post("/follow/", form())
    request = FollowRequest.objects.get()
    meanwhile(
        lambda: readers.confirm(request, at=AT + 2 * SOON),
        lambda: readers.stop_all(reader, at=AT + 2 * SOON),
    )
    assert not Subscription.objects.filter(address=reader).exists()
    assert Address.objects.get().email == ""


@pytest.mark.django_db(transaction=True)
def test_one_subscription_is_deleted_while_notices_are_made_for_it() -> None:
    asked = make_asked(followed=False)
    note(AT)
    make_endpoint("https://partner.example/hook")
    make_letter(asked, at=AT + SOON)
    row = Subscription.objects.get()
    meanwhile(lambda: fanout.make_notices(at=AT + SOON), row.delete)
    assert not Subscription.objects.exists()


def test_who_stops_one_filter_while_a_mail_is_leased_reads_no_more_of_it(client: Client) -> None:
    """The worker was killed while it sent; the repeat is written anew."""
    [asked] = make_asked(followed=False)
    note(AT)
    box = Box()
    make_reader(client, box)
    with time_machine.travel(AT + SOON, tick=False):
        client.post("/follow/?body=home-office", form())
        [mail] = send_due(box, AT + SOON)
        client.post(link_in(mail, "confirm"))
    other = make_addressee(
        recommendation=asked.recommendation, body=make_body("Another office", at=AT), at=AT
    )
    note(AT + SOON)
    make_letter([other, asked], at=AT + 2 * SOON)
    note(AT + 2 * SOON)
    with pytest.raises(KeyboardInterrupt):
        send_due(Box(KeyboardInterrupt()), AT + 3 * SOON)
    readers.stop(Subscription.objects.get(interest__wanted={"report": "safe-to-share"}), at=AT + 4 * SOON)
    [again] = send_due(box, AT + timedelta(hours=1))
    assert "Home Office" in again.text and "Another office" not in again.text


def test_a_mail_server_that_says_nothing_holds_nobody_at_the_desk_for_long(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three links to second people: it is tried once, and the worker tries again."""
    monkeypatch.setattr("tracker.alerts.seconding.WHILE_SOMEBODY_WAITS", 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    ada, ben = make_user("ada"), make_user("ben", email="ben@example.org")
    for _ in range(3):
        SecondingLink.objects.create(asked_by=ada, person=ben, created_at=AT, expires_at=LATER)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert len(seconding.send_links(asked_by=ada, at=AT)) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert seconding.send_links(at=AT) == []
    assert not SecondingLink.objects.exclude(sent_at=None).exists(), "she may be waiting for it still"
    assert seconding.send_links(at=AT + seconding.LEFT_BEHIND) == []
    assert not SecondingLink.objects.filter(sent_at=None).exists()
