"""When a deadline passes, how late an answer is, what an extension does, and what day it is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.deadlines import (
    Grant,
    days_between_calendar,
    days_late,
    days_left,
    days_overdue,
    extended,
    has_passed,
    local_day,
)
from tracker.spans import day, parse_span

DUE = date(2021, 2, 10)
BEFORE, AFTER = date(2021, 2, 9), date(2021, 2, 11)
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("on", "passed", "overdue", "left"), [(BEFORE, False, 0, 1), (DUE, False, 0, 0), (AFTER, True, 1, None)]
)
def test_a_deadline_passes_when_the_day_after_it_begins(on, passed, overdue, left):
    assert has_passed(DUE, on) is passed
    assert days_overdue(DUE, on) == overdue
    assert days_left(DUE, on) == left


def test_without_a_deadline_nothing_passes():
    assert has_passed(None, date.max) is False
    assert days_overdue(None, date.max) == 0
    assert days_left(None, date.min) is None
    assert days_late(None, day(AFTER)) is None


@pytest.mark.parametrize(("on", "late"), [(BEFORE, 0), (DUE, 0), (AFTER, 1), (date(2021, 3, 23), 41)])
def test_a_reply_on_the_last_day_is_in_time(on, late):
    assert days_late(DUE, day(on)) == late


def test_without_a_reply_there_are_no_days_late():
    assert days_late(DUE, None) is None


@pytest.mark.parametrize(("written", "late"), [("2021-02", 0), ("2021-01", 0), ("2021-03", 19), ("2021", 0)])
def test_a_reply_known_by_its_month_or_year_is_late_from_the_earliest_day(written, late):
    assert days_late(DUE, parse_span(written)) == late


@pytest.mark.parametrize("by", ["2021-02-09", "2021-02-10", "2021-02-11", "2022"])
def test_a_reply_known_to_exist_by_a_later_day_is_not_called_late(by):
    assert days_late(DUE, parse_span(by, by=True)) == 0


def test_days_between_are_calendar_days_over_weekends_and_leap_days():
    assert days_between_calendar(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_between_calendar(date(2023, 2, 28), date(2023, 3, 1)) == 1
    assert days_between_calendar(AFTER, DUE) == 0


FIRST, UNTIL = date(2021, 6, 30), date(2021, 12, 31)
GRANTED = date(2021, 6, 21)  # the regulations under section 81(4) of the Domestic Abuse Act 2021


@pytest.mark.parametrize(
    ("on", "in_force"), [(GRANTED - timedelta(days=1), FIRST), (GRANTED, UNTIL), (date(2021, 6, 22), UNTIL)]
)
def test_an_extension_counts_from_the_day_it_is_granted(on, in_force):
    assert extended(FIRST, [Grant(day(GRANTED), UNTIL)], on) == in_force


def test_a_plain_pair_is_a_grant_too():
    assert extended(FIRST, [(day(GRANTED), UNTIL)], GRANTED) == UNTIL


def test_without_extensions_the_first_date_stands():
    assert extended(FIRST, [], date.max) == FIRST


def test_the_latest_grant_decides_and_not_the_longest_or_the_last_recorded():
    grants = [(day(date(2021, 8, 2)), date(2021, 10, 1)), (day(date(2021, 7, 1)), UNTIL)]
    assert extended(FIRST, grants, date(2021, 8, 1)) == UNTIL
    assert extended(FIRST, grants, date(2021, 8, 2)) == date(2021, 10, 1)


def test_of_two_grants_of_one_day_the_later_recorded_decides():
    grants = [(day(GRANTED), UNTIL), (day(GRANTED), date(2021, 9, 30))]
    assert extended(FIRST, grants, GRANTED) == date(2021, 9, 30)


def test_a_grant_known_by_its_month_counts_from_the_first_of_it():
    grants = [(parse_span("2021-06"), UNTIL)]
    assert extended(FIRST, grants, date(2021, 5, 31)) == FIRST
    assert extended(FIRST, grants, date(2021, 6, 1)) == UNTIL


def test_a_grant_known_to_be_made_by_a_day_counts_from_the_outset():
    assert extended(FIRST, [(parse_span("2021-06-21", by=True), UNTIL)], date(2021, 1, 1)) == UNTIL


def test_an_extension_granted_after_the_deadline_leaves_the_days_before_it_overdue():
    grants = [(day(date(2021, 7, 5)), UNTIL)]
    in_force = [extended(FIRST, grants, date(2021, 7, each)) for each in (1, 4, 5)]
    assert [has_passed(due, date(2021, 7, each)) for due, each in zip(in_force, (1, 4, 5), strict=True)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2021, 2, 10, 23, 59, 59, tzinfo=UTC), date(2021, 2, 10)),
        (datetime(2021, 2, 11, 0, 0, tzinfo=UTC), date(2021, 2, 11)),
        (datetime(2021, 6, 30, 22, 59, 59, tzinfo=UTC), date(2021, 6, 30)),  # summer time: one hour ahead
        (datetime(2021, 6, 30, 23, 0, tzinfo=UTC), date(2021, 7, 1)),
        (datetime(2021, 3, 28, 0, 30, tzinfo=UTC), date(2021, 3, 28)),  # the night the clocks go forward
        (datetime(2021, 10, 31, 0, 30, tzinfo=UTC), date(2021, 10, 31)),  # and back
    ],
)
def test_the_day_is_the_registers_own_and_not_greenwichs(moment, expected):
    assert local_day(moment, LONDON) == expected


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="moment: .* aware"):
        local_day(datetime(2021, 2, 10, 12, 0), LONDON)


def test_a_moment_at_the_end_of_time_is_refused_where_it_has_no_day():
    with pytest.raises(ValueError, match="moment: .* check the year"):
        local_day(datetime(9999, 12, 31, 23, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
