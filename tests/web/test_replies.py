"""The right of reply: a body's link, the form of those affected, and what staff do with what came."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import AT, STAFF, make_addressee, make_answer, make_body, make_user
from tracker.actions.challenges import decline_received, publish_received
from tracker.actions.correcting import correct
from tracker.actions.replies import (
    MOST_WAITING,
    ask_for_reply,
    forget_declined,
    receive_from_affected,
    reply_by_link,
)
from tracker.alerts.replies import send_links
from tracker.alerts.transports.base import TransportError
from tracker.ledger import Actor
from tracker.models import Addressee, Body, Challenge, Event, ReceivedChallenge, ReplyLink
from tracker.partners.limits import Limiter
from tracker.queries.addressees import describe
from tracker.queries.log import log_of
from tracker.queries.replies import LASTS, address_of
from tracker.vocabulary import CameBy, ChallengeAbout, Challenger, DeclineReason, ReceivedState, Role
from tracker.web import replies

pytestmark = pytest.mark.django_db
WORDS = "We answered on 3 July 2025; the letter is on our site."
NASTY = "<script>alert(1)</script> \u202e {{ 7*7 }} %s ' OR 1=1 -- "


class Box:
    """A transport that keeps what it is given, and fails when told to."""

    def __init__(self, *errors: TransportError) -> None:
        self.sent: list[Any] = []
        self.errors = list(errors)

    def send(self, mail: Any) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(mail)


def person() -> Actor:
    return Actor(Role.STAFF, make_user("ada"))


def with_contact(body: Body, address: str = "office@example.org") -> Body:
    contacts = [{"purpose": "FOI", "address": address}, {"purpose": "post", "address": "1 High Street"}]
    correct(fact=body, values={"contacts": contacts}, reason="They wrote to us.", by=STAFF, at=AT)
    return body


def asked(address: str = "office@example.org") -> tuple[Addressee, ReplyLink]:
    addressee = make_addressee()
    with_contact(addressee.body, address)
    addressee = Addressee.objects.select_related("body", "recommendation").get()
    return addressee, ask_for_reply(addressees=[addressee], address=address, by=person(), at=AT)


def place(link: ReplyLink) -> str:
    return address_of(link).partition("://")[2].partition("/")[2].join(["/", ""])


@pytest.fixture(autouse=True)
def at_the_time(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(replies, "_limiter", Limiter())
    cache.clear()  # a log is kept for each public head, which moves at commit
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def test_a_body_replies_once_and_a_look_uses_nothing_up(client: Client) -> None:
    _, link = asked()
    for _ in range(3):
        seen = client.get(place(link))
        assert seen.status_code == 200 and b"No response on record" in seen.content
        assert client.head(place(link)).status_code == 200
    assert ReplyLink.objects.get().used_at is None
    told = client.post(place(link), {"words": WORDS})
    assert (told.status_code, ReceivedChallenge.objects.count()) == (200, 1)
    received = ReceivedChallenge.objects.get()
    assert (received.by_whom, received.came_by, received.words, received.body) == (
        Challenger.BODY, CameBy.LINK, WORDS, link.body,
    )  # fmt: skip
    assert str(received.receipt) in told.content.decode()
    for again in (client.get(place(link)), client.post(place(link), {"words": WORDS})):
        assert again.status_code == 404
    assert ReceivedChallenge.objects.count() == 1


def test_of_two_replies_at_once_one_finds_the_link_used() -> None:
    addressee, link = asked()
    reply_by_link(link=link, addressees=[addressee], words=WORDS, at=AT)
    with pytest.raises(ValidationError, match="used already"):
        reply_by_link(link=link, addressees=[addressee], words=WORDS, at=AT)
    assert ReceivedChallenge.objects.count() == 1


def test_an_expired_link_is_over(client: Client) -> None:
    addressee, link = asked()
    with time_machine.travel(AT + LASTS + timedelta(seconds=1), tick=False):
        assert client.get(place(link)).status_code == 404
        assert client.post(place(link), {"words": WORDS}).status_code == 404
        with pytest.raises(ValidationError, match="expired"):
            reply_by_link(link=link, addressees=[addressee], words=WORDS, at=AT + LASTS)
    assert ReceivedChallenge.objects.count() == 0


@pytest.mark.parametrize("token", ["1", "x" * 3000, "MQ:1abc:zzz", "%00", "%F0%9F%98%80"])
def test_a_forged_link_is_no_link(client: Client, token: str) -> None:
    assert client.get(f"/reply/{token}/").status_code in (400, 404)


def test_a_link_for_agreeing_to_silences_opens_no_reply(client: Client) -> None:
    _, link = asked()
    forged = place(link).replace("/reply/", "/second/")
    assert client.get(forged).status_code == 404


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "in a sentence"),
        ("short", "in a sentence"),
        ("a\x00b is wrong here", "ull"),
        ("x" * 10_001, "10,000"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_link_stays(client: Client, words: str, said: str) -> None:
    _, link = asked()
    refused = client.post(place(link), {"words": words})
    assert refused.status_code == 200 and said in refused.content.decode()
    assert ReplyLink.objects.get().used_at is None and ReceivedChallenge.objects.count() == 0
    with pytest.raises(ValidationError):
        reply_by_link(link=link, addressees=list(Addressee.objects.all()), words="half \ud800 of it", at=AT)


def test_ten_thousand_letters_and_markup_come_through_as_they_are(client: Client) -> None:
    addressee, link = asked()
    words = (NASTY + "x" * 10_000)[:10_000].strip()
    assert client.post(place(link), {"words": words}).status_code == 200
    received = ReceivedChallenge.objects.get()
    assert received.words == words
    publish_received(
        received=[received], about=ChallengeAbout.ADDRESSEE, by=Actor(Role.STAFF, link.asked_by), at=AT
    )
    page = client.get(f"/contest/{addressee.ref}/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page and "{{ 7*7 }}" in page


def test_a_link_goes_to_one_of_the_bodys_own_addresses_and_is_kept_nowhere() -> None:
    addressee, link = asked()
    with pytest.raises(ValidationError, match="contacts"):
        ask_for_reply(
            addressees=[addressee], address="me@example.org", by=Actor(Role.STAFF, link.asked_by), at=AT
        )
    box = Box(TransportError("the server is away"))
    assert send_links(at=AT, transport=box) == ["office@example.org: the server is away"]
    assert send_links(at=AT, transport=box) == [] and box.sent == []  # not before its pause is over
    assert send_links(at=AT + timedelta(minutes=2), transport=box) == []
    [mail] = box.sent
    assert mail.to == "office@example.org" and address_of(link) in mail.text and address_of(link) in mail.html
    assert send_links(at=AT + timedelta(days=1), transport=box) == [] and len(box.sent) == 1
    assert ReplyLink.objects.get().sent_at is not None


def test_one_faulty_link_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    addressee, first = asked()
    later, by = AT + timedelta(minutes=1), Actor(Role.STAFF, first.asked_by)
    ask_for_reply(addressees=[addressee], address=first.address, by=by, at=later)

    def faulty(link: ReplyLink) -> str:
        return str(1 / 0) if link.pk == first.pk else address_of(link)

    monkeypatch.setattr("tracker.alerts.replies.address_of", faulty)
    box = Box()
    [problem] = send_links(at=later, transport=box)
    assert problem.startswith(f"{first.address}: a fault of ours: ZeroDivisionError")
    assert len(box.sent) == 1
    first.refresh_from_db()
    assert (first.attempts, first.sent_at) == (1, None) and first.outcome.startswith("a fault of ours")


def test_one_link_is_for_one_body() -> None:
    addressee, link = asked()
    other = make_addressee(recommendation=addressee.recommendation, body=make_body("Another"))
    with pytest.raises(ValidationError, match="one body"):
        ask_for_reply(
            addressees=[addressee, other],
            address="office@example.org",
            by=Actor(Role.STAFF, link.asked_by),
            at=AT,
        )


def test_those_affected_say_what_is_wrong_and_nothing_else_of_them_is_kept(client: Client) -> None:
    addressee = make_addressee()
    page = client.get(f"/contest/{addressee.ref}/")
    assert page.status_code == 200 and not page.cookies
    before = Event.objects.count()
    told = client.post(
        f"/contest/{addressee.ref}/", {"words": WORDS, "name": "Jo", "email": "jo@example.org"}
    )
    assert told.status_code == 200 and not told.cookies
    received = ReceivedChallenge.objects.get()
    assert (received.by_whom, received.body, received.words) == (Challenger.AFFECTED, None, WORDS)
    kept = {field.name for field in ReceivedChallenge._meta.get_fields()}
    assert not kept & {"address", "name", "email", "user_agent", "ip"}
    assert Event.objects.count() == before  # no fact, and no line
    assert WORDS not in client.get(f"/contest/{addressee.ref}/").content.decode()


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    addressee = make_addressee()
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://[broken"},
    ):
        refused = client.post(f"/contest/{addressee.ref}/", {"words": WORDS}, headers=headers)
        assert refused.status_code == 403
    sent = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post(f"/contest/{addressee.ref}/", {"words": WORDS}, headers=sent).status_code == 200


def test_the_form_takes_three_a_minute_from_one_address(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    addressee = make_addressee()
    answers = [
        client.post(
            f"/contest/{addressee.ref}/", {"words": WORDS}, headers={"X-Forwarded-For": f"{n}.1.1.1, 9.9.9.9"}
        ).status_code
        for n in range(1, 6)
    ]
    assert answers == [200, 200, 200, 429, 429]
    other = client.post(
        f"/contest/{addressee.ref}/", {"words": WORDS}, headers={"X-Forwarded-For": "8.8.8.8"}
    )
    assert other.status_code == 200 and ReceivedChallenge.objects.count() == 4


def test_no_flood_fills_the_table() -> None:
    addressee = make_addressee()
    ReceivedChallenge.objects.bulk_create(
        ReceivedChallenge(
            receipt=uuid.UUID(int=n), by_whom="affected", came_by="form", words=WORDS, received_at=AT
        )
        for n in range(MOST_WAITING)
    )
    with pytest.raises(ValidationError, match="Too many wait"):
        receive_from_affected(addressee=addressee, words=WORDS, at=AT)


def test_a_draft_has_no_form_and_answers_as_nothing_does(client: Client) -> None:
    draft = make_addressee(published=False)
    for name in (draft.ref, "never-heard-of/1/nobody"):
        assert client.get(f"/contest/{name}/").status_code == 404
        assert client.post(f"/contest/{name}/", {"words": WORDS}).status_code == 404
    assert ReceivedChallenge.objects.count() == 0


def test_what_waits_is_shown_nowhere_until_staff_publish_it(client: Client) -> None:
    addressee, link = asked()
    received = reply_by_link(link=link, addressees=[addressee], words=WORDS, at=AT)
    [view] = describe([addressee], AT.date())
    assert (view.contested, view.challenges) == (False, [])
    assert (client.get("/log/").content.decode()).count("<table>") == 0
    by = Actor(Role.STAFF, link.asked_by)
    [challenge] = publish_received(received=[received], about=ChallengeAbout.ADDRESSEE, by=by, at=AT)
    [view] = describe([addressee], AT.date())
    assert view.contested and view.challenges[0].words == WORDS
    received.refresh_from_db()
    assert (received.state, received.decided_by, received.challenges.get()) == (
        ReceivedState.PUBLISHED, link.asked_by, challenge,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="decided this already"):
        publish_received(received=[received], about=ChallengeAbout.ADDRESSEE, by=by, at=AT)
    assert Challenge.objects.count() == 1


def test_staff_choose_what_of_the_record_it_contests() -> None:
    addressee, link = asked()
    by = Actor(Role.STAFF, link.asked_by)
    received = reply_by_link(link=link, addressees=[addressee], words=WORDS, at=AT)
    with pytest.raises(ValidationError, match="no public answer"):
        publish_received(received=[received], about=ChallengeAbout.ANSWER, by=by, at=AT)
    received.refresh_from_db()
    assert received.state == ReceivedState.WAITING
    answer = make_answer(addressee, position="rejected")
    [challenge] = publish_received(
        received=[received], about=ChallengeAbout.ANSWER, words="We […] answered.", by=by, at=AT
    )
    assert (challenge.answer, challenge.addressee, challenge.words) == (answer, addressee, "We […] answered.")


def test_what_is_declined_is_counted_and_its_words_are_forgotten(client: Client) -> None:
    addressee = make_addressee()
    received = receive_from_affected(addressee=addressee, words=f"{WORDS} zebra", at=AT)
    decline_received(
        received=[received],
        declined_because=DeclineReason.NAMES_A_PERSON,
        reason="It names a girl.",
        by=person(),
        at=AT + timedelta(days=4),
    )
    [year] = log_of().years
    assert (year.received, year.from_affected, year.declined) == (1, 1, 1)
    assert year.declined_because == [(DeclineReason.NAMES_A_PERSON.label, 1)]
    told = Challenge.objects.public().get()
    assert (told.about, told.words, told.addressee) == ("", "", None)
    page = client.get("/log/").content.decode()
    assert re.search(r"not published \(1: it tells of a person", page) and "zebra" not in page
    assert describe([addressee], AT.date())[0].challenges == []
    assert forget_declined(at=AT + timedelta(days=93)) == 0
    assert forget_declined(at=AT + timedelta(days=95)) == 1
    received.refresh_from_db()
    assert (received.words, received.reason) == ("", "")


def test_a_decision_needs_a_person() -> None:
    addressee = make_addressee()
    received = receive_from_affected(addressee=addressee, words=WORDS, at=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(ValidationError, match="person"):
        publish_received(received=[received], about=ChallengeAbout.ADDRESSEE, by=STAFF, at=AT)
