"""What holds of every period, start and extension, tried on days that nobody picked."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.deadlines import (
    Grant,
    Period,
    days_late,
    days_left,
    days_overdue,
    extended,
    has_passed,
    is_working_day,
    last_day,
)
from tracker.spans import DateSpan, day
from tracker.vocabulary import Counting, DeadlineUnit, HolidayCalendar, Precision

INCLUSIVE, EXCLUSIVE, UNVERIFIED = Counting.INCLUSIVE, Counting.EXCLUSIVE, Counting.UNVERIFIED

# `derandomize`: the same days in every run; no time limit, for a slow machine is not a wrong rule.
steady = settings(deadline=None, derandomize=True, database=None)

# 300 months later is still before 2100, after which no bank holidays are known.
dates = st.dates(date(1950, 1, 1), date(2070, 12, 31))
amounts = st.integers(1, 300)
periods = st.builds(
    Period,
    amount=amounts,
    unit=st.sampled_from(DeadlineUnit),
    counting=st.sampled_from(Counting),
    calendar=st.sampled_from(HolidayCalendar),
    rolls_over_weekends=st.booleans(),
)
grants = st.lists(st.builds(Grant, granted_on=st.builds(day, dates), until=dates), max_size=6)


@st.composite
def spans(draw):
    earliest, latest = sorted((draw(dates), draw(dates)))
    return DateSpan(earliest, latest, draw(st.sampled_from(Precision)))


@steady
@given(periods, dates, dates)
def test_a_later_start_never_ends_sooner(period, one, other):
    first, second = sorted((one, other))
    assert last_day(period, day(first)) <= last_day(period, day(second))


@steady
@given(periods, amounts, dates)
def test_a_larger_amount_never_ends_sooner(period, amount, start):
    shorter, longer = sorted((period, replace(period, amount=amount)), key=lambda each: each.amount)
    assert last_day(shorter, day(start)) <= last_day(longer, day(start))


@steady
@given(periods, dates)
def test_no_period_ends_before_it_starts(period, start):
    assert last_day(period, day(start)) >= start


@steady
@given(periods, spans())
def test_only_the_last_day_of_a_start_matters(period, span):
    assert last_day(period, span) == last_day(period, day(span.latest))


@steady
@given(periods, dates)
def test_where_counting_was_not_read_the_later_day_is_taken(period, start):
    both = [last_day(replace(period, counting=counting), day(start)) for counting in (INCLUSIVE, EXCLUSIVE)]
    assert last_day(replace(period, counting=UNVERIFIED), day(start)) == max(both)


@steady
@given(amounts, dates, st.sampled_from([DeadlineUnit.CALENDAR_DAYS, DeadlineUnit.WEEKS]))
def test_counting_the_starting_day_ends_one_day_sooner(amount, start, unit):
    inclusive, exclusive = (
        last_day(Period(amount, unit, each), day(start)) for each in (INCLUSIVE, EXCLUSIVE)
    )
    assert inclusive == exclusive - timedelta(days=1)


@steady
@given(st.integers(1, 142), dates, st.sampled_from(Counting))
def test_a_week_is_seven_days(amount, start, counting):
    weeks = Period(amount, DeadlineUnit.WEEKS, counting)
    days = Period(amount * 7, DeadlineUnit.CALENDAR_DAYS, counting)
    assert last_day(weeks, day(start)) == last_day(days, day(start))


@steady
@given(amounts, dates)
def test_months_end_on_the_corresponding_date_clamped_to_the_month(amount, start):
    end = last_day(Period(amount, DeadlineUnit.MONTHS, EXCLUSIVE), day(start))
    assert (end.year - start.year) * 12 + end.month - start.month == amount
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@steady
@given(amounts, dates)
def test_months_with_the_starting_day_end_one_day_sooner_or_on_the_months_last_day(amount, start):
    exclusive = last_day(Period(amount, DeadlineUnit.MONTHS, EXCLUSIVE), day(start))
    inclusive = last_day(Period(amount, DeadlineUnit.MONTHS, INCLUSIVE), day(start))
    clamped = exclusive.day < start.day
    assert inclusive == (exclusive if clamped else exclusive - timedelta(days=1))


@steady
@given(st.integers(1, 40).map(lambda n: n * 12), st.sampled_from(range(1952, 2049, 4)))
def test_a_leap_day_ends_on_a_leap_day_or_on_28_february(amount, year):
    end = last_day(Period(amount, DeadlineUnit.MONTHS, EXCLUSIVE), day(date(year, 2, 29)))
    assert (end.month, end.day) == (2, 29 if amount % 48 == 0 else 28)


@steady
@given(amounts, dates, st.sampled_from(Counting), st.sampled_from(HolidayCalendar))
def test_working_days_end_on_a_working_day_with_the_right_number_of_them(amount, start, counting, calendar):
    end = last_day(Period(amount, DeadlineUnit.WORKING_DAYS, counting, calendar), day(start))
    first = start if counting is INCLUSIVE else start + timedelta(days=1)
    counted = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    assert is_working_day(end, calendar)
    assert sum(is_working_day(each, calendar) for each in counted) == amount


@steady
@given(periods, dates)
def test_rolling_over_moves_to_the_first_working_day_and_no_further(period, start):
    stays = last_day(replace(period, rolls_over_weekends=False), day(start))
    rolled = last_day(replace(period, rolls_over_weekends=True), day(start))
    assert rolled >= stays
    assert is_working_day(rolled, period.calendar)
    between = ((stays + timedelta(days=n)) for n in range((rolled - stays).days))
    assert not any(is_working_day(each, period.calendar) for each in between)


@steady
@given(dates, grants, dates)
def test_a_deadline_is_the_first_date_or_one_that_was_granted_by_then(first, made, on):
    in_force = extended(first, made, on)
    granted = {each.until for each in made if each.granted_on.latest <= on}
    assert in_force in granted if granted else in_force == first


@steady
@given(dates, grants, dates)
def test_a_deadline_is_never_earlier_unless_an_earlier_one_was_granted(first, made, on):
    longer = [each for each in made if each.until >= first]
    assert extended(first, longer, on) >= first


@steady
@given(dates, grants, dates)
def test_a_grant_of_tomorrow_changes_nothing_today(first, made, on):
    tomorrow = Grant(day(on + timedelta(days=1)), date.max)
    assert extended(first, [*made, tomorrow], on) == extended(first, made, on)


@steady
@given(dates, dates)
def test_a_deadline_has_passed_exactly_when_days_are_overdue(due_on, on):
    assert has_passed(due_on, on) == (days_overdue(due_on, on) > 0)
    assert has_passed(due_on, on) == (days_left(due_on, on) is None)


@steady
@given(dates, spans())
def test_an_answer_is_late_only_where_even_its_earliest_day_is(due_on, answered):
    assert days_late(due_on, answered) == days_overdue(due_on, answered.earliest)
    assert (days_late(due_on, answered) > 0) == has_passed(due_on, answered.earliest)
