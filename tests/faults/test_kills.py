"""kill -9 at random moments: nothing is lost, and what comes twice is the same mail.

What is expected is counted from what the test entered and from what the SMTP server was given, never from the
register's own tables.
"""

import email
import email.policy
import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from tests.alerts.test_email import Sink
from tests.alerts.world import make_asked, make_follower, make_letter
from tests.faults import worker
from tests.running.processes import until
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Event

pytestmark = pytest.mark.django_db(transaction=True)

FOLLOWERS = 2


class Post:
    """What the SMTP server was given so far."""

    def __init__(self, sink: Sink) -> None:
        self.sink, self.read = sink, 0
        self.letters: set[tuple[str, str]] = set()  # reader, letter
        self.copies: dict[str, set[bytes]] = {}  # by Message-ID

    def look(self) -> "Post":
        for raw in self.sink.raw[self.read :]:
            mail = email.message_from_bytes(raw, policy=email.policy.default)
            body = mail.get_body(("plain",))
            assert body is not None
            letter = body.get_content().partition("Letter number ")[2].partition(".")[0]
            self.letters.add((str(mail["To"]), letter))
            self.copies.setdefault(str(mail["Message-ID"]), set()).add(raw)
            self.read += 1
        return self


def count_rows() -> None:
    """As autovacuum would in a register that runs; the tests' server has none. Unasked, plans are those of few rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tell_while_being_killed(kills: int, smtp: tuple[Sink, int], seed: int) -> None:
    """A letter for each kill, told to each follower by workers of which none lives half a second."""
    chance = random.Random(seed)
    sink, port = smtp
    addressees = make_asked(10)
    report = addressees[0].recommendation.report
    readers = {"ada@example.org"}
    for n in range(FOLLOWERS - 1):
        readers.add(make_follower(report, f"user{n}").email)
    expected = set()
    for number in range(kills):
        if number % 20 == 0:
            count_rows()
        told = addressees[number % len(addressees)]
        make_letter([told], summary=f"Letter number {number}.", at=timezone.now(), answered=None)
        expected |= {(reader, str(number)) for reader in readers}
        doomed = worker.start(worker.tell, smtp_port=port)
        time.sleep(chance.uniform(0, 0.3))
        worker.kill(doomed)
    last = worker.start(worker.tell, smtp_port=port)
    post = Post(sink)
    try:
        until(lambda: post.look().letters >= expected, seconds=240)
        time.sleep(2 * worker.LEASE.total_seconds())  # whatever is sent again would be by now
    finally:
        worker.kill(last)
    post.look()
    assert post.letters == expected, "nothing lost, nothing made up"
    assert len(post.copies) == len(expected), "what comes twice has the same Message-ID"
    assert all(len(same) == 1 for same in post.copies.values()), "and the same bytes"


def test_kills_while_mails_are_sent_lose_none(smtp: tuple[Sink, int]) -> None:
    tell_while_being_killed(6, smtp, seed=1)


@pytest.mark.faults
def test_two_hundred_kills_while_mails_are_sent_lose_none(smtp: tuple[Sink, int]) -> None:
    tell_while_being_killed(200, smtp, seed=2)


def sweep_while_being_killed(kills: int, seed: int) -> None:
    """More is due than a worker can record before it is killed; two at a time."""
    chance = random.Random(seed)
    addressees = {addressee.pk for addressee in make_asked(60, followed=False)}
    for _ in range(kills):
        doomed = [worker.start(worker.sweep) for _ in range(2)]
        time.sleep(chance.uniform(0, 0.02))
        for each in doomed:
            worker.kill(each)
    last = worker.start(worker.sweep)
    try:
        until(lambda: not Addressee.objects.filter(answer_missed_on=None).exists())
    finally:
        worker.kill(last)
    recorded = Counter(Event.objects.filter(kind="deadline.missed").values_list("subject_id", flat=True))
    assert recorded == dict.fromkeys(addressees, 1), "each once"
    assert [str(fault) for fault in check_ledger()] == []


def test_kills_while_sweeping_record_each_miss_once() -> None:
    sweep_while_being_killed(3, seed=3)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(10))
def test_many_kills_while_sweeping_record_each_miss_once(seed: int) -> None:
    sweep_while_being_killed(10, seed)
