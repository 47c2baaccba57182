"""Every kind of news that the public can follow: it is told, and its mail names body, what is so, and report."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.alerts.world import ASKED_AT, AT, SOON, Box, make_asked, make_letter, note, send_due, sweep, tell
from tests.factories import (
    STAFF,
    make_addressee,
    make_assessment,
    make_body,
    make_check,
    make_extension,
    make_recommendation,
    make_silence,
)
from tracker.actions.correcting import correct
from tracker.actions.deadlines import set_deadlines
from tracker.actions.entering import link_recommendations
from tracker.actions.publishing import publish, withdraw
from tracker.alerts import interests, reminders
from tracker.models import Address, Addressee, Answer, Link
from tracker.vocabulary import PUBLIC_NEWS, Channel, Clock, LinkKind, News, Relation, Strength

pytestmark = pytest.mark.django_db


def answered(addressee: Addressee) -> None:
    make_letter([addressee], position="rejected", at=AT)


def silence(addressee: Addressee) -> None:
    make_silence(addressee, checked_on=date(2026, 3, 2))


def moved(addressee: Addressee) -> None:
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=AT)


def promise(addressee: Addressee) -> None:
    make_letter([addressee], answered="2026-01-20", at=ASKED_AT + timedelta(days=16))
    set_deadlines(
        addressees=[addressee], clock=Clock.ACT, on=date(2026, 2, 28), basis="They said so.",
        strength=Strength.STATED, by=STAFF, at=ASKED_AT + timedelta(days=17),
    )  # fmt: skip
    note(AT - SOON)
    sweep(AT)
    make_check(addressee, checked_on=AT.date(), clock=Clock.ACT, at=AT)


def delivered(addressee: Addressee) -> None:
    make_assessment(addressee, assessed="2026-02-20", at=AT)


def corrected(addressee: Addressee) -> None:
    ask = addressee.recommendation
    correct(fact=ask, values={"text": "Stop all of it."}, reason="As printed", by=STAFF, at=AT)


def withdrawn(addressee: Addressee) -> None:
    make_letter([addressee], at=ASKED_AT + timedelta(days=54))
    note(AT - SOON)
    withdraw(facts=[Answer.objects.get()], reason="Not theirs", by=STAFF, at=AT)


def again(addressee: Addressee) -> None:
    later = make_recommendation("Stop it now", report=addressee.recommendation.report, number="2", at=AT)
    link = Link(
        recommendation=later, other=addressee.recommendation, kind=LinkKind.REPEATS, relation=Relation.SAME
    )
    link_recommendations(links=[link], by=STAFF, at=AT)
    publish(facts=[link], by=STAFF, at=AT)


def added(addressee: Addressee) -> None:
    """Within thirty days of the ask: later it would be history being filled in, for digests only."""
    at = ASKED_AT + timedelta(days=2)
    make_addressee(recommendation=addressee.recommendation, body=make_body("Another office", at=at), at=at)


def soon(_: Addressee) -> None:
    reminders.remind(at=AT - timedelta(days=5))


HAPPENINGS: dict[News, tuple[Callable[[Addressee], Any], str]] = {
    News.ANSWERED: (answered, "Home Office: Not accepted (our reading) (Safe to share?)"),
    News.STATUS_CHANGED: (answered, "Home Office: Not accepted (our reading) (Safe to share?)"),
    News.SILENCE_CONFIRMED: (silence, "Home Office: silence confirmed: No response found"),
    News.DEADLINE_MOVED: (moved, "Home Office: The time to answer ends on 1 April 2026 (Safe to share?)"),
    News.DUE_SOON: (soon, "Home Office: The time to answer ends in 4 days, on 1 March 2026 (Safe to share?)"),
    News.PROMISE_MISSED: (promise, "Home Office: time to act missed: Accepted (Safe to share?)"),
    News.DELIVERED: (delivered, "Home Office: Implemented (the body's own claim) (Safe to share?)"),
    News.CORRECTED: (corrected, "Home Office: corrected: No response on record"),
    News.WITHDRAWN: (withdrawn, "Correction: Home Office: an answer was withdrawn (Safe to share?)"),
    News.ASKED_AGAIN: (again, "Home Office: recommended again: No response on record"),
    News.ADDED: (added, "Another office: added to the register: No response on record"),
}


@pytest.mark.parametrize("news", HAPPENINGS)
def test_every_kind_names_body_status_and_report(news: News) -> None:
    [addressee] = make_asked(followed=False)
    note(ASKED_AT)
    reader = Address.objects.create(
        email="eve@example.org", digest="x", created_at=ASKED_AT, confirmed_at=ASKED_AT
    )
    interests.follow(reader=reader, wanted={}, kinds=[news], channel=Channel.AT_ONCE, at=ASKED_AT + SOON)
    happens, subject = HAPPENINGS[news]
    happens(addressee)
    moment = AT + timedelta(days=31) if news == News.SILENCE_CONFIRMED else AT
    box = Box()
    if news == News.DUE_SOON:
        [mail] = send_due(box, AT - timedelta(days=5))
    else:
        [mail] = tell(box, moment)
    assert mail.subject.startswith(subject), mail.subject
    assert "(Safe to share?)" in mail.subject
    assert "Recommendation 1: Stop it" in mail.text and "What you can do:" in mail.text
    assert "you asked to hear of everything in the register" in mail.text
    assert mail.unsubscribe


def test_every_public_kind_is_tried() -> None:
    """Contested is told by the branch of challenges: tests/alerts/ there."""
    assert {*PUBLIC_NEWS} - {*HAPPENINGS} == {News.CONTESTED}
