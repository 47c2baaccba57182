"""What becomes a notice, to whom, and what does not."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from tests.alerts.world import (
    ASKED_AT,
    AT,
    SOON,
    Box,
    make_asked,
    make_follower,
    make_letter,
    note,
    seal,
    sweep,
    tell,
)
from tests.factories import STAFF, make_addressee, make_answer, make_recommendation
from tracker.actions.publishing import publish, withdraw
from tracker.alerts import fanout, outbox
from tracker.ledger import LOADER
from tracker.models import AlertCursor, LedgerHead, Message, Notice, User
from tracker.vocabulary import ResponseKind

pytestmark = pytest.mark.django_db


def test_a_published_answer_is_told_once() -> None:
    make_letter(make_asked())
    box = Box()
    [mail] = tell(box)
    assert mail.to == "ada@example.org"
    assert mail.subject == "Home Office: Accepted (Safe to share?)"
    assert tell(box, AT + SOON) == []
    assert tell(box, AT + timedelta(days=9)) == []


def test_a_draft_is_told_to_nobody() -> None:
    make_letter(make_asked(), published=False)
    assert note() == 0


def test_an_answer_that_waited_below_a_draft_is_told_when_it_is_revealed() -> None:
    [addressee] = make_asked()
    withdraw(facts=[addressee], reason="Entered too early", by=STAFF, at=AT)
    make_letter([addressee])
    assert note() == 0
    publish(facts=[addressee], by=STAFF, at=AT + SOON)
    assert len(tell(Box(), AT + SOON)) == 1


def test_one_letter_to_forty_three_bodies_is_one_mail_that_lists_them() -> None:
    make_letter(make_asked(43))
    box = Box()
    [mail] = tell(box)
    assert mail.subject == "43 forces: Accepted (Safe to share?)"
    assert Notice.objects.filter(told=True).count() == 43
    for n in range(1, 44):
        assert f"Force {n:02}" in mail.text and f"Force {n:02}" in mail.html


def test_one_letter_that_answers_two_reports_is_one_mail() -> None:
    [first], [second] = make_asked(), make_asked(title="Another report")
    make_letter([first, second])
    [mail] = tell(Box())
    assert mail.subject == "2 bodies: Accepted (Another report and 1 more)"
    assert "Safe to share?" in mail.text


def test_two_letters_are_two_mails() -> None:
    [addressee] = make_asked()
    make_letter([addressee])
    make_letter([addressee], at=AT + SOON)
    assert len(tell(Box(), AT + SOON)) == 2


def test_who_follows_another_report_is_not_told() -> None:
    [addressee] = make_asked(followed=False)
    make_asked(title="Another report")
    make_letter([addressee])
    assert note() == 0


def test_everybody_who_follows_is_told() -> None:
    [addressee] = make_asked()
    make_follower(addressee.recommendation.report, "ben")
    make_letter([addressee])
    assert sorted(mail.to for mail in tell(Box())) == ["ada@example.org", "ben@example.org"]


def test_history_is_not_replayed_to_a_new_subscriber() -> None:
    [addressee] = make_asked(followed=False)
    make_letter([addressee])
    make_follower(addressee.recommendation.report, at=AT + SOON)
    assert note(AT + SOON) == 0
    make_letter([addressee], at=AT + 2 * SOON)
    assert note(AT + 2 * SOON) == 1


def test_a_closed_account_is_not_told() -> None:
    [addressee] = make_asked()
    User.objects.update(is_active=False)
    make_letter([addressee])
    assert note() == 0


def test_a_holding_reply_is_told_as_what_it_is() -> None:
    make_letter(make_asked(), kind=ResponseKind.HOLDING)
    [mail] = tell(Box())
    assert mail.subject == "Home Office: Acknowledged, not answered (Safe to share?)"


def test_a_missed_deadline_is_told_though_its_line_is_private() -> None:
    make_asked()
    assert sweep() == 1
    [mail] = tell(Box())
    assert mail.subject == "Home Office: no response on record, deadline missed (Safe to share?)"
    assert "No response on record, 1 day after the deadline" in mail.text
    assert "The time to answer ended on 1 March 2026" in mail.text


def test_the_last_day_is_not_missed() -> None:
    make_asked()
    assert sweep(AT - timedelta(days=1)) == 0


def test_a_miss_recorded_after_three_missed_days_is_news_and_one_mail() -> None:
    make_asked(3)
    late = AT + timedelta(days=3)
    assert sweep(late) == 3
    [mail] = tell(Box(), late)
    assert mail.subject == "3 forces: no response on record, deadline missed (Safe to share?)"
    assert "4 days after the deadline" in mail.text


def test_what_the_loader_enters_is_told_to_nobody() -> None:
    make_letter(make_asked(), by=LOADER)
    assert note() == 0


@pytest.mark.parametrize(("answered", "notices"), [("2026-01-31", 1), ("2026-01-30", 0)])
def test_what_happened_over_thirty_days_before_it_was_recorded_is_no_news(
    answered: str, notices: int
) -> None:
    make_letter(make_asked(), answered=answered)
    assert note() == notices


def test_an_answer_of_unknown_date_that_a_person_enters_is_news() -> None:
    make_letter(make_asked(), answered=None)
    assert note() == 1


def test_a_miss_of_years_ago_found_when_a_report_is_entered_is_no_news() -> None:
    addressee = make_addressee(at=ASKED_AT)
    make_follower(addressee.recommendation.report)
    assert sweep() == 1
    assert note() == 0


def test_the_cursor_stands_at_the_head_of_all_lines() -> None:
    make_letter(make_asked())
    note()
    assert AlertCursor.objects.get().number == LedgerHead.objects.get().number > 0


def test_a_batch_never_cuts_an_action_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender may come between two batches: what is left of the letter would be a second mail."""
    make_letter(make_asked(9))
    seal()
    monkeypatch.setattr(fanout, "LINES_AT_ONCE", 3)
    box = Box()
    while fanout._read_on(AT) is not None:
        outbox.send_due_messages(clock=lambda: AT, transport=box)
    [mail] = box.sent
    assert mail.subject.startswith("9 forces")
    assert Notice.objects.filter(told=True).count() == 9
    assert AlertCursor.objects.get().number == LedgerHead.objects.get().number


def test_what_is_read_again_makes_nothing_new() -> None:
    make_letter(make_asked(3))
    note()
    AlertCursor.objects.update(number=0)
    note(AT + SOON)
    assert Notice.objects.count() == 3 and Message.objects.count() == 1


def test_an_answer_given_for_it_says_who_gave_it() -> None:
    [addressee] = make_asked()
    speaker = make_addressee(recommendation=make_recommendation("Other", number="2", at=ASKED_AT)).body
    make_answer(
        addressee,
        author=speaker,
        on_behalf_of_body=addressee.body,
        position="rejected",
        answered="2026-02-27",
    )
    [mail] = tell(Box())
    assert f"Not accepted (our reading) (answered for it by the {speaker.name})" in mail.text
    assert "No answer of its own on record" in mail.text


def test_a_reader_that_dies_half_way_leaves_everything_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    make_letter(make_asked())

    def die(*_: object) -> int:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as dying:
        dying.setattr(fanout, "_insert", die)
        with pytest.raises(OperationalError):
            note()
    assert note() == 1
