"""What was sent is kept for as long as it can be sent again, and no longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings

from tests.alerts.partner import Partner, client, make_endpoint, partners
from tests.alerts.world import AT, make_asked, make_letter, seal
from tracker.alerts import calls, endpoints, fanout, pruning
from tracker.models import Attempt, Message, Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def partner(settings: LazySettings) -> Iterator[Partner]:
    with partners(settings) as start:
        yield start()


def send(at: datetime) -> None:
    seal()
    fanout.make_notices(at=at)
    with client() as ours:
        calls.send_due_calls(clock=lambda: at, client=ours)


def test_what_can_be_sent_again_is_kept_to_the_byte(partner: Partner) -> None:
    endpoint = make_endpoint(partner.url)
    make_letter(make_asked(followed=False))
    send(AT)
    later = AT + 29 * DAY
    assert pruning.forget_old_words(at=later) == 0
    assert endpoints.replay(endpoint, since=AT - DAY, at=later) == 1
    send(later)
    first, second = partner.received
    assert (first.id, first.body) == (second.id, second.body)


def test_what_is_older_is_forgotten_but_that_it_was_told(partner: Partner) -> None:
    make_endpoint(partner.url)
    make_letter(make_asked(followed=False))
    send(AT)
    later = AT + 36 * DAY
    assert pruning.forget_old_words(at=later) == 1
    message = Message.objects.get()
    assert (message.state, message.body) == ("sent", None)
    assert not Attempt.objects.exists()
    assert Notice.objects.get().told
    assert endpoints.send_again([message.pk], at=later) == 0, "its bytes would be others"
    assert pruning.forget_old_words(at=later + 3 * DAY) == 0


def test_it_is_done_once_a_day_and_what_waits_is_left_alone(partner: Partner) -> None:
    make_endpoint(partner.url)
    make_letter(make_asked(followed=False))
    partner.always = (500, {})
    send(AT)
    body = Message.objects.get().body
    assert pruning.forget_old_words(at=AT + 36 * DAY) == 0
    assert Message.objects.get().body == body, "it is still to be sent"
    Message.objects.update(state="failed")
    assert pruning.forget_old_words(at=AT + 36 * DAY + timedelta(hours=1)) == 0, "it was done today"
    assert pruning.forget_old_words(at=AT + 39 * DAY) == 1, "three days later"
