"""People without an account: they ask, confirm, change and stop; and nobody learns who is known."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from tests.alerts.world import AT, SOON, Box, make_asked, make_letter, note, send_due, sweep, tell
from tests.factories import STAFF, make_check, make_report
from tests.faults.at_once import at_once
from tests.running.processes import until
from tracker.actions.correcting import correct
from tracker.alerts import fanout, outbox, readers
from tracker.alerts.addresses import OBJECTED, digest_of, suspend
from tracker.alerts.links import manage_link, stop_link
from tracker.alerts.transports.base import TransportError
from tracker.models import (
    Address,
    Addressee,
    Asking,
    FollowRequest,
    Message,
    MessageState,
    Notice,
    Subscription,
)
from tracker.vocabulary import Channel, News

pytestmark = pytest.mark.django_db

KINDS = [News.ANSWERED.value]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def form(email: str = "eve@example.org", **values: Any) -> dict[str, Any]:
    return {"email": email, "channel": "at_once", "kinds": KINDS, **values}


def ask(client: Client, email: str = "eve@example.org", place: str = "/follow/", **extra: Any) -> Any:
    return client.post(place, form(email), **extra)


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def link_in(mail: Any, part: str) -> str:
    return path_of(re.search(rf"https?://\S+/follow/{part}/\S+/", mail.text)[0])


def make_reader(
    client: Client, box: Box, email: str = "eve@example.org", place: str = "/follow/?report=safe-to-share"
) -> Address:
    """Somebody who asked, got the link, and pressed the button."""
    ask(client, email, place)
    [mail] = send_due(box)
    assert client.post(link_in(mail, "confirm")).status_code == 200
    return Address.objects.get(email=email)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def test_the_whole_way_from_asking_to_an_alert(client: Client) -> None:
    asked, box = make_asked(followed=False), Box()
    note(AT)
    reader = make_reader(client, box)
    with time_machine.travel(AT + SOON, tick=False):
        make_letter(asked, at=AT + SOON)
    [mail] = tell(box, AT + SOON)
    assert mail.to == "eve@example.org" and reader.confirmed_at == AT
    assert mail.subject == "Home Office: Accepted (Safe to share?)"
    assert "you asked to hear of the report “Safe to share?”" in mail.text
    assert manage_link(reader) in mail.text and stop_link(reader) in mail.html
    assert mail.unsubscribe == stop_link(reader)
    assert "/admin/" not in mail.text + mail.html


def test_opening_the_link_confirms_nothing(client: Client) -> None:
    make_asked(followed=False)
    ask(client, place="/follow/?report=safe-to-share")
    [mail] = send_due(Box())
    place = link_in(mail, "confirm")
    for method in (client.get, client.head, client.get):
        assert method(place).status_code == 200
    assert Subscription.objects.count() == 0 and Address.objects.get().confirmed_at is None
    client.post(place)
    assert Subscription.objects.count() == 1
    assert client.post(place).status_code == 404, "it is used up"
    assert Subscription.objects.count() == 1


def test_what_is_answered_is_the_same_for_every_address(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    make_reader(client, box, "known@example.org")
    make_reader(client, box, "bounced@example.org")
    suspend("bounced@example.org", "it bounced", at=AT)
    ask(client, "waiting@example.org", "/follow/?report=safe-to-share")
    for _ in range(5):
        ask(client, "often@example.org", "/follow/?report=safe-to-share")
    answers = {
        (answer.status_code, answer.content, tuple(sorted(answer.headers.items())))
        for email in ("known", "bounced", "waiting", "often", "new")
        if (answer := ask(client, f"{email}@example.org", "/follow/?report=safe-to-share"))
    }
    assert len({content for _, content, _ in answers}) == 1
    assert len({status for status, _, _ in answers}) == 1
    assert all(not answer.cookies for answer in [ask(client)])


def test_three_mails_in_six_hours_to_one_address_however_it_is_spelt(client: Client) -> None:
    make_asked(followed=False)
    spellings = ("e.v.e@example.org", "eve+1@example.org", "EVE@example.org", "ev.e+x+y@Example.org")
    for email in spellings:
        ask(client, email)
    box = Box()
    assert len(send_due(box)) == 3
    with time_machine.travel(AT + timedelta(hours=5, minutes=59), tick=False):
        ask(client, "eve@example.org")
    assert send_due(box, AT + timedelta(hours=6)) == []
    with time_machine.travel(AT + timedelta(hours=6, seconds=1), tick=False):
        ask(client, "eve@example.org")
    assert len(send_due(box, AT + timedelta(hours=7))) == 1


def test_two_people_whose_addresses_fold_alike_are_two(client: Client) -> None:
    """Not every mail server folds dots: what is for one is never sent to the other."""
    make_asked(followed=False)
    box = Box()
    make_reader(client, box, "ab@example.org")
    make_reader(client, box, "a.b@example.org")
    assert set(Address.objects.values_list("email", flat=True)) == {"ab@example.org", "a.b@example.org"}


def test_a_network_asks_so_often(client: Client, settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(readers.ASKED_BY_A_NETWORK):
        seen = f"203.0.113.{number}"
        assert ask(client, f"p{number}@example.org", headers={"X-Forwarded-For": seen}).status_code == 200
    for forged in ("203.0.113.200", "198.51.100.1, 203.0.113.9"):
        answer = ask(client, "more@example.org", headers={"X-Forwarded-For": forged})
        assert answer.status_code == 429 and not Address.objects.filter(email="more@example.org").exists()
    other = ask(client, "more@example.org", headers={"X-Forwarded-For": "198.51.100.1"})
    assert other.status_code == 200
    for number in range(readers.ASKED_BY_A_NETWORK + 1):
        seen = f"2001:db8:1:2:{number:x}::1"
        answer = ask(client, f"q{number}@example.org", headers={"X-Forwarded-For": seen})
    assert answer.status_code == 429
    assert not re.search(r"203|example", " ".join(Asking.objects.values_list("who", flat=True)[:1]))


def test_what_nobody_confirms_is_forgotten_after_seven_days(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    ask(client, "never@example.org")
    [mail] = send_due(box)
    make_reader(client, box, "kept@example.org")
    assert readers.forget_unconfirmed(at=AT + timedelta(days=7) - SOON) == 0
    assert readers.forget_unconfirmed(at=AT + timedelta(days=7)) == 1
    assert not Address.objects.filter(email="never@example.org").exists()
    assert not Asking.objects.exists()
    with time_machine.travel(AT + timedelta(days=7, seconds=1), tick=False):
        assert client.post(link_in(mail, "confirm")).status_code == 404
    assert readers.forget_unconfirmed(at=AT + timedelta(days=9)) == 0


def test_no_plain_address_stays_that_follows_nothing(client: Client) -> None:
    """One stopped its last filter while a link waited; another's mail came back before it was confirmed."""
    make_asked(followed=False)
    box = Box()
    reader = make_reader(client, box)
    ask(client, "eve@example.org", kinds=["answered"], channel="weekly", report="safe-to-share")
    readers.stop(Subscription.objects.get(), at=AT)
    ask(client, "nobody@example.org")
    note()
    nobody = "the address was refused: 550 5.1.1 <nobody@example.org>: unknown"
    box.errors = [TransportError(nobody, permanent=True, nobody=True)] * 2
    send_due(box)
    assert readers.forget_unconfirmed(at=AT + timedelta(days=8)) >= 1
    assert {*Address.objects.values_list("email", flat=True)} == {""}
    assert Address.objects.get(digest=digest_of("nobody@example.org")).suspended_at
    kept = [str(vars(row)) for model in (Address, Message) for row in model.objects.all()]
    assert not any("@example.org" in row for row in kept if "ada" not in row)
    assert reader.pk


@pytest.mark.django_db(transaction=True)
def test_who_stops_while_notices_are_made_gets_none_of_them(client: Client) -> None:
    """The fan-out is half-way when somebody stops: they wait for it, and what it made goes with the rest."""
    asked, box = make_asked(followed=False), Box()
    note(AT)
    reader = make_reader(client, box)
    make_letter(asked, at=AT + SOON)
    stopping = threading.Thread(target=at_once, args=(lambda: readers.stop_all(reader, at=AT + SOON),))
    with transaction.atomic():
        assert fanout.make_notices(at=AT + SOON) == 1
        assert Message.objects.filter(address=reader, purpose="news").exists()
        stopping.start()
        until(lambda: somebody_waits() or not stopping.is_alive())
    stopping.join(30)
    assert not stopping.is_alive()
    assert not Notice.objects.exists() and not Message.objects.filter(address=reader).exists()
    assert Address.objects.get().email == ""
    assert send_due(box) == []


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def test_one_click_stops_what_is_queued_and_leaves_a_hash(client: Client) -> None:
    """A mail is due, and another waits for its second attempt with its words written: neither is sent."""
    asked = make_asked(followed=False)
    box = Box()
    note(AT)
    reader = make_reader(client, box)
    make_letter(asked, at=AT + SOON)
    note(AT + SOON)
    box.errors = [TransportError("busy")]
    assert send_due(box, AT + SOON) == []
    make_letter(asked, at=AT + 2 * SOON, position="noted")
    note(AT + 2 * SOON)
    assert Message.objects.filter(state=MessageState.PENDING).count() == 2
    answer = client.post(path_of(stop_link(reader)), ONE_CLICK)
    assert answer.status_code == 200 and not answer.cookies
    assert send_due(box, AT + timedelta(days=1)) == []
    assert Subscription.objects.count() == Notice.objects.count() == Message.objects.count() == 0
    reader.refresh_from_db()
    assert (reader.email, reader.confirmed_at) == ("", None)
    assert len(reader.digest) == 64 and "eve" not in str(vars(reader))
    assert client.post(path_of(stop_link(reader)), ONE_CLICK).status_code == 200
    assert client.get(path_of(manage_link(reader))).status_code == 404
    assert make_reader(client, box).pk == reader.pk, "who comes back is welcome"


def test_opening_the_stop_link_stops_nothing(client: Client) -> None:
    make_asked(followed=False)
    reader = make_reader(client, Box())
    assert "Stop all mail?" in client.get(path_of(stop_link(reader))).content.decode()
    assert Subscription.objects.count() == 1


def test_who_objects_is_not_asked_again(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    ask(client)
    [mail] = send_due(box)
    client.post(link_in(mail, "stop"), {"for_good": "1"})
    ask(client)
    assert send_due(box) == []
    assert Address.objects.get().email == "" and Address.objects.get().suspended_because == OBJECTED


def test_a_link_is_for_one_purpose_and_one_reader(client: Client) -> None:
    make_asked(followed=False)
    reader = make_reader(client, Box())
    stopping, managing = (path_of(link).split("/")[3] for link in (stop_link(reader), manage_link(reader)))
    assert client.get(f"/follow/mine/{stopping}/").status_code == 404
    assert client.get(f"/follow/mine/{managing}x/").status_code == 404
    assert client.post(f"/follow/confirm/{managing}/").status_code == 404
    client.post(f"/follow/stop/{managing}/", ONE_CLICK)
    assert Subscription.objects.count() == 1


def test_the_page_of_what_one_follows(client: Client) -> None:
    asked = make_asked(followed=False)
    make_asked(title="Another report", followed=False)
    box = Box()
    reader = make_reader(client, box)
    make_reader(client, box, place="/follow/?report=another-report&status=rejected,accepted")
    place = path_of(manage_link(reader))
    page = client.get(place).content.decode()
    assert "the report “Safe to share?”" in page and "status: accepted or not accepted" in page
    first, second = Subscription.objects.order_by("pk")
    client.post(place, {"subscription": first.pk, "channel": "weekly"})
    first.refresh_from_db()
    assert first.channel == Channel.WEEKLY
    for wrong in (
        {"subscription": "x"},
        {"subscription": "9" * 40},
        {"subscription": first.pk, "channel": "hourly"},
    ):
        assert client.post(place, wrong).status_code == 200
    client.post(place, {"subscription": second.pk, "stop": "one"})
    assert [*Subscription.objects.all()] == [first]
    client.post(place, {"stop": "all"})
    assert Address.objects.get().email == ""
    assert asked


def test_nobody_changes_what_another_follows(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    eve, ben = make_reader(client, box), make_reader(client, box, "ben@example.org")
    client.post(path_of(manage_link(eve)), {"subscription": ben.subscriptions.get().pk, "stop": "one"})
    assert ben.subscriptions.count() == 1


def test_a_mail_of_two_filters_is_written_anew_when_one_is_stopped(client: Client) -> None:
    [first], [second] = make_asked(followed=False), make_asked(title="Another report", followed=False)
    box = Box()
    note(AT)
    reader = make_reader(client, box)
    make_reader(client, box, place="/follow/?report=another-report")
    make_letter([first, second], at=AT + SOON)
    note(AT + SOON)
    box.errors = [TransportError("busy")]
    send_due(box, AT + SOON)
    assert "Another report" in box.tried[-1].text
    wanted = {"report": "another-report"}
    readers.stop(Subscription.objects.get(address=reader, interest__wanted=wanted), at=AT + SOON)
    [mail] = send_due(box, AT + timedelta(hours=1))
    assert "Another report" not in mail.text and mail.message_id == box.tried[-2].message_id


def test_the_same_filter_is_followed_once(client: Client) -> None:
    make_asked(followed=False)
    box = Box()
    reader = make_reader(client, box)
    client.post("/follow/?report=safe-to-share", form(channel="daily", kinds=["answered", "withdrawn"]))
    [mail] = send_due(box)
    client.post(link_in(mail, "confirm"))
    followed = Subscription.objects.get(address=reader)
    assert (followed.channel, followed.kinds) == (Channel.DAILY, ["answered", "withdrawn"])


def test_a_draft_is_followed_as_what_never_was(client: Client) -> None:
    make_report("A secret draft", published=False)
    draft, never = (client.get(f"/follow/?report={name}") for name in ("a-secret-draft", "never-was"))
    assert (draft.status_code, draft.content) == (
        never.status_code,
        never.content,
    ) and draft.status_code == 404
    with pytest.raises(ValidationError) as raised:
        readers.ask(
            email="eve@example.org", wanted={"report": "a-secret-draft"}, kinds=KINDS, channel=Channel.DAILY,
            network="x", at=AT,
        )  # fmt: skip
    assert list(raised.value.message_dict) == ["report"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "no address"}, "Enter a valid email address"),
        ({"email": "a@b.org\r\nBcc: c@d.org"}, "Enter a valid email address"),
        ({"email": f"{'a' * 300}@b.org"}, "at most 254"),
        ({"kinds": []}, "Choose at least one kind of news"),
        ({"kinds": ["deadline_missed"]}, "Select a valid choice"),
        ({"channel": "webhook"}, "Select a valid choice"),
    ],
)
def test_bad_input_says_what_is_wrong(client: Client, wrong: dict[str, Any], said: str) -> None:
    answer = client.post("/follow/", {**form(), **wrong})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert FollowRequest.objects.count() == Message.objects.count() == 0


@pytest.mark.parametrize(
    "place", ["/follow/?colour=red", "/follow/?status=red", "/follow/?family=1", "/follow/?due_before=soon"]
)
def test_a_filter_that_no_list_knows_is_refused(client: Client, place: str) -> None:
    for answer in (client.get(place), client.post(place, form())):
        assert answer.status_code == 400
        assert "This cannot be followed" in answer.content.decode()


def test_the_link_has_two_headers_and_the_letter_its_words(client: Client) -> None:
    [addressee] = make_asked(followed=False)
    nasty = {"title": "Safe\r\nBcc: all@example.org <b>"}
    correct(fact=addressee.recommendation.report, values=nasty, reason="As printed", by=STAFF, at=AT)
    ask(client, place="/follow/?report=safe-to-share")
    [mail] = send_due(Box())
    assert mail.subject.startswith("Please confirm: hear of the report “Safe Bcc: all@example.org <b>”")
    assert "\nBcc:" not in mail.text and "<b>" not in mail.html
    assert mail.unsubscribe in mail.text
    for words in ("somebody, we hope you", "You get this mail because", "do nothing"):
        assert words in mail.text and words in mail.html


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_send_three_links() -> None:
    make_asked(followed=False)

    def asking(n: int) -> Callable[[], None]:
        asked = {"wanted": {}, "kinds": KINDS, "channel": Channel.DAILY, "network": str(n), "at": AT}
        return lambda: readers.ask(email=f"e.ve+{n}@example.org", **asked)

    at_once(*(asking(n) for n in range(8)))
    assert Message.objects.count() == readers.LINKS_TO_AN_ADDRESS


def test_whoever_was_told_of_a_silence_that_was_none_gets_the_correction(client: Client) -> None:
    """A check made a missed deadline public; then a letter of before it turns up, too old to be news by itself."""
    [addressee] = make_asked(followed=False)
    late = AT + timedelta(days=60)
    note(AT - timedelta(days=10))
    client.post("/follow/?report=safe-to-share", form(kinds=["status_changed"]))
    [letter] = send_due(box := Box())
    client.post(link_in(letter, "confirm"))
    sweep(AT)
    make_check(addressee, checked_on=AT.date(), at=AT + SOON)
    [told] = tell(box, AT + SOON)
    assert told.subject.startswith("Home Office: status changed: No response on record")
    make_letter([addressee], answered="2026-02-20", at=late)
    [corrected] = tell(box, late)
    assert (
        corrected.subject
        == "Correction: Home Office: no missed deadline to answer after all (Safe to share?)"
    )
    assert corrected.to == "eve@example.org"


def test_an_address_that_nobody_has_is_written_to_no_more(client: Client) -> None:
    make_letter(make_asked(followed=False))
    box = Box()
    reader = make_reader(client, box)
    for error, suspended in (("blocked", False), ("nobody", True)):
        make_letter([Addressee.objects.get()], at=AT + SOON)
        note(AT + SOON)
        refused = TransportError(
            "the address was refused: 550 5.1.1", permanent=True, nobody=error == "nobody"
        )
        box.errors = [refused]
        send_due(box, AT + SOON)
        reader.refresh_from_db()
        assert bool(reader.suspended_at) is suspended
    assert reader.suspended_because == outbox.NOBODY
    make_letter([Addressee.objects.get()], at=AT + 2 * SOON)
    note(AT + 2 * SOON)
    assert send_due(box, AT + timedelta(days=1)) == []
