"""Claim, commit, send, mark: failures, leases, and the same mail each time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from tests.alerts.world import AT, SOON, Box, make_asked, make_follower, make_letter, note, tell
from tests.factories import STAFF
from tracker.actions.correcting import correct
from tracker.alerts import fanout, messages, outbox
from tracker.alerts.news import Line
from tracker.alerts.transports.base import Mail, TransportError
from tracker.models import Message, MessageState, Notice, User
from tracker.queries.deliveries import LATE, sending

pytestmark = pytest.mark.django_db


def the_message() -> Message:
    return Message.objects.get()


def test_a_dead_mail_server_delays_the_same_mail() -> None:
    [answer] = make_letter(make_asked())
    box = Box(TransportError("connection refused"), TransportError("connection refused"))
    assert tell(box) == []
    assert (the_message().state, the_message().attempts) == (MessageState.PENDING, 1)
    assert the_message().outcome == "connection refused"
    assert tell(box, AT + SOON / 2) == [], "not before its time"
    assert len(box.tried) == 1
    answer.refresh_from_db()
    correct(fact=answer, values={"summary": "Other words"}, reason="Read again", by=STAFF, at=AT)
    assert tell(box, AT + SOON) == []
    assert len(tell(box, AT + SOON + timedelta(minutes=5))) == 1
    assert len(set(box.tried)) == 1, "every attempt is the same mail, whatever was corrected meanwhile"
    assert the_message().state == MessageState.SENT


def test_a_permanent_refusal_fails_at_once_with_its_reason() -> None:
    make_letter(make_asked())
    box = Box(TransportError("550 no such user", permanent=True))
    tell(box)
    assert (the_message().state, the_message().outcome) == (MessageState.FAILED, "550 no such user")
    assert tell(box, AT + timedelta(days=9)) == []
    assert len(box.tried) == 1


def test_after_ten_attempts_in_three_days_it_is_given_up() -> None:
    make_letter(make_asked())
    box = Box(*[TransportError("connection refused")] * 99)
    note()
    moment = AT
    while (message := the_message()).state == MessageState.PENDING:
        moment = message.next_attempt_at
        outbox.send_due_messages(clock=lambda: moment, transport=box)  # noqa: B023
    assert message.state == MessageState.FAILED
    assert len(box.tried) == 10
    assert timedelta(days=2) < moment - AT < timedelta(days=4)


def test_a_poison_row_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    [addressee] = make_asked()
    make_follower(addressee.recommendation.report, "ben")
    make_letter([addressee])
    write = messages.write

    def poisoned(notices: Sequence[Notice], *, to: User, on: date) -> messages.Words:
        if str(to) == "ada":
            raise ZeroDivisionError("poison")
        return write(notices, to=to, on=on)

    monkeypatch.setattr(messages, "write", poisoned)
    assert [mail.to for mail in tell(Box())] == ["ben@example.org"]
    poison = Message.objects.get(user__username="ada")
    assert (poison.state, poison.outcome) == (
        MessageState.PENDING,
        "a fault of ours: ZeroDivisionError: poison",
    )
    monkeypatch.undo()
    assert [mail.to for mail in tell(Box(), AT + SOON)] == ["ada@example.org"]


def test_a_dead_database_is_no_fault_of_the_message() -> None:
    make_letter(make_asked())
    note()
    with pytest.raises(OperationalError):
        outbox.send_due_messages(clock=lambda: AT, transport=Box(OperationalError("gone")))
    assert the_message().state == MessageState.SENDING


def test_a_message_that_is_being_sent_is_taken_by_nobody_else() -> None:
    make_letter(make_asked())
    note()
    other = Box()

    class Slow(Box):
        def send(self, mail: Mail) -> None:
            outbox.send_due_messages(clock=lambda: AT + SOON, transport=other)
            super().send(mail)

    slow = Slow()
    outbox.send_due_messages(clock=lambda: AT, transport=slow)
    assert (len(slow.sent), len(other.tried)) == (1, 0)


def test_what_a_killed_worker_left_is_sent_again_as_the_same_mail() -> None:
    make_letter(make_asked())
    note()

    class Killed(Box):
        def send(self, mail: Mail) -> None:
            super().send(mail)
            raise SystemExit

    killed, box = Killed(), Box()
    with pytest.raises(SystemExit):
        outbox.send_due_messages(clock=lambda: AT, transport=killed)
    assert tell(box, AT + SOON) == []
    assert tell(box, AT + outbox.LEASE) == killed.sent
    assert the_message().state == MessageState.SENT


def test_a_line_that_cannot_be_told_stops_no_other_and_is_told_when_it_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = make_asked(2)
    note(AT - timedelta(days=1))
    bad = make_letter([first])[0].pk
    make_letter([second])
    real = fanout.news_of

    def news_of(line: Line, *rest: Any) -> Any:
        if (line.kind, line.subject_id) == ("answer.published", bad):
            raise ZeroDivisionError("poison")
        return real(line, *rest)

    monkeypatch.setattr(fanout, "news_of", news_of)
    box = Box()
    assert [mail.subject for mail in tell(box)] == ["Force 02: Accepted (Safe to share?)"]
    assert tell(box, AT + timedelta(minutes=1)) == [], "and the others are told once"
    late = AT + LATE + timedelta(minutes=1)
    assert sending(late).lines_left_out > 0 and sending(late).is_late
    monkeypatch.setattr(fanout, "news_of", real)
    assert [mail.subject for mail in tell(box, late)] == ["Force 01: Accepted (Safe to share?)"]
    assert not sending(late).lines_left_out and not sending(late).is_late


def test_where_no_line_can_be_told_nothing_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    make_letter(make_asked())
    monkeypatch.setattr(fanout, "MOST_LEFT_OUT", 3)

    def news_of(*_: Any) -> Any:
        raise ZeroDivisionError("poison")

    with monkeypatch.context() as patch:
        patch.setattr(fanout, "news_of", news_of)
        with pytest.raises(RuntimeError, match="lines cannot be told"):
            note()
    assert [mail.subject for mail in tell(Box())] == ["Home Office: Accepted (Safe to share?)"]


def test_a_message_that_kills_each_worker_is_given_up() -> None:
    make_letter(make_asked())
    note()
    moment, tries = AT, 0
    while the_message().state != MessageState.FAILED:
        try:
            outbox.send_due_messages(clock=lambda: moment, transport=Box(SystemExit()))  # noqa: B023
        except SystemExit:
            tries += 1
        moment += outbox.LEASE
    assert tries == 10
    assert the_message().outcome.startswith("given up")


def test_a_mark_that_comes_too_late_does_not_undo_the_next_attempt() -> None:
    make_letter(make_asked())
    note()
    other = Box()

    class Late(Box):
        def send(self, mail: Mail) -> None:
            outbox.send_due_messages(clock=lambda: AT + outbox.LEASE, transport=other)
            raise TransportError("timed out after ten minutes")

    outbox.send_due_messages(clock=lambda: AT, transport=Late())
    assert len(other.sent) == 1
    assert the_message().state == MessageState.SENT


def test_a_mail_server_that_hangs_keeps_no_worker_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    [addressee] = make_asked()
    for n in range(5):
        make_follower(addressee.recommendation.report, f"user{n}")
    make_letter([addressee])
    note()
    monkeypatch.setattr(outbox, "RUN_SECONDS", 0.0)
    box = Box()
    outbox.send_due_messages(clock=lambda: AT, transport=box)
    assert box.tried == []
    monkeypatch.setattr(outbox, "RUN_SECONDS", 25)
    outbox.send_due_messages(clock=lambda: AT, transport=box)
    assert len(box.sent) == 6


def test_what_has_waited_longest_goes_first() -> None:
    [addressee] = make_asked()
    moments: list[datetime] = [AT, AT + SOON, AT + 2 * SOON]
    for moment in moments:
        make_letter([addressee], at=moment, summary=f"At {moment}")
        note(moment)
    box = Box()
    outbox.send_due_messages(clock=lambda: AT + 3 * SOON, transport=box)
    assert [mail.dated_at for mail in box.sent] == moments
