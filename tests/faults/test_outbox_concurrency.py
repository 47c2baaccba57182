"""Several workers at once make no notice twice and send no mail twice."""

import pytest

from tests.alerts.world import AT, Box, make_asked, make_follower, make_letter, sweep
from tests.faults.at_once import at_once
from tracker.alerts import fanout, outbox
from tracker.models import AlertCursor, LedgerHead, Message, Notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_readers_at_once_make_each_notice_once(monkeypatch: pytest.MonkeyPatch) -> None:
    addressees = make_asked(4)
    for addressee in addressees[:3]:
        make_letter([addressee])
    sweep()
    monkeypatch.setattr(fanout, "LINES_AT_ONCE", 2)
    at_once(*[lambda: fanout.make_notices(at=AT)] * 4)
    fanout.make_notices(at=AT)
    assert Notice.objects.count() == 4
    assert Message.objects.count() == 4
    assert AlertCursor.objects.get().number == LedgerHead.objects.get().number


def test_reading_while_answers_are_written_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    addressees = make_asked(12)
    monkeypatch.setattr(fanout, "LINES_AT_ONCE", 3)
    done: list[int] = []

    def clerk(few: list) -> None:
        for addressee in few:
            make_letter([addressee])
        done.append(1)

    def reader() -> None:
        while len(done) < 3:
            fanout.make_notices(at=AT)

    at_once(
        *[lambda n=n: clerk(addressees[n::3]) for n in range(3)],
        reader,
        reader,
    )
    fanout.make_notices(at=AT)
    assert Notice.objects.count() == Message.objects.count() == 12


def test_four_senders_at_once_send_each_mail_once() -> None:
    [addressee] = make_asked()
    for n in range(7):
        make_follower(addressee.recommendation.report, f"user{n}")
    for _ in range(3):
        make_letter([addressee])
    fanout.make_notices(at=AT)
    box = Box()
    at_once(*[lambda: outbox.send_due_messages(clock=lambda: AT, transport=box)] * 4)
    assert len(box.sent) == len({mail.message_id for mail in box.sent}) == 24
    assert not Message.objects.exclude(state="sent").exists()
