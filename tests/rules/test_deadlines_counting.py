"""How a period is counted: days, working days, weeks, months, and what is refused."""

from datetime import date

import pytest

from tracker.deadlines import Period, is_working_day, last_day
from tracker.spans import day, parse_span
from tracker.vocabulary import Counting, DeadlineUnit, HolidayCalendar

DAYS, WORKING, WEEKS, MONTHS = (
    DeadlineUnit.CALENDAR_DAYS,
    DeadlineUnit.WORKING_DAYS,
    DeadlineUnit.WEEKS,
    DeadlineUnit.MONTHS,
)
INCLUSIVE, EXCLUSIVE, UNVERIFIED = Counting.INCLUSIVE, Counting.EXCLUSIVE, Counting.UNVERIFIED


def ends(amount, unit, counting, start, **how):
    return last_day(Period(amount, unit, counting, **how), parse_span(start)).isoformat()


@pytest.mark.parametrize(
    ("amount", "counting", "start", "expected"),
    [
        (1, INCLUSIVE, "2021-03-01", "2021-03-01"),
        (1, EXCLUSIVE, "2021-03-01", "2021-03-02"),
        (1, UNVERIFIED, "2021-03-01", "2021-03-02"),
        (56, INCLUSIVE, "2020-12-17", "2021-02-10"),
        (56, EXCLUSIVE, "2020-12-17", "2021-02-11"),
        (2, EXCLUSIVE, "2024-02-27", "2024-02-29"),
        (2, EXCLUSIVE, "2023-02-27", "2023-03-01"),
    ],
)
def test_the_starting_day_is_day_one_only_where_it_is_counted(amount, counting, start, expected):
    assert ends(amount, DAYS, counting, start) == expected


@pytest.mark.parametrize(
    ("counting", "expected"),
    [(INCLUSIVE, "2024-04-25"), (EXCLUSIVE, "2024-04-26"), (UNVERIFIED, "2024-04-26")],
)
def test_eight_weeks_are_fifty_six_days(counting, expected):
    assert ends(8, WEEKS, counting, "2024-03-01") == expected
    assert ends(56, DAYS, counting, "2024-03-01") == expected


@pytest.mark.parametrize(
    ("amount", "start", "exclusive", "inclusive"),
    [
        (2, "2022-09-30", "2022-11-30", "2022-11-29"),
        (2, "2023-07-19", "2023-09-19", "2023-09-18"),
        (6, "2022-06-30", "2022-12-30", "2022-12-29"),
        (4, "1978-09-30", "1979-01-30", "1979-01-29"),  # the case of Dodds v Walker
        (1, "2023-01-28", "2023-02-28", "2023-02-27"),
        (1, "2023-01-29", "2023-02-28", "2023-02-28"),  # no 29 February: the month's last day, either way
        (1, "2023-01-31", "2023-02-28", "2023-02-28"),
        (1, "2024-01-29", "2024-02-29", "2024-02-28"),
        (1, "2024-01-30", "2024-02-29", "2024-02-29"),
        (12, "2024-02-29", "2025-02-28", "2025-02-28"),
        (48, "2024-02-29", "2028-02-29", "2028-02-28"),
        (1, "2023-02-28", "2023-03-28", "2023-03-27"),  # from a month's end, yet not to a month's end
        (3, "2023-01-01", "2023-04-01", "2023-03-31"),
        (12, "2022-12-31", "2023-12-31", "2023-12-30"),
        (1, "2022-12-15", "2023-01-15", "2023-01-14"),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(amount, start, exclusive, inclusive):
    assert ends(amount, MONTHS, EXCLUSIVE, start) == exclusive
    assert ends(amount, MONTHS, INCLUSIVE, start) == inclusive
    assert ends(amount, MONTHS, UNVERIFIED, start) == max(exclusive, inclusive)


@pytest.mark.parametrize(
    ("counting", "start", "expected"),
    [
        (INCLUSIVE, "2021-12-03", "2021-12-09"),  # a Friday: it is day 1
        (INCLUSIVE, "2021-12-04", "2021-12-10"),  # Saturday and Sunday: Monday is day 1
        (INCLUSIVE, "2021-12-05", "2021-12-10"),
        (INCLUSIVE, "2021-12-06", "2021-12-10"),
        (EXCLUSIVE, "2021-12-03", "2021-12-10"),
        (EXCLUSIVE, "2021-12-04", "2021-12-10"),
        (EXCLUSIVE, "2021-12-06", "2021-12-13"),
        (UNVERIFIED, "2021-12-03", "2021-12-10"),
        (INCLUSIVE, "2021-12-24", "2022-01-04"),  # 27 and 28 December and 3 January stand in for weekends
        (INCLUSIVE, "2021-12-25", "2022-01-05"),
        (EXCLUSIVE, "2021-04-01", "2021-04-12"),  # Good Friday and Easter Monday
    ],
)
def test_five_working_days_start_on_a_working_day(counting, start, expected):
    assert ends(5, WORKING, counting, start) == expected


@pytest.mark.parametrize(
    ("on", "working_in"),
    [
        ("2014-07-14", {"england_and_wales", "scotland", "none"}),  # for the Battle of the Boyne
        ("2014-08-04", {"england_and_wales", "northern_ireland", "none"}),  # Summer Bank Holiday
        ("2023-01-03", {"england_and_wales", "northern_ireland", "none"}),  # for 2 January
        ("2023-03-17", {"england_and_wales", "scotland", "none"}),  # Saint Patrick's Day
        ("2023-04-10", {"scotland", "none"}),  # Easter Monday
        ("2022-11-30", {"england_and_wales", "northern_ireland", "none"}),  # Saint Andrew's Day
        ("2022-09-19", {"none"}),  # proclaimed
        ("2023-04-07", {"none"}),  # Good Friday
        ("2023-12-25", {"none"}),
        ("2023-04-08", set()),  # a Saturday
        ("2023-04-09", set()),
        ("2023-04-12", {"england_and_wales", "scotland", "northern_ireland", "any_uk", "none"}),
    ],
)
def test_whose_holidays_decides_what_a_working_day_is(on, working_in):
    found = {calendar for calendar in HolidayCalendar if is_working_day(date.fromisoformat(on), calendar)}
    assert found == working_in


def test_a_holiday_in_one_part_of_the_kingdom_moves_a_day_counted_for_all_of_it():
    assert ends(20, WORKING, EXCLUSIVE, "2023-03-01", calendar=HolidayCalendar.NONE) == "2023-03-29"
    assert ends(20, WORKING, EXCLUSIVE, "2023-03-01") == "2023-03-29"
    assert ends(20, WORKING, EXCLUSIVE, "2023-03-01", calendar=HolidayCalendar.ANY_UK) == "2023-03-30"


@pytest.mark.parametrize("counting", Counting)
@pytest.mark.parametrize(("written", "last"), [("2021-12", "2021-12-31"), ("2021", "2021-12-31")])
def test_a_start_that_is_a_span_starts_the_clock_on_its_last_day(counting, written, last):
    assert ends(56, DAYS, counting, written) == ends(56, DAYS, counting, last)


def test_a_start_known_by_a_day_starts_the_clock_on_that_day():
    assert last_day(Period(1, DAYS, EXCLUSIVE), parse_span("2021-12-03", by=True)) == date(2021, 12, 4)


def test_a_last_day_on_a_weekend_or_holiday_stays_unless_the_rule_rolls_over():
    assert ends(10, DAYS, INCLUSIVE, "2021-12-16") == "2021-12-25"
    assert ends(10, DAYS, INCLUSIVE, "2021-12-16", rolls_over_weekends=True) == "2021-12-29"
    weekends_only = {"rolls_over_weekends": True, "calendar": HolidayCalendar.NONE}
    assert ends(10, DAYS, INCLUSIVE, "2021-12-16", **weekends_only) == "2021-12-27"
    assert ends(9, DAYS, INCLUSIVE, "2021-12-16", rolls_over_weekends=True) == "2021-12-24"


@pytest.mark.parametrize("amount", [0, -1, 1001, 5.0, "5", True, None])
def test_an_amount_that_is_no_whole_number_from_1_to_1000_is_refused(amount):
    with pytest.raises(ValueError, match="amount: .* give a whole number from 1 to 1000"):
        Period(amount, DAYS, INCLUSIVE)


@pytest.mark.parametrize("amount", [1, 1000])
def test_the_shortest_and_the_longest_amount_are_taken(amount):
    assert Period(amount, DAYS, INCLUSIVE).amount == amount


@pytest.mark.parametrize("field", ["unit", "counting", "calendar"])
def test_an_unknown_word_is_refused_with_the_words_that_are_known(field):
    words = {"unit": DAYS, "counting": INCLUSIVE, "calendar": HolidayCalendar.NONE} | {field: "fortnights"}
    with pytest.raises(ValueError, match=rf"{field}: 'fortnights' is not known; use one of \w+, "):
        Period(1, **words)


def test_stored_words_are_read_as_members():
    assert Period(2, "months", "exclusive", "scotland") == Period(
        2, MONTHS, EXCLUSIVE, HolidayCalendar.SCOTLAND
    )


@pytest.mark.parametrize("unit", [DAYS, WEEKS, MONTHS])
@pytest.mark.parametrize("counting", Counting)
def test_a_day_after_the_year_9999_is_refused(unit, counting):
    with pytest.raises(ValueError, match="start: 1000 .* end after the year 9999"):
        last_day(Period(1000, unit, counting), day(date(9999, 12, 1)))


def test_the_last_day_of_the_year_9999_can_still_be_reached():
    assert last_day(Period(1, DAYS, INCLUSIVE), day(date.max)) == date.max
    assert last_day(Period(1, DAYS, EXCLUSIVE), day(date(9999, 12, 30))) == date.max
    with pytest.raises(ValueError, match="9999"):
        last_day(Period(1, DAYS, EXCLUSIVE), day(date.max))


@pytest.mark.parametrize("start", ["1871-12-29", "2100-12-30"])
def test_working_days_are_refused_where_no_holidays_are_known(start):
    with pytest.raises(ValueError, match="working days: bank holidays are known for 1872 to 2100"):
        ends(5, WORKING, EXCLUSIVE, start)
    assert ends(1, WORKING, EXCLUSIVE, start, calendar=HolidayCalendar.NONE) > start


def test_working_days_without_holidays_are_refused_after_the_year_9999_too():
    with pytest.raises(ValueError, match="end after the year 9999"):
        last_day(Period(60, WORKING, EXCLUSIVE, HolidayCalendar.NONE), day(date(9999, 12, 1)))
