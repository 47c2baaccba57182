"""The status of an addressee, in Python and in SQL, over one table of cases."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_body,
    make_extension,
    make_recommendation,
    make_regime,
    make_report,
    make_silence,
    make_source,
)
from tracker.actions.publishing import withdraw
from tracker.models import Addressee, Body, Recommendation, Report
from tracker.queries.facts import public_records
from tracker.queries.statuses import asked_by, with_status
from tracker.spans import day
from tracker.statuses import (
    AssessmentFacts,
    answer_due,
    assessment_from,
    current_answer,
    status_on,
)
from tracker.vocabulary import View

pytestmark = pytest.mark.django_db

DUE = date(2025, 7, 27)  # 56 days from 2 June 2025, that day counted


@dataclass
class Bench:
    """One report under a rule of 56 days, and somebody who answers for everybody."""

    recommendation: Recommendation
    speaker: Body
    awaited: Report
    made: int = 0

    def addressee(self, *, dated: bool = True) -> Addressee:
        self.made += 1
        body = make_body(f"Force {self.made}")
        recommendation = (
            self.recommendation
            if dated
            else make_recommendation(
                "No time", number=f"free {self.made}", report=make_report(f"Free {self.made}")
            )
        )
        return make_addressee(recommendation=recommendation, body=body)

    def answer_for(self, addressee: Addressee, **how: object) -> None:
        make_answer(addressee, author=self.speaker, on_behalf_of_body=addressee.body, **how)


@pytest.fixture
def bench() -> Bench:
    make_source()
    report = make_report(regime=make_regime())
    return Bench(
        make_recommendation(report=report),
        make_body("A council of chiefs"),
        make_report("The awaited review", dated="2025-09-10"),
    )


def check(addressee: Addressee, expected: dict[str, str]) -> None:
    """Both twins say what is expected, on every day named."""
    facts = public_records([addressee])[addressee.pk].facts()
    for written, status in expected.items():
        on = date.fromisoformat(written)
        in_sql = with_status(Addressee.objects.public().filter(pk=addressee.pk), on).get()
        assert (written, status_on(facts, on)) == (written, status)
        assert (written, in_sql.status_on) == (written, status)
        overdue = status in ("overdue", "ignored")
        assert in_sql.days_overdue == ((on - in_sql.due_on).days if overdue else 0)


def test_no_deadline_is_never_overdue(bench: Bench) -> None:
    check(bench.addressee(dated=False), {"2025-06-02": "awaiting", "2035-01-01": "awaiting"})


def test_overdue_begins_the_day_after_the_deadline(bench: Bench) -> None:
    check(
        bench.addressee(),
        {
            "2025-07-26": "awaiting",
            "2025-07-27": "awaiting",
            "2025-07-28": "overdue",
            "2026-03-02": "overdue",
        },
    )


def test_an_answer_counts_from_the_day_it_was_given(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="rejected", answered="2025-08-10")
    check(addressee, {"2025-08-09": "overdue", "2025-08-10": "rejected", "2026-03-02": "rejected"})


def test_a_month_counts_from_its_first_day(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="noted", answered="2025-08")
    check(addressee, {"2025-07-31": "overdue", "2025-08-01": "noted"})


def test_an_undated_answer_counts_from_the_day_of_the_ask(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered=None)
    check(addressee, {"2025-06-02": "accepted", "2026-03-02": "accepted"})


def test_a_known_by_answer_counts_from_the_day_of_the_ask(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered="2025-12-01", by_then=True)
    check(addressee, {"2025-06-02": "accepted", "2026-03-02": "accepted"})


def test_a_dated_answer_comes_before_an_undated_one(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="rejected", answered="2025-08-10")
    make_answer(addressee, position="accepted", answered=None)
    check(addressee, {"2025-08-09": "accepted", "2025-08-10": "rejected"})


def test_the_later_answer_is_in_force(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered="2025-10-01")
    make_answer(addressee, position="rejected", answered="2025-08-10")
    check(addressee, {"2025-08-10": "rejected", "2025-09-30": "rejected", "2025-10-01": "accepted"})


def test_of_two_on_one_day_the_later_recorded_is_in_force(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered="2025-08-10", at=AT + timedelta(hours=1))
    make_answer(addressee, position="rejected", answered="2025-08-10")
    check(addressee, {"2025-08-10": "accepted"})


def test_an_own_answer_comes_before_one_on_its_behalf(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered="2025-07-01")
    bench.answer_for(addressee, position="rejected", answered="2025-08-01")
    check(addressee, {"2025-07-01": "accepted", "2025-08-01": "accepted"})


def test_an_answer_on_its_behalf_is_not_its_own(bench: Bench) -> None:
    addressee = bench.addressee()
    bench.answer_for(addressee, position="rejected", answered="2025-07-30")
    check(addressee, {"2025-07-29": "overdue", "2025-07-30": "answered_for_it"})


def test_a_joint_author_answers_for_itself(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", author=bench.speaker, joint_authors=[addressee.body])
    check(addressee, {"2025-07-01": "accepted"})


def test_what_is_undated_and_unread_gives_way_to_an_answer_on_its_behalf_until_it_was_located(
    bench: Bench,
) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="unread", answered=None)
    check(addressee, {"2025-07-30": "unread"})  # never silence
    bench.answer_for(addressee, position="rejected", answered="2025-08-01")
    check(
        addressee, {"2025-07-31": "unread", "2025-08-01": "answered_for_it", "2026-03-01": "answered_for_it"}
    )
    check(addressee, {"2026-03-02": "unread"})


def test_a_holding_reply_stops_no_clock(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="", kind="holding", answered="2025-07-01")
    check(addressee, {"2025-07-02": "awaiting", "2025-07-28": "overdue"})


def test_a_withdrawn_answer_gives_way_to_the_next(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", answered="2025-07-01")
    later = make_answer(addressee, position="rejected", answered="2025-08-01")
    withdraw(facts=[later], reason="It was about another ask", by=STAFF, at=AT)
    check(addressee, {"2025-08-01": "accepted"})


def test_a_draft_answer_is_not_shown(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(addressee, position="accepted", published=False)
    check(addressee, {"2025-07-28": "overdue"})


def test_a_deferral_ends_when_what_it_waited_for_has_come(bench: Bench) -> None:
    addressee = bench.addressee()
    make_answer(
        addressee,
        position="deferred",
        answered="2025-07-01",
        waits_for="the review",
        waits_for_report=bench.awaited,
    )
    check(addressee, {"2025-09-09": "deferred", "2025-09-10": "deferral_ended"})
    make_answer(addressee, position="accepted", answered="2025-10-01")
    check(addressee, {"2025-09-30": "deferral_ended", "2025-10-01": "accepted"})


def test_a_wait_for_a_draft_report_has_not_ended(bench: Bench) -> None:
    addressee = bench.addressee()
    draft = make_report("A draft", dated="2025-08-01", published=False)
    make_answer(addressee, position="deferred", waits_for="a draft", waits_for_report=draft)
    check(addressee, {"2026-03-02": "deferred"})


def test_an_extension_counts_from_the_day_it_was_granted(bench: Bench) -> None:
    addressee = bench.addressee()
    make_extension(addressee, until=date(2025, 9, 30), granted="2025-08-05")
    check(
        addressee,
        {
            "2025-08-04": "overdue",
            "2025-08-05": "awaiting",
            "2025-09-30": "awaiting",
            "2025-10-01": "overdue",
        },
    )


def test_of_two_extensions_the_later_granted_is_in_force(bench: Bench) -> None:
    addressee = bench.addressee()
    make_extension(addressee, until=date(2025, 12, 31), granted="2025-07-20")
    make_extension(addressee, until=date(2025, 10, 31), granted="2025-07-10")
    check(addressee, {"2025-07-15": "awaiting", "2025-11-15": "awaiting", "2026-01-01": "overdue"})


def test_a_draft_extension_moves_nothing(bench: Bench) -> None:
    addressee = bench.addressee()
    make_extension(addressee, until=date(2025, 12, 31), granted="2025-07-20", published=False)
    check(addressee, {"2025-07-28": "overdue"})


def test_a_confirmed_silence_stands_from_its_check_and_needs_a_new_one(bench: Bench) -> None:
    addressee = bench.addressee()
    make_silence(addressee, checked_on=date(2025, 8, 4))
    check(
        addressee,
        {
            "2025-08-03": "overdue",
            "2025-08-04": "ignored",
            "2026-01-31": "ignored",  # 180 days later
            "2026-02-01": "overdue",
        },
    )


def test_a_silence_ends_with_an_answer(bench: Bench) -> None:
    addressee = bench.addressee()
    make_silence(addressee, checked_on=date(2025, 8, 4))
    make_answer(addressee, position="accepted", answered="2025-10-01", at=AT)
    check(addressee, {"2025-09-30": "ignored", "2025-10-01": "accepted"})


def test_a_silence_is_retracted_when_an_earlier_answer_turns_up(bench: Bench) -> None:
    addressee = bench.addressee()
    silence = make_silence(addressee, checked_on=date(2025, 8, 4))
    make_answer(addressee, position="accepted", answered="2025-08-01", at=AT)
    silence.refresh_from_db()
    assert silence.withdrawn_at == AT
    check(addressee, {"2025-07-31": "overdue", "2025-08-01": "accepted"})


def test_an_ask_is_not_listed_before_it_was_made(bench: Bench) -> None:
    addressee = bench.addressee()
    listed = Addressee.objects.filter(pk=addressee.pk)
    assert not asked_by(listed, date(2025, 6, 1)).exists()
    assert asked_by(listed, date(2025, 6, 2)).exists()


def test_of_two_assessments_on_one_day_the_later_entered_stands() -> None:
    on = day(date(2025, 9, 1))
    made = [
        AssessmentFacts(View.CLAIMED, "in_progress", on),
        AssessmentFacts(View.CLAIMED, "implemented", on),
        AssessmentFacts(View.VERDICT, "stalled", on),
    ]
    latest = assessment_from(View.CLAIMED, made, date(2025, 9, 1))
    assert latest is not None
    assert latest.implementation == "implemented"
    assert assessment_from(View.CLAIMED, made, date(2025, 8, 31)) is None


def test_both_twins_agree_on_histories_nobody_thought_of(bench: Bench) -> None:
    """A dozen histories drawn with a fixed seed, each asked about on every day around which something changes."""
    chance = random.Random(20201217)
    days = ["2025-06-20", "2025-07", "2025-07-27", "2025-08-15", "2025-09", "2025", None, "2026-01-20"]
    for _ in range(12):
        addressee = bench.addressee(dated=chance.random() < 0.8)
        for _ in range(chance.randrange(4)):
            _draw_answer(bench, addressee, chance, days)
        addressee.refresh_from_db()
        for _ in range(chance.randrange(3) if addressee.answer_due_on else 0):
            granted = date(2025, 6, 10) + timedelta(days=chance.randrange(200))
            until = date(2025, 7, 1) + timedelta(days=chance.randrange(300))
            make_extension(addressee, until=until, granted=granted.isoformat())
    _twins_agree()


def _draw_answer(bench: Bench, addressee: Addressee, chance: random.Random, days: list[str | None]) -> None:
    position = chance.choice(["accepted", "rejected", "deferred", "noted", "unread", "holding"])
    how: dict[str, object] = {
        "answered": chance.choice(days),
        "at": AT + timedelta(hours=chance.randrange(48)),
        "published": chance.random() < 0.8,
    }
    if position == "holding":
        how |= {"position": "", "kind": "holding"}
    else:
        how |= {"position": position}
    if position == "deferred":
        how |= {"waits_for": "the review", "waits_for_report": bench.awaited}
    if chance.random() < 0.4:
        bench.answer_for(addressee, **how)
    else:
        make_answer(addressee, **how)


def _twins_agree() -> None:
    addressees = list(Addressee.objects.public())
    records = public_records(addressees)
    dates = [date(2025, 6, 2) + timedelta(days=step) for step in range(0, 300, 7)]
    edges = [date.fromisoformat(f"2025-{md}") for md in ("07-27", "07-28", "08-15", "09-01", "09-10")]
    for on in sorted({*dates, *edges}):
        for row in with_status(Addressee.objects.public(), on):
            facts = records[row.pk].facts()
            current = current_answer(facts.answers, on)
            due = answer_due(facts, on)
            assert (row.ref, on, row.status_on) == (row.ref, on, status_on(facts, on))
            assert row.due_on == due
            assert row.position_on == (current.position if current else None)
            assert row.on_behalf_on == (current.on_behalf if current else None)
