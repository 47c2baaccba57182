"""Reminders: 28, 7 and 1 days before a deadline, each once, and only of what is still to come."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.alerts.partner import make_endpoint
from tests.alerts.world import ASKED_AT, SOON, Box, make_asked, make_letter, note, send_due
from tests.factories import STAFF, make_extension, make_user
from tests.faults.at_once import at_once
from tracker.actions.deadlines import set_deadlines
from tracker.alerts import interests, reminders
from tracker.models import Message, Notice, Subscription
from tracker.vocabulary import Channel, Clock, News, Strength

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 1)


def morning(days_before: int, due: date = DUE) -> datetime:
    return datetime.combine(due - timedelta(days=days_before), datetime.min.time(), UTC).replace(hour=9)


def follow(
    name: str = "eve", *, channel: Channel = Channel.AT_ONCE, at: datetime = ASKED_AT, **wanted: Any
) -> Subscription:
    reader = make_user(name, email=f"{name}@example.org")
    return interests.follow(reader=reader, wanted=wanted, kinds=[News.DUE_SOON], channel=channel, at=at)


def test_a_deadline_is_announced_three_times() -> None:
    make_asked(followed=False)
    follow()
    box = Box()
    made = {}
    for days in range(40, -3, -1):
        if reminders.remind(at=morning(days)):
            [made[days]] = send_due(box, morning(days))
    assert [*made] == [28, 7, 1]
    assert (
        made[28].subject
        == "Home Office: The time to answer ends in 28 days, on 1 March 2026 (Safe to share?)"
    )
    assert "ends in 1 day, on" in made[1].text
    assert "ask the body whether its answer is on the way" in made[7].text


def test_the_time_to_act_is_announced_where_it_is_promised() -> None:
    [addressee] = make_asked(followed=False)
    follow()
    make_letter([addressee], answered="2026-01-20", at=ASKED_AT + timedelta(days=20))
    by = date(2026, 6, 1)
    set_deadlines(
        addressees=[addressee], clock=Clock.ACT, on=by, basis="They said so.", strength=Strength.STATED,
        by=STAFF, at=ASKED_AT + timedelta(days=21),
    )  # fmt: skip
    assert reminders.remind(at=morning(7)) == 0, "it is answered"
    assert reminders.remind(at=morning(7, by)) == 1
    [mail] = send_due(Box(), morning(7, by))
    assert "The time to act ends in 7 days, on 1 June 2026" in mail.text


def test_a_second_sweep_reminds_of_nothing_and_a_moved_deadline_reminds_again() -> None:
    [addressee] = make_asked(followed=False)
    follow()
    at = morning(7)
    make = {"on": at.date(), "at": at}
    assert reminders.make_reminders(Clock.ANSWER, 7, **make) == 1
    assert reminders.make_reminders(Clock.ANSWER, 7, on=at.date(), at=at + SOON) == 0
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)
    moved = date(2026, 4, 1)
    make_extension(addressee, until=moved, granted="2026-02-20", at=at + 2 * SOON)
    later = morning(7, moved)
    assert reminders.make_reminders(Clock.ANSWER, 7, on=later.date(), at=later) == 1
    assert {*Notice.objects.values_list("due_on", flat=True)} == {DUE, moved}


def test_after_three_missed_days_nothing_is_lost() -> None:
    make_asked(followed=False)
    follow()
    box = Box()
    assert reminders.remind(at=morning(29)) == 0
    assert reminders.remind(at=morning(25)) == 1
    [mail] = send_due(box, morning(25))
    assert "ends in 25 days, on 1 March 2026" in mail.text
    assert reminders.remind(at=morning(24)) == 0
    assert reminders.remind(at=morning(4)) == 1
    send_due(box, morning(4))
    assert reminders.remind(at=morning(0)) == 1
    [mail] = send_due(box, morning(0))
    assert "ends today, on 1 March 2026" in mail.text


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_make_one_mail_for_all_forces() -> None:
    make_asked(12, followed=False)
    follow()
    at_once(*(lambda: reminders.remind(at=morning(7)) for _ in range(3)))
    assert (Notice.objects.count(), Message.objects.count()) == (12, 1)
    [mail] = send_due(Box(), morning(7))
    assert mail.subject.startswith("12 forces: The time to answer ends in 7 days")


def test_who_began_to_follow_after_the_day_is_not_reminded_of_it() -> None:
    make_asked(followed=False)
    follow(at=morning(26))
    assert reminders.remind(at=morning(26) + SOON) == 0
    assert reminders.remind(at=morning(7)) == 1


def test_only_who_asked_for_it_and_what_fits_is_reminded_of() -> None:
    [addressee] = make_asked(followed=False)
    wanted = follow("eve", report="safe-to-share")
    follow("ben", report="another-report")
    other = interests.follow(
        reader=make_user("una", email="una@example.org"), wanted={}, kinds=[News.ANSWERED],
        channel=Channel.AT_ONCE, at=ASKED_AT,
    )  # fmt: skip
    make_endpoint("https://partner.example/")
    reminders.remind(at=morning(7))
    assert [notice.subscription for notice in Notice.objects.all()] == [wanted]
    assert other and addressee


def test_what_is_over_when_its_time_comes_is_not_sent() -> None:
    first, second, third = make_asked(3, followed=False)
    follow()
    reminders.remind(at=morning(7))
    make_letter([first], answered="2026-02-21", at=morning(7) + SOON)
    make_extension(second, until=date(2026, 5, 1), granted="2026-02-21", at=morning(7) + SOON)
    [mail] = send_due(Box(), morning(7) + 2 * SOON)
    assert "Force 03" in mail.text and "Force 01" not in mail.text and "Force 02" not in mail.text
    why = {*Notice.objects.exclude(dropped_because="").values_list("dropped_because", flat=True)}
    assert why == {"it was answered since", "the deadline was moved since"}
    assert third


def test_a_digest_takes_reminders_too() -> None:
    make_asked(followed=False)
    follow(channel=Channel.DAILY)
    reminders.remind(at=morning(7))
    assert Notice.objects.get().message is None and note(morning(7)) == 0
