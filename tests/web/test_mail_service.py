"""A mail service tells what bounced and who complained: as Postmark posts it, by its own documentation."""

from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.alerts.world import AT, SOON, Box, make_asked, make_follower, make_letter, note, send_due
from tests.factories import make_user
from tracker.alerts import addresses, interests, readers
from tracker.alerts.outbox import new_mail
from tracker.models import Address, Message, MessageState
from tracker.vocabulary import Channel, News, Purpose, StaffRole
from tracker.web import mail_service

pytestmark = pytest.mark.django_db
PLACE, DESK = "/mail/postmark/", "/admin/tracker/address/"
BASIC = "Basic cG9zdG1hcms6YSBsb25nIHdvcmQ="  # postmark:a long word
BOUNCE = {
    "RecordType": "Bounce",
    "MessageStream": "outbound",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Name": "Hard bounce",
    "Tag": "",
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "ServerID": 23,
    "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    "Details": "smtp;550 5.1.1 <Eve@example.org> unknown",
    "Email": "Eve@example.org",
    "From": "register@example.org",
    "BouncedAt": "2026-03-02T09:00:00Z",
    "DumpAvailable": True,
    "Inactive": True,
    "CanActivate": True,
    "Subject": "Home Office: Accepted",
    "Metadata": {},
}
COMPLAINT = {
    **BOUNCE,
    "RecordType": "SpamComplaint",
    "Type": "SpamComplaint",
    "TypeCode": 512,
    "Name": "Spam complaint",
    "Description": "The subscriber explicitly marked this message as spam.",
    "CanActivate": False,
}


@pytest.fixture
def configured(settings: LazySettings) -> None:
    whole = import_module(str(settings.ROOT_URLCONF))  # as it is without one
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:a long word"}
    urls = ModuleType("urls_with_a_mail_service")
    urls.__dict__.update(vars(whole), urlpatterns=[*whole.urlpatterns, *mail_service.routes()])
    settings.ROOT_URLCONF = urls


def reader(email: str = "eve@example.org") -> Address:
    address = Address.objects.create(
        email=email, digest=addresses.digest_of(email), created_at=AT - SOON, confirmed_at=AT - SOON
    )
    interests.follow(reader=address, wanted={}, kinds=[News.ANSWERED], channel=Channel.AT_ONCE, at=AT - SOON)
    return address


def told(client: Client, said: Any, word: str = BASIC) -> int:
    return client.post(
        PLACE, said, content_type="application/json", headers={"Authorization": word}
    ).status_code


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (BOUNCE, "Postmark says that mail to it came back"),
        (
            {**BOUNCE, "Type": "BadEmailAddress", "TypeCode": 100000},
            "Postmark says that mail to it came back",
        ),
        (COMPLAINT, "Postmark says that its reader complained of our mail"),
    ],
)
def test_to_whom_mail_came_back_or_who_complained_nothing_is_sent(
    client: Client, said: dict[str, Any], why: str
) -> None:
    address, other = reader(), reader("adam@example.org")
    make_letter(make_asked(followed=False))
    note()
    assert told(client, said) == told(client, said) == 200
    address.refresh_from_db()
    assert address.suspended_at is not None and address.suspended_because == why
    box = Box()
    assert [mail.to for mail in send_due(box)] == [other.email]
    message = Message.objects.get(address=address)
    assert (message.state, message.outcome) == (MessageState.DROPPED, f"the address is suspended: {why}")


@pytest.mark.usefixtures("configured")
def test_mail_that_comes_back_stops_an_account_and_whom_we_write_letters_to_as_well(client: Client) -> None:
    [addressee] = make_asked(followed=False)
    eve = make_follower(addressee.recommendation.report, "eve")
    adam = make_follower(addressee.recommendation.report, "adam")
    new_mail(at=AT, purpose=Purpose.LETTER, mail_to=eve.email, subject="A", text="B", html="<p>B</p>").save()
    make_letter([addressee])
    note()
    assert told(client, BOUNCE) == 200
    assert [mail.to for mail in send_due(Box())] == [adam.email]
    stopped = Message.objects.filter(state=MessageState.DROPPED)
    assert {message.outcome for message in stopped} == {
        "the address is suspended: Postmark says that mail to it came back"
    }
    assert stopped.count() == 2
    assert Address.objects.get().email == "", "who follows nothing without an account is kept as a hash alone"
    client.force_login(eve)
    assert "Nothing is sent to your address eve@example.org" in client.get("/admin/").content.decode()
    client.force_login(adam)
    assert "Nothing is sent" not in client.get("/admin/").content.decode()


def test_who_objects_to_mail_without_an_account_still_has_that_of_their_account() -> None:
    [addressee] = make_asked(followed=False)
    eve = make_follower(addressee.recommendation.report, "eve")
    readers.stop_all(reader(eve.email), at=AT, for_good=True)
    make_letter([addressee])
    note()
    assert [mail.to for mail in send_due(Box())] == [eve.email]


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    "said",
    [
        {**BOUNCE, "Type": "Transient", "TypeCode": 2},
        {**BOUNCE, "Type": "VirusNotification"},
        {
            "RecordType": "Delivery",
            "MessageID": BOUNCE["MessageID"],
            "Recipient": "eve@example.org",
            "DeliveredAt": "2026-03-02T09:00:00Z",
            "Details": "Test delivery webhook details",
            "Metadata": {},
        },
    ],
)
def test_what_says_nothing_of_the_address_suspends_nobody(client: Client, said: dict[str, Any]) -> None:
    reader()
    assert told(client, said) == 200
    assert not Address.objects.exclude(suspended_at=None).exists()


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("word", ["", "Basic cG9zdG1hcms6YW5vdGhlcg==", "Bearer postmark:a long word"])
def test_who_does_not_know_the_word_is_not_heard(client: Client, word: str) -> None:
    reader()
    assert told(client, BOUNCE, word) == 400
    assert not Address.objects.exclude(suspended_at=None).exists()


def test_an_administrator_has_it_written_to_again(client: Client) -> None:
    address = reader()
    addresses.suspend(address.email, "Postmark says that mail to it came back", at=AT)
    client.force_login(make_user("ada", StaffRole.ADMINISTRATOR))
    assert "came back" in client.get(DESK, {"q": "EVE@example.org"}).content.decode()
    assert "came back" not in client.get(DESK, {"q": "adam@example.org"}).content.decode()
    done = client.post(f"{DESK}act/lift/", {"facts": address.pk, "act": "lift"})
    assert done.status_code == 302, done.content
    make_letter(make_asked(followed=False))
    note()
    assert [mail.to for mail in send_due(Box())] == [address.email]


def test_without_a_service_there_is_no_such_page(client: Client, settings: LazySettings) -> None:
    assert mail_service.routes() == []
    assert told(client, BOUNCE) == 404
    settings.MAIL_SERVICE = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="postmark"):
        mail_service.routes()
