"""Digests: once a day or a week, by body and report, with what was added to the register."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.alerts.world import ASKED_AT, AT, SOON, Box, make_asked, make_letter, note, send_due
from tests.factories import STAFF, make_user
from tests.faults.at_once import at_once
from tracker.actions.publishing import withdraw
from tracker.alerts import digests, interests
from tracker.ledger import LOADER
from tracker.models import Message, Notice, Subscription, User
from tracker.vocabulary import Channel, News, Purpose

pytestmark = pytest.mark.django_db

KINDS = [News.ANSWERED, News.ADDED, News.WITHDRAWN, News.CORRECTED]


def follow(channel: Channel = Channel.DAILY, name: str = "eve") -> Subscription:
    reader = User.objects.filter(username=name).first() or make_user(name, email=f"{name}@example.org")
    return interests.follow(
        reader=reader, wanted={}, kinds=KINDS, channel=channel, at=ASKED_AT + timedelta(days=1)
    )


def test_a_digest_is_made_once_a_day_after_seven() -> None:
    first, second = make_asked(2, followed=False)
    follow()
    make_letter([first])
    note(AT)
    early = datetime(2026, 3, 3, 6, 59, tzinfo=UTC)
    assert digests.make_digests(at=AT) == 1
    make_letter([second], at=AT + SOON)
    note(AT + SOON)
    assert [digests.make_digests(at=at) for at in (AT + SOON, early, early + SOON, early + 2 * SOON)] == [
        0,
        0,
        1,
        0,
    ]
    assert {*Message.objects.values_list("purpose", flat=True)} == {Purpose.DIGEST}


def test_a_week_has_one_on_monday_or_whenever_the_clock_goes_again() -> None:
    first, second = make_asked(2, followed=False)
    follow(Channel.WEEKLY)
    make_letter([first])
    note(AT)
    assert AT.weekday() == 0
    assert digests.make_digests(at=AT) == 1
    make_letter([second], at=AT + SOON)
    note(AT + SOON)
    for days in range(1, 7):
        assert digests.make_digests(at=AT + timedelta(days=days)) == 0
    wednesday = AT + timedelta(days=9)
    assert [digests.make_digests(at=wednesday), digests.make_digests(at=wednesday)] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_make_one_digest() -> None:
    make_letter(make_asked(5, followed=False))
    follow()
    note(AT)
    make_letter(make_asked(followed=False, title="Another report"), at=AT)
    note(AT)
    at_once(*(lambda: digests.make_digests(at=AT) for _ in range(3)))
    assert Message.objects.count() == (1 if Notice.objects.exists() else 0)


def test_a_digest_groups_by_body_and_report() -> None:
    [office], [again] = make_asked(followed=False), make_asked(title="Another report", followed=False)
    forces = make_asked(2, title="For forces", followed=False)
    follow()
    make_letter([office], summary="It will.", at=AT)
    make_letter([again], position="rejected", at=AT + SOON)
    make_letter(forces, at=AT + SOON)
    note(AT + SOON)
    assert digests.make_digests(at=AT + SOON) == 1
    [mail] = send_due(Box(), AT + SOON)
    assert mail.subject == "Force 01, Force 02 and 1 more: 4 changes up to 2 March 2026"
    places = [mail.text.index(words) for words in ("Force 01", "Force 02", "Home Office", "Another report")]
    assert places == sorted(places)
    assert mail.text.count("Home Office\n") == 1
    assert "* Answered: Recommendation 1: Stop it" in mail.text and "It will." in mail.html


def test_a_digest_of_one_change_names_body_status_and_report() -> None:
    make_letter(make_asked(followed=False))
    follow()
    note(AT)
    digests.make_digests(at=AT)
    [mail] = send_due(Box())
    assert mail.subject == "Home Office: Accepted (Safe to share?)"


def test_what_is_loaded_is_one_line_of_a_digest_and_no_mail() -> None:
    asked = make_asked(followed=False)
    follow(Channel.AT_ONCE, "ada"), follow()
    make_letter(asked, by=LOADER)
    note(AT)
    assert Message.objects.count() == 0
    digests.make_digests(at=AT)
    [mail] = send_due(Box())
    assert mail.to == "eve@example.org"
    assert "Added to the register: Recommendation 1: Stop it" in mail.text and "Answered:" not in mail.text


def test_what_was_told_in_a_digest_and_was_wrong_is_corrected_in_one() -> None:
    asked = make_asked(followed=False)
    follow()
    box = Box()
    [answer] = make_letter(asked)
    note(AT)
    digests.make_digests(at=AT)
    send_due(box)
    tomorrow = AT + timedelta(days=1)
    withdraw(facts=[answer], reason="Not their letter", by=STAFF, at=tomorrow)
    note(tomorrow)
    digests.make_digests(at=tomorrow)
    [mail] = send_due(box, tomorrow)
    assert "Correction: an answer was withdrawn" in mail.text and "Not their letter" in mail.text


def test_what_was_withdrawn_before_the_digest_is_told_to_nobody() -> None:
    [answer] = make_letter(make_asked(followed=False))
    follow()
    note(AT)
    withdraw(facts=[answer], reason="Not their letter", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    digests.make_digests(at=AT + SOON)
    box = Box()
    send_due(box, AT + SOON)
    send_due(box, AT + timedelta(hours=1))
    assert box.sent == []


def test_who_chooses_at_once_gets_what_waited_with_the_days_digest() -> None:
    make_letter(make_asked(followed=False))
    row = follow(Channel.WEEKLY)
    note(AT)
    Subscription.objects.filter(pk=row.pk).update(channel=Channel.AT_ONCE)
    assert digests.make_digests(at=AT) == 1
