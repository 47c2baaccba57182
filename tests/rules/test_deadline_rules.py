"""The eighteen rules that were read, each on the day before its deadline, the day, and the day after."""

from datetime import date, timedelta

import pytest

from tracker.deadlines import (
    AskDates,
    Period,
    TimeLimit,
    days_late,
    days_left,
    days_overdue,
    due_under,
    has_passed,
)
from tracker.spans import day
from tracker.vocabulary import ClockStart, Counting, DeadlineUnit, HolidayCalendar, Strength, TimeKind

ISSUED, PUBLISHED, RECEIVED = ClockStart.ISSUED, ClockStart.PUBLISHED, ClockStart.RECEIVED
STATUTORY, CONVENTION, STATED = Strength.STATUTORY, Strength.CONVENTION, Strength.STATED
DAYS_INCLUSIVE = Period(56, DeadlineUnit.CALENDAR_DAYS, Counting.INCLUSIVE)
DAYS_UNVERIFIED = Period(56, DeadlineUnit.CALENDAR_DAYS, Counting.UNVERIFIED)
TWO_MONTHS = Period(2, DeadlineUnit.MONTHS, Counting.EXCLUSIVE)
SIX_MONTHS = Period(6, DeadlineUnit.MONTHS, Counting.EXCLUSIVE)
THREE_MONTHS = Period(3, DeadlineUnit.MONTHS, Counting.INCLUSIVE)
EIGHT_WEEKS = Period(8, DeadlineUnit.WEEKS, Counting.UNVERIFIED, HolidayCalendar.SCOTLAND)
ACKNOWLEDGE = Period(5, DeadlineUnit.WORKING_DAYS, Counting.INCLUSIVE, HolidayCalendar.ENGLAND_AND_WALES)
INFORMATION = Period(20, DeadlineUnit.WORKING_DAYS, Counting.UNVERIFIED, HolidayCalendar.ANY_UK)


def limit(key, strength, kind=TimeKind.PERIOD, **fields):
    return TimeLimit(name=key, kind=kind, strength=strength, source=f"https://example.org/{key}", **fields)


RULES = {
    each.name: each
    for each in (
        limit("police-act-1996-s55", STATUTORY, period=DAYS_INCLUSIVE, automatic=True),
        limit("iopc-para-28b", STATUTORY, period=DAYS_INCLUSIVE, starts_from=ISSUED, automatic=True),
        limit("pfd-regulation-29", STATUTORY, period=DAYS_UNVERIFIED, starts_from=ISSUED),
        limit("domestic-abuse-commissioner", STATUTORY, period=DAYS_UNVERIFIED),
        limit("victims-commissioner", STATUTORY, period=DAYS_UNVERIFIED, in_force_from=date(2025, 1, 29)),
        limit("commons-select-committee", CONVENTION, period=TWO_MONTHS, automatic=True),
        limit("police-super-complaint-ack", STATUTORY, period=ACKNOWLEDGE, starts_from=RECEIVED),
        limit("police-super-complaint", Strength.NONE, TimeKind.NO_DATE),
        limit("report-stated", STATED, TimeKind.NO_DATE),
        limit("public-inquiry", Strength.NONE, TimeKind.NO_DATE),
        limit("lgsco-s31", STATUTORY, period=THREE_MONTHS, starts_from=RECEIVED),
        limit("scotland-fai-s28", STATUTORY, period=EIGHT_WEEKS, starts_from=RECEIVED),
        limit("phso", STATED, TimeKind.NO_DATE),
        limit("un-upr", CONVENTION, TimeKind.AFTER_EVENT, event="adoption of the outcome by the Council"),
        limit("dhr-dardr", STATED, TimeKind.NO_DATE),
        limit("grevio", CONVENTION, TimeKind.NO_DATE),
        limit("icibi", CONVENTION, TimeKind.NO_DATE, starts_from=RECEIVED),
        limit("foi-request", STATUTORY, period=INFORMATION, starts_from=RECEIVED),
    )
}

# The rule, the day that starts it, its last day. The first of a rule is its example in the data, or a plain one.
LAST_DAYS = [
    ("police-act-1996-s55", "2020-12-17", "2021-02-10"),
    ("police-act-1996-s55", "2020-01-05", "2020-02-29"),
    ("iopc-para-28b", "2023-03-01", "2023-04-25"),
    ("pfd-regulation-29", "2025-01-02", "2025-02-27"),  # inclusive would be the 26th
    ("domestic-abuse-commissioner", "2023-11-09", "2024-01-04"),
    ("victims-commissioner", "2025-01-29", "2025-03-26"),
    ("commons-select-committee", "2022-09-30", "2022-11-30"),
    ("commons-select-committee", "2023-07-19", "2023-09-19"),
    ("commons-select-committee", "2023-12-31", "2024-02-29"),
    ("commons-select-committee", "2022-12-31", "2023-02-28"),
    ("police-super-complaint-ack", "2018-12-18", "2018-12-24"),
    ("police-super-complaint-ack", "2021-12-25", "2022-01-05"),
    ("lgsco-s31", "2023-01-01", "2023-03-31"),
    ("lgsco-s31", "2022-11-30", "2023-02-28"),
    ("scotland-fai-s28", "2024-03-01", "2024-04-26"),
    ("foi-request", "2023-03-01", "2023-03-30"),  # Saint Patrick's Day is left out for all
    ("foi-request", "2022-12-23", "2023-01-26"),  # so is 3 January, a day off in Scotland
]

DATELESS = [
    "police-super-complaint",
    "report-stated",
    "public-inquiry",
    "phso",
    "dhr-dardr",
    "grevio",
    "icibi",
]


def dates_from(start):
    """All three days on record, with only the one that the rule asks for falling on `start`."""
    on = day(date.fromisoformat(start))
    return AskDates(published=on, issued=on, received=on)


def test_the_table_covers_all_eighteen_rules():
    covered = {key for key, _, _ in LAST_DAYS} | set(DATELESS) | {"un-upr"}
    assert covered == set(RULES)
    assert len(RULES) == 18


@pytest.mark.parametrize(("key", "start", "last"), LAST_DAYS)
def test_a_rule_is_in_time_up_to_its_last_day_and_late_the_day_after(key, start, last):
    due = due_under(RULES[key], dates_from(start))
    on = date.fromisoformat(last)
    before, after = on - timedelta(days=1), on + timedelta(days=1)
    assert due.on == on
    assert [has_passed(due.on, each) for each in (before, on, after)] == [False, False, True]
    assert [days_overdue(due.on, each) for each in (before, on, after)] == [0, 0, 1]
    assert [days_left(due.on, each) for each in (before, on, after)] == [1, 0, None]
    assert [days_late(due.on, day(each)) for each in (before, on, after)] == [0, 0, 1]


@pytest.mark.parametrize("key", DATELESS)
def test_a_rule_that_names_no_day_is_never_late(key):
    due = due_under(RULES[key], dates_from("2020-12-17"))
    assert (due.on, due.confirmed) == (None, False)
    assert not has_passed(due.on, date.max)


@pytest.mark.parametrize(("days_from_it", "passed"), [(-1, False), (0, False), (1, True)])
def test_the_periodic_review_is_due_on_the_day_the_council_adopts_its_outcome(days_from_it, passed):
    adopted = date(2023, 3, 27)
    due = due_under(RULES["un-upr"], AskDates(published=day(date(2022, 11, 10)), event=day(adopted)))
    assert due.on == adopted
    assert has_passed(due.on, adopted + timedelta(days=days_from_it)) is passed


def test_the_periodic_review_is_not_due_before_that_day_is_known():
    assert due_under(RULES["un-upr"], dates_from("2022-11-10")).on is None


@pytest.mark.parametrize(
    ("start", "last"), [("2025-01-28", None), ("2025-01-29", "2025-03-26"), ("2025-01-30", "2025-03-27")]
)
def test_the_duty_to_answer_the_victims_commissioner_starts_on_29_january_2025(start, last):
    on = due_under(RULES["victims-commissioner"], dates_from(start)).on
    assert on == (date.fromisoformat(last) if last else None)


def test_six_months_stated_in_a_report_end_on_the_corresponding_date():
    stated = limit("recommendation 1 of ppda-2022", STATED, period=SIX_MONTHS)
    due = due_under(stated, dates_from("2022-06-30"))
    assert (due.on, due.confirmed) == (date(2022, 12, 30), False)
    assert [has_passed(due.on, date(2022, 12, each)) for each in (29, 30, 31)] == [False, False, True]


def test_only_the_three_rules_whose_text_and_start_were_read_run_by_themselves():
    running = {key for key, rule in RULES.items() if due_under(rule, dates_from("2025-06-02")).confirmed}
    assert running == {"police-act-1996-s55", "iopc-para-28b", "commons-select-committee"}


@pytest.mark.parametrize("key", [key for key, rule in RULES.items() if rule.starts_from is not PUBLISHED])
def test_a_rule_started_by_sending_or_receipt_waits_for_that_day(key):
    published_only = AskDates(published=day(date(2025, 6, 2)))
    assert due_under(RULES[key], published_only).on is None


@pytest.mark.parametrize("key", RULES)
def test_every_basis_names_its_rule_and_its_source(key):
    basis = due_under(RULES[key], dates_from("2025-06-02")).basis
    assert basis.endswith(f"{key}, https://example.org/{key}).")
