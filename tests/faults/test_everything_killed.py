"""kill -9 of worker, beat, web and broker at random moments: no event and no delivery is lost, none doubled.

What is expected is counted from the letters that were asked for and from what the sinks were given, never from the
register's own tables.
"""

import json
import random
import time
from collections import defaultdict

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.alerts.partner import Partner, make_endpoint, partners
from tests.alerts.test_email import Sink
from tests.alerts.world import ASKED_AT, make_follower
from tests.factories import STAFF, make_recommendation, make_report, make_source
from tests.faults.clerk import BODIES_A_LETTER
from tests.faults.stage import LEASE, Clerk, stage
from tests.faults.test_kills import Post
from tests.running.processes import until
from tracker.actions.entering import add_bodies
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.ledger.check import check_ledger
from tracker.models import Body
from tracker.vocabulary import BodyKind, Verification

pytestmark = pytest.mark.django_db(transaction=True)

REPORTS = ("First", "Second")


def make_register(addressees: int) -> list[str]:
    """Two reports, each put to half as many bodies as there are addressees; their names in the order of the letters."""
    half = addressees // 2
    source = make_source(at=ASKED_AT)
    bodies = [
        Body(
            name=f"Force {n:04}",
            kind=BodyKind.POLICE_FORCE,
            source=source,
            verification=Verification.EXCERPT,
        )
        for n in range(half)
    ]
    add_bodies(bodies=bodies, by=STAFF, at=ASKED_AT)
    publish(facts=bodies, by=STAFF, at=ASKED_AT)
    names = []
    for title in REPORTS:
        report = make_report(title, dated="2026-01-05", at=ASKED_AT)
        ask = make_recommendation("Stop it", report=report, at=ASKED_AT)
        addressed = address(recommendations=[ask], bodies=bodies, by=STAFF, at=ASKED_AT)
        publish(facts=addressed, by=STAFF, at=ASKED_AT)
        names += [each.ref for each in sorted(addressed, key=lambda each: each.pk)]
        make_follower(report)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as every loader does: nobody waits for PostgreSQL to count for itself
    return names


class Flaky(Partner):
    """One call in four is refused, one in ten breaks off after it was taken."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        chance = random.Random(seed)
        self.decide = lambda: chance.choices([200, 500, 0], [65, 25, 10])[0]


def told_of(partner: Partner) -> dict[tuple[str, str], set[tuple[str, bytes]]]:
    """What a partner was told of: by letter and addressee, the ids and bodies of the calls."""
    found: dict[tuple[str, str], set[tuple[str, bytes]]] = defaultdict(set)
    for got in list(partner.received):
        said = json.loads(got.body)["after"]
        found[said["summary"], said["addressee"]].add((got.id, got.body))
    return found


def _let_something_happen(clerk: Clerk) -> None:
    """Wait for the next letter, but not for long: what is killed before it has begun shows nothing."""
    seen, deadline = len(clerk.seconds), time.monotonic() + 4
    while clerk.is_alive() and len(clerk.seconds) == seen and time.monotonic() < deadline:
        time.sleep(0.02)


def kill_everything(
    *, kills: int, addressees: int, smtp: tuple[Sink, int], settings: LazySettings, seed: int, pause: float
) -> None:
    chance = random.Random(seed)
    names = make_register(addressees)
    letters = addressees // BODIES_A_LETTER
    told = {(f"Letter number {n // BODIES_A_LETTER}.", name) for n, name in enumerate(names)}
    first = {(letter, name) for letter, name in told if name.startswith("first/")}
    with partners(settings) as start, stage(smtp[1]) as register:
        well, slow, flaky = start(), start(), Flaky(seed)
        slow.seconds = 0.1
        expected = {well: told, flaky: first, slow: told - first}
        make_endpoint(well.url)
        make_endpoint(flaky.url, wanted={"report": "first"})
        make_endpoint(slow.url, wanted={"report": "second"})
        clerk = Clerk(register, letters, pause)
        clerk.start()
        for _ in range(kills):
            _let_something_happen(clerk)
            time.sleep(chance.uniform(0.05, 0.5))
            register.kill(chance.choices(["worker", "beat", "web", "valkey"], [5, 2, 2, 1])[0])
        clerk.join(900)
        assert not clerk.is_alive() and clerk.error is None
        post = Post(smtp[0])
        mails = {("ada@example.org", str(number)) for number in range(letters)}
        # How long it takes is not the promise: one that refuses is called in short runs, with rests between them.
        until(lambda: all(told_of(each).keys() >= all_ for each, all_ in expected.items()), seconds=900)
        until(lambda: post.look().letters >= mails, seconds=300)
        time.sleep(LEASE.total_seconds() + 1)  # whatever is sent again would be by now
        flaky.close()
    for partner, all_ in expected.items():
        got = told_of(partner)
        assert got.keys() == all_, "nothing lost, nothing made up"
        assert all(len(same) == 1 for same in got.values()), "every repeat has the same id and the same bytes"
    assert post.look().letters == mails and len(post.copies) == len(mails), "one letter is one mail"
    assert all(len(same) == 1 for same in post.copies.values()), "every repeat is the same mail"
    assert [str(fault) for fault in check_ledger()] == []
    deliveries = sum(len(all_) for all_ in expected.values())
    calls = sum(len(partner.received) for partner in expected)
    print(
        f"\n{kills} kills, {len(names)} addressees, {letters} letters, {deliveries} deliveries by {calls} calls, "
        f"{len(mails)} mails by {len(smtp[0].raw)}; saves: median {sorted(clerk.seconds)[letters // 2]:.3f} s"
    )


def test_ten_kills_lose_nothing(smtp: tuple[Sink, int], settings: LazySettings) -> None:
    kill_everything(kills=10, addressees=40, smtp=smtp, settings=settings, seed=1, pause=0.5)


@pytest.mark.faults
def test_two_hundred_kills_lose_nothing(smtp: tuple[Sink, int], settings: LazySettings) -> None:
    kill_everything(kills=200, addressees=2_500, smtp=smtp, settings=settings, seed=2, pause=0.2)
