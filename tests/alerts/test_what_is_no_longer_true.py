"""Corrections go to who was told, and what stopped being true before it was sent is not sent."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.alerts.world import AT, SOON, Box, make_asked, make_follower, make_letter, note, sweep, tell
from tests.factories import (
    STAFF,
    make_addressee,
    make_assessment,
    make_body,
    make_extension,
    make_recommendation,
    make_user,
)
from tracker.actions.correcting import correct
from tracker.actions.entering import link_recommendations
from tracker.actions.publishing import publish, withdraw
from tracker.alerts import interests, outbox
from tracker.alerts.transports.base import TransportError
from tracker.models import Addressee, Link, Message, MessageState, Notice, Subscription, User
from tracker.vocabulary import Channel, News

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)


def the_message() -> Message:
    return Message.objects.latest("pk")


def test_a_miss_that_was_none_is_corrected_once() -> None:
    addressees = make_asked()
    sweep()
    tell(box := Box())
    make_letter(addressees, answered="2026-02-20", at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject == "Home Office: Accepted with a correction (Safe to share?)"
    assert "Correction. We told you that Home Office missed the time to answer" in mail.text
    assert tell(box, LATER + SOON) == []


def test_an_extension_that_shows_it_was_no_miss_is_a_correction_of_its_own() -> None:
    [addressee] = make_asked()
    sweep()
    tell(box := Box())
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject == "Correction: Home Office: no missed deadline to answer after all (Safe to share?)"


def test_a_late_answer_is_no_correction() -> None:
    addressees = make_asked()
    sweep()
    tell(box := Box())
    make_letter(addressees, answered="2026-03-03", at=LATER)
    [mail] = tell(box, LATER)
    assert "Correction" not in mail.text


def test_who_was_not_told_of_the_miss_gets_no_correction() -> None:
    [addressee] = make_asked()
    sweep()
    tell(box := Box())
    make_follower(addressee.recommendation.report, "ben", at=AT + SOON)
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=LATER)
    assert [mail.to for mail in tell(box, LATER)] == ["ada@example.org"]


def test_a_miss_retracted_before_it_was_sent_is_not_sent_and_neither_is_the_correction() -> None:
    [addressee] = make_asked()
    sweep()
    note()
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=LATER)
    assert tell(Box(), LATER) == []
    assert list(Message.objects.values_list("state", "outcome")) == [
        ("dropped", "it turned out to be no miss"),
        ("dropped", "the notice it corrects was never sent"),
    ]


def test_a_miss_that_was_answered_before_it_was_sent_is_not_sent() -> None:
    addressees = make_asked()
    sweep()
    note()
    make_letter(addressees, answered="2026-03-02", at=LATER)
    [mail] = tell(Box(), LATER)
    assert mail.subject == "Home Office: Accepted (Safe to share?)"
    assert Notice.objects.earliest("pk").dropped_because == "it was answered since"


def test_a_miss_waits_while_somebody_enters_an_answer() -> None:
    addressees = make_asked()
    sweep()
    note()
    [answer] = make_letter(addressees, published=False)
    box = Box()
    assert tell(box) == []
    assert the_message().attempts == 0
    withdraw(facts=[answer, answer.response], reason="Another body's letter", by=STAFF, at=AT + SOON)
    assert tell(box, AT + SOON) == []
    assert len(tell(box, AT + outbox.WAIT)) == 1


def test_a_draft_for_one_body_does_not_delay_the_others() -> None:
    addressees = make_asked(3)
    sweep()
    note()
    [answer] = make_letter(addressees[:1], published=False)
    box = Box()
    [mail] = tell(box)
    assert "Force 01" not in mail.text and "Force 02, Force 03" in mail.text
    withdraw(facts=[answer, answer.response], reason="Another body's letter", by=STAFF, at=AT + SOON)
    [mail] = tell(box, AT + outbox.WAIT)
    assert "Force 01" in mail.text and "Force 02" not in mail.text


def test_an_answer_withdrawn_before_it_was_told_is_not_told() -> None:
    [answer] = make_letter(make_asked())
    note()
    withdraw(facts=[answer], reason="Meant for another report", by=STAFF, at=LATER)
    assert tell(Box(), LATER) == []
    assert Message.objects.earliest("pk").outcome == "the answer was withdrawn since"


def test_an_answer_withdrawn_after_it_was_told_is_told_with_the_reason() -> None:
    [answer] = make_letter(make_asked())
    tell(box := Box())
    withdraw(facts=[answer], reason="Meant for another report", by=STAFF, at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject == "Correction: Home Office: an answer was withdrawn (Safe to share?)"
    assert "Meant for another report" in mail.text
    assert "No response on record, 2 days after the deadline" in mail.text


def test_a_withdrawn_answer_that_was_published_again_is_no_correction() -> None:
    [answer] = make_letter(make_asked())
    tell(box := Box())
    withdraw(facts=[answer], reason="Meant for another report", by=STAFF, at=LATER)
    answer.refresh_from_db()
    publish(facts=[answer], by=STAFF, at=LATER + SOON)
    [mail] = tell(box, LATER + SOON)
    assert "Correction" not in mail.text


def test_a_withdrawn_report_is_not_told_of() -> None:
    [addressee] = make_asked()
    sweep()
    note()
    withdraw(facts=[addressee.recommendation.report], reason="Wrong report", by=STAFF, at=LATER)
    assert tell(Box(), LATER) == []
    assert the_message().outcome == "it is no longer public"


def test_one_of_three_answers_withdrawn_leaves_two_in_the_mail() -> None:
    answers = make_letter(make_asked(3))
    note()
    withdraw(facts=answers[:1], reason="Not signed by them", by=STAFF, at=LATER)
    [mail] = tell(Box(), LATER)
    assert mail.subject == "2 forces: Accepted (Safe to share?)"
    assert "Force 01" not in mail.text


def test_a_retry_does_not_repeat_what_was_withdrawn_meanwhile() -> None:
    answers = make_letter(make_asked(3))
    box = Box(TransportError("the mail server is down"))
    tell(box)
    withdraw(facts=answers[:1], reason="Not signed by them", by=STAFF, at=LATER)
    [mail] = tell(box, LATER)
    assert "Force 01" in box.tried[0].text and "Force 01" not in mail.text


def test_who_stopped_following_gets_no_mail_that_is_already_waiting() -> None:
    make_letter(make_asked())
    note()
    Subscription.objects.all().delete()
    assert tell(Box()) == []
    assert (the_message().state, the_message().outcome) == (
        MessageState.DROPPED,
        "nobody follows it any more",
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_active": False}, "the account is closed"),
        ({"email": ""}, "the account has no e-mail address"),
    ],
)
def test_who_cannot_be_written_to_any_more_is_not(change: dict[str, object], why: str) -> None:
    make_letter(make_asked())
    note()
    User.objects.update(**change)
    assert tell(Box()) == []
    assert the_message().outcome == why


def test_who_follows_corrections_hears_of_one_of_what_they_never_heard() -> None:
    [answer] = make_letter(make_asked(followed=False))
    tell(box := Box())
    user = make_user("eve", email="eve@example.org")
    kinds = [News.CORRECTED, News.STATUS_CHANGED]
    interests.follow(reader=user, wanted={}, kinds=kinds, channel=Channel.AT_ONCE, at=AT + SOON)
    correct(fact=answer, values={"position": "rejected"}, reason="Read again", by=STAFF, at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject.startswith("Home Office: corrected: Not accepted"), mail.subject


def test_a_status_that_changed_twice_before_it_was_sent_is_told_once() -> None:
    [answer] = make_letter(make_asked(followed=False), published=False)
    user = make_user("eve", email="eve@example.org")
    interests.follow(
        reader=user, wanted={}, kinds=[News.STATUS_CHANGED], channel=Channel.AT_ONCE, at=AT - SOON
    )
    publish(facts=[answer.response, answer], by=STAFF, at=AT)
    note()
    correct(fact=answer, values={"position": "rejected"}, reason="Read again", by=STAFF, at=AT + SOON)
    [mail] = tell(Box(), AT + SOON)
    assert mail.subject.startswith("Home Office: Not accepted"), mail.subject
    assert the_message().outcome == "what it corrects was written after it"


def test_a_deadline_that_moved_twice_before_it_was_sent_is_told_once() -> None:
    [addressee] = make_asked(followed=False)
    note(AT - timedelta(days=20))
    user = make_user("eve", email="eve@example.org")
    interests.follow(
        reader=user,
        wanted={},
        kinds=[News.DEADLINE_MOVED],
        channel=Channel.AT_ONCE,
        at=AT - timedelta(days=15),
    )
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=AT - timedelta(days=9))
    note(AT - timedelta(days=9))
    make_extension(addressee, until=date(2026, 5, 1), granted="2026-02-24", at=AT - timedelta(days=5))
    [mail] = tell(Box(), AT - timedelta(days=5))
    assert mail.subject == "Home Office: The time to answer ends on 1 May 2026 (Safe to share?)"
    assert Message.objects.earliest("pk").outcome.startswith("it has changed again")


@pytest.mark.parametrize("kind", ["link", "addressee", "assessment"])
def test_whoever_was_told_what_is_withdrawn_later_is_told_so(kind: str) -> None:
    [addressee] = make_asked(followed=False)
    note()
    news = {"link": News.ASKED_AGAIN, "addressee": News.ADDED, "assessment": News.DELIVERED}[kind]
    user = make_user("eve", email="eve@example.org")
    interests.follow(
        reader=user, wanted={}, kinds=[news], channel=Channel.AT_ONCE, at=AT - timedelta(days=50)
    )
    early = AT - timedelta(days=40)
    ask = addressee.recommendation
    if kind == "link":
        later = make_recommendation("Stop it now", report=ask.report, number="2", at=early)
        told: Any = Link(recommendation=later, other=ask, kind="repeats", relation="same")
        link_recommendations(links=[told], by=STAFF, at=early)
        publish(facts=[told], by=STAFF, at=early)
    elif kind == "addressee":
        told = make_addressee(recommendation=ask, body=make_body("Another office", at=early), at=early)
    else:
        told = make_assessment(addressee, assessed="2026-01-20", at=early)
    box = Box()
    assert len(tell(box, early)) == 1
    withdraw(facts=[told], reason="Not so", by=STAFF, at=LATER)
    [mail] = tell(box, LATER)
    assert ": Correction: " in mail.subject and "withdrawn" in mail.subject, mail.subject


def test_who_may_have_been_told_by_a_killed_worker_gets_the_correction() -> None:
    [addressee] = make_asked()
    sweep()
    note()
    killed = Box(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        outbox.send_due_messages(clock=lambda: AT, transport=killed)
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=AT + SOON)
    box = Box()
    assert tell(box, AT + SOON) == [], "while the lease lasts nobody knows, and the correction waits"
    [mail] = tell(box, AT + SOON + outbox.WAIT + outbox.LEASE)
    assert mail.subject.startswith("Correction: Home Office")
    assert Addressee.objects.get().answer_missed_on is None
