"""/metrics: how sending goes, to whoever knows the word."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.alerts.partner import make_endpoint
from tests.alerts.world import AT, SOON, make_asked, make_letter, note, seal
from tracker.models import Endpoint, Message
from tracker.queries.deliveries import LATE, sending

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Bearer wrong", "word", "Bearer w\xf6rd"])
def test_who_does_not_know_the_word_finds_nothing(client: Client, settings: LazySettings, said: str) -> None:
    for word in ("", "word"):
        settings.METRICS_TOKEN = word
        assert client.get("/metrics", headers={"authorization": said}).status_code == 404


def test_prometheus_reads_what_waits(client: Client, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = "word"
    make_endpoint("https://partner.example/")
    make_letter(make_asked(3))
    note()
    page = client.get("/metrics", headers={"authorization": "Bearer word"})
    assert page.headers["content-type"].startswith("text/plain")
    text = page.content.decode()
    assert 'register_alerts_due{way="call"} 3.0' in text
    assert 'register_alerts_due{way="mail"} 1.0' in text
    assert "register_alerts_endpoints 1.0" in text
    assert "register_alerts_unread_lines 0.0" in text


def test_the_oldest_is_as_old_as_it_has_been_due() -> None:
    make_letter(make_asked())
    note()
    assert sending(AT + SOON).oldest_due_seconds == 60
    assert not sending(AT + LATE).is_late
    assert sending(AT + LATE + SOON).is_late
    Message.objects.update(next_attempt_at=AT + timedelta(days=1))
    later = sending(AT + LATE + SOON)
    assert (later.oldest_due_seconds, later.ways[0].retrying) == (0, 1), "what was refused waits for its turn"


@pytest.mark.parametrize(
    ("endpoint", "late"),
    [
        ({}, True),
        ({"failing_since": AT, "failures": 3}, False),
        ({"rests_until": AT + 2 * LATE}, False),
        ({"last_success_at": AT + LATE}, False),
    ],
    ids=["nobody calls it", "it fails", "it asked for a rest", "it is slow, and is called"],
)
def test_an_endpoint_that_fails_or_rests_makes_nobody_late(endpoint: dict[str, object], late: bool) -> None:
    make_endpoint("https://partner.example/")
    make_letter(make_asked(followed=False))
    note()
    Endpoint.objects.update(**endpoint)
    assert sending(AT + LATE + SOON).is_late is late


def test_a_ledger_that_nobody_reads_is_late() -> None:
    asked = make_asked()
    note()
    make_letter(asked)
    seal()
    assert not sending(AT).is_late
    assert sending(AT + LATE + SOON).is_late


def test_what_waits_for_an_endpoint_that_is_switched_off_is_not_late() -> None:
    make_endpoint("https://partner.example/")
    make_letter(make_asked(followed=False))
    note()
    Endpoint.objects.update(disabled_at=AT, disabled_because="it answered 410 Gone")
    assert sending(AT + 2 * LATE).oldest_due_seconds == 0
