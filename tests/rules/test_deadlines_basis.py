"""What a time limit makes due, the sentence that explains it, who confirms it, and which one counts."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.deadlines import (
    NO_TIME_ON_RECORD,
    AskDates,
    Due,
    Period,
    TimeLimit,
    confirm,
    deadline_in_force,
    due_under,
)
from tracker.spans import day, parse_span
from tracker.vocabulary import ClockStart, Counting, DeadlineUnit, Strength, TimeKind

PUBLISHED = AskDates(published=day(date(2020, 12, 17)))
REVIEW = "the Home Office review"


def period(amount=56, unit=DeadlineUnit.CALENDAR_DAYS, counting=Counting.INCLUSIVE, **how):
    return Period(amount, unit, counting, **how)


def limit(kind=TimeKind.PERIOD, **fields):
    fields = {"name": "Rule", "strength": Strength.STATED, "source": "https://example.org/rule"} | fields
    if kind == TimeKind.PERIOD:
        fields.setdefault("period", period())
    return TimeLimit(kind=kind, **fields)


def basis(period_given, start="2020-12-17"):
    dates = AskDates(published=parse_span(start))
    return due_under(limit(period=period_given), dates).basis.split(" (stated by whoever asks")[0]


def test_the_basis_can_be_checked_by_its_rule_count_source_and_strength():
    rule = limit(
        name="Local policing body comments on an inspectorate report",
        strength=Strength.STATUTORY,
        source="https://www.legislation.gov.uk/ukpga/2017/3/section/37/data.html",
        automatic=True,
    )
    assert due_under(rule, PUBLISHED) == Due(
        on=date(2021, 2, 10),
        basis="56 calendar days from 17 December 2020, that day counted, end on 10 February 2021 "
        "(set by law: Local policing body comments on an inspectorate report, "
        "https://www.legislation.gov.uk/ukpga/2017/3/section/37/data.html).",
        strength=Strength.STATUTORY,
        confirmed=True,
    )


@pytest.mark.parametrize(
    ("given", "start", "expected"),
    [
        (
            period(2, DeadlineUnit.MONTHS, Counting.EXCLUSIVE),
            "2022-09-30",
            "2 months from 30 September 2022, that day not counted, end on 30 November 2022",
        ),
        (
            period(1, DeadlineUnit.WEEKS),
            "2022-09-30",
            "1 week from 30 September 2022, that day counted, ends on 6 October 2022",
        ),
        (
            period(counting=Counting.UNVERIFIED),
            "2022-12",
            (
                "56 calendar days from 31 December 2022 (known as 'December 2022'), counted to the later day "
                "because the rule's way of counting was not read, end on 25 February 2023"
            ),
        ),
        (
            period(5, DeadlineUnit.WORKING_DAYS),
            "2021-12-25",
            (
                "5 working days (days off: England and Wales) from 25 December 2021, no working day, so "
                "29 December 2021 is day 1, end on 5 January 2022"
            ),
        ),
        (
            period(10, rolls_over_weekends=True),
            "2021-12-16",
            (
                "10 calendar days from 16 December 2021, that day counted, end on 25 December 2021, moved to the "
                "next working day, 29 December 2021"
            ),
        ),
    ],
)
def test_the_basis_says_how_the_days_were_counted(given, start, expected):
    assert basis(given, start) == expected


def test_a_rule_without_a_source_says_that_none_was_read():
    assert due_under(limit(source=""), PUBLISHED).basis.endswith(
        "(stated by whoever asks: Rule, no source read)."
    )


@pytest.mark.parametrize("automatic", [True, False])
def test_only_an_automatic_rule_confirms_its_own_day(automatic):
    due = due_under(limit(automatic=automatic), PUBLISHED)
    assert (due.on, due.confirmed) == (date(2021, 2, 10), automatic)


@pytest.mark.parametrize(
    ("starts_from", "expected"),
    [
        (ClockStart.PUBLISHED, date(2021, 1, 1)),
        (ClockStart.ISSUED, date(2021, 1, 2)),
        (ClockStart.RECEIVED, date(2021, 1, 3)),
    ],
)
def test_the_clock_starts_on_the_day_the_rule_names(starts_from, expected):
    dates = AskDates(*(day(date(2021, 1, n)) for n in (1, 2, 3)))
    assert due_under(limit(period=period(1), starts_from=starts_from), dates).on == expected


@pytest.mark.parametrize("automatic", [True, False])
def test_a_clock_whose_start_is_not_on_record_gives_no_day(automatic):
    due = due_under(limit(starts_from=ClockStart.RECEIVED, automatic=automatic), PUBLISHED)
    assert (due.on, due.confirmed) == (None, False)
    assert due.basis.startswith(
        "The clock starts on the day the body received it, and that day is not on record ("
    )


def test_a_named_day_is_due_whatever_the_report_s_date():
    due = due_under(limit(TimeKind.FIXED, fixed_on=date(2021, 6, 30)), AskDates())
    assert due.on == date(2021, 6, 30)
    assert due.basis.startswith("The day named is 30 June 2021 (stated by whoever asks: Rule, ")


@pytest.mark.parametrize("kind", [TimeKind.IMMEDIATE, TimeKind.NO_DATE])
@pytest.mark.parametrize("automatic", [True, False])
def test_at_once_and_as_soon_as_possible_name_no_day_to_be_late_against(kind, automatic):
    due = due_under(limit(kind, automatic=automatic), PUBLISHED)
    assert (due.on, due.confirmed) == (None, False)
    assert "nobody is late unless a person sets one" in due.basis


def test_a_rule_that_sets_no_time_says_so():
    due = due_under(limit(TimeKind.NO_DATE, strength=Strength.NONE), PUBLISHED)
    assert due == Due(
        None, "No time is set (Rule, https://example.org/rule).", Strength.NONE, confirmed=False
    )


def test_after_an_event_nothing_is_due_until_the_event_is_on_record():
    rule = limit(TimeKind.AFTER_EVENT, event=REVIEW, automatic=True)
    waiting = due_under(rule, PUBLISHED)
    assert (waiting.on, waiting.confirmed) == (None, False)
    assert waiting.basis.startswith(f"The clock waits for something that is not on record: {REVIEW} (")


def test_after_an_event_it_is_due_on_that_day_or_when_the_period_from_it_ends():
    dates = replace(PUBLISHED, event=day(date(2021, 12, 15)))
    that_day = due_under(limit(TimeKind.AFTER_EVENT, event=REVIEW), dates)
    assert that_day.on == date(2021, 12, 15)
    assert that_day.basis.startswith(f"Due on the day of an event ({REVIEW}): 15 December 2021 (")
    two_months = period(2, DeadlineUnit.MONTHS, Counting.EXCLUSIVE)
    later = due_under(limit(TimeKind.AFTER_EVENT, event=REVIEW, period=two_months), dates)
    assert later.on == date(2022, 2, 15)
    assert later.basis.startswith(f"2 months from 15 December 2021 ({REVIEW}), that day not counted, end on ")


def test_an_event_known_by_its_month_is_due_on_the_last_day_of_it():
    dates = AskDates(event=parse_span("2021-12"))
    assert due_under(limit(TimeKind.AFTER_EVENT, event=REVIEW), dates).on == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("published", "on"),
    [
        ("2025-01-28", None),
        ("2025-01-29", date(2025, 3, 25)),
        ("2025-01-30", date(2025, 3, 26)),
        ("2025-01", None),  # it may be older than the rule
        ("2025-02", date(2025, 4, 24)),
    ],
)
def test_a_report_older_than_the_rule_carries_no_duty(published, on):
    rule = limit(in_force_from=date(2025, 1, 29), automatic=True)
    assert due_under(rule, AskDates(published=parse_span(published))).on == on


def test_the_basis_says_why_an_older_report_carries_no_duty():
    due = due_under(limit(in_force_from=date(2025, 1, 29), strength=Strength.STATUTORY), PUBLISHED)
    assert due.basis == (
        "No duty: in force from 29 January 2025, and the date of the report is 17 December 2020 "
        "(set by law: Rule, https://example.org/rule)."
    )
    assert due.strength == Strength.NONE


@pytest.mark.parametrize("dates", [AskDates(), AskDates(published=parse_span("2026-01-01", by=True))])
def test_a_report_whose_age_is_not_known_carries_no_duty_under_a_dated_rule(dates):
    assert due_under(limit(in_force_from=date(2025, 1, 29)), dates).on is None


def test_it_is_the_report_that_must_be_in_time_for_the_rule_and_not_its_receipt():
    dates = AskDates(published=day(date(2025, 1, 28)), received=day(date(2025, 1, 30)))
    assert (
        due_under(limit(in_force_from=date(2025, 1, 29), starts_from=ClockStart.RECEIVED), dates).on is None
    )


def test_a_person_confirms_what_was_suggested():
    suggested = due_under(limit(), PUBLISHED)
    confirmed = confirm(suggested)
    assert (confirmed.on, confirmed.confirmed) == (suggested.on, True)
    assert confirmed.basis == f"{suggested.basis} A person confirmed 10 February 2021."
    assert confirm(confirmed) == confirmed


def test_a_person_sets_a_day_where_none_was_named():
    at_once = due_under(limit(TimeKind.IMMEDIATE), PUBLISHED)
    assert confirm(at_once, on=date(2021, 1, 17)).on == date(2021, 1, 17)
    with pytest.raises(ValueError, match="on: nothing was suggested; give the day"):
        confirm(at_once)


def test_a_person_sets_another_day_than_the_one_suggested():
    suggested = due_under(limit(), PUBLISHED)
    other = confirm(suggested, on=date(2021, 3, 1))
    assert (other.on, other.confirmed) == (date(2021, 3, 1), True)
    assert other.basis == f"{suggested.basis} A person confirmed 1 March 2021."


def test_a_day_that_does_not_exist_cannot_be_confirmed():
    with pytest.raises(ValueError, match="confirmed: there is no day to confirm"):
        Due(None, "No time is set.", Strength.NONE, confirmed=True)


OWN, RECOMMENDATION, REGIME = (
    Due(date(2021, n, 1), f"basis {n}", Strength.STATED, confirmed=True) for n in (3, 2, 1)
)


@pytest.mark.parametrize(
    ("three", "expected"),
    [
        ((OWN, RECOMMENDATION, REGIME), OWN),
        ((None, RECOMMENDATION, REGIME), RECOMMENDATION),
        ((OWN, None, REGIME), OWN),
        ((None, None, REGIME), REGIME),
        ((None, None, None), NO_TIME_ON_RECORD),
    ],
)
def test_the_addressee_s_own_date_comes_before_the_recommendation_s_before_the_regime_s(three, expected):
    assert deadline_in_force(*three) == expected


@pytest.mark.parametrize("kind", [TimeKind.IMMEDIATE, TimeKind.PERIOD])
def test_a_closer_word_that_is_not_confirmed_still_comes_before_a_wider_rule(kind):
    closer = due_under(limit(kind), PUBLISHED)
    assert deadline_in_force(None, closer, REGIME) == closer


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " "}, "name: it is empty"),
        ({"kind": TimeKind.FIXED}, "fixed_on: fixed needs it"),
        ({"kind": TimeKind.AFTER_EVENT}, "event: after_event needs it"),
        ({"kind": TimeKind.AFTER_EVENT, "event": "  "}, "event: after_event needs it"),
        ({"period": None}, "period: period needs it"),
        ({"kind": TimeKind.NO_DATE, "period": period()}, "period: no_date has none"),
        ({"kind": TimeKind.IMMEDIATE, "fixed_on": date(2021, 1, 1)}, "fixed_on: immediate has none"),
        ({"event": REVIEW}, "event: period has none"),
        ({"strength": Strength.NONE}, "strength: none sets no time"),
        ({"strength": "hearsay"}, "strength: 'hearsay' is not known; use one of statutory"),
        ({"kind": "whenever"}, "kind: 'whenever' is not known; use one of period"),
        ({"starts_from": "noon"}, "starts_from: 'noon' is not known; use one of issued"),
    ],
)
def test_a_limit_that_contradicts_itself_is_refused_with_the_field_and_the_fix(fields, message):
    with pytest.raises(ValueError, match=message):
        limit(**fields)
