"""Words of dates and of the two clocks."""

from django.db.models import TextChoices


class Precision(TextChoices):
    """How well a date is known."""

    DAY = "day", "the day"
    MONTH = "month", "the month only"
    YEAR = "year", "the year only"
    BY = "by", "so by that day; since when is not known"


class DeadlineUnit(TextChoices):
    """What a regime counts in."""

    CALENDAR_DAYS = "calendar_days", "calendar days"
    WORKING_DAYS = "working_days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"


class Counting(TextChoices):
    """Whether the day that starts the clock is day 1."""

    INCLUSIVE = "inclusive", "the starting day is day 1"
    EXCLUSIVE = "exclusive", "the day after the starting day is day 1"
    UNVERIFIED = (
        "unverified",
        "not read in the rule: the later of the two days is taken",
    )


class ClockStart(TextChoices):
    """What starts the time to answer."""

    ISSUED = "issued", "the day the ask was made or sent"
    PUBLISHED = "published", "the day the report was published"
    RECEIVED = "received", "the day the body received it"


class Strength(TextChoices):
    """What stands behind a time to answer."""

    STATUTORY = "statutory", "set by law"
    CONVENTION = "convention", "kept by custom, no law"
    STATED = "stated", "stated by whoever asks"
    NONE = "none", "no time to answer is set"


class TimeKind(TextChoices):
    """The ways in which a report or a rule says by when."""

    PERIOD = "period", "a number of days, weeks or months"
    FIXED = "fixed", "by a day that is named"
    IMMEDIATE = "immediate", "at once"
    NO_DATE = "no_date", "as soon as possible, or no time at all"
    AFTER_EVENT = "after_event", "once something else has happened"


class HolidayCalendar(TextChoices):
    """Whose days off are no working days."""

    ENGLAND_AND_WALES = "england_and_wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
    ANY_UK = "any_uk", "a holiday in any part of the United Kingdom"
    NONE = "none", "weekends only"


class Clock(TextChoices):
    """The two clocks of an addressee. They are never mixed."""

    ANSWER = "answer", "the time to answer"
    ACT = "act", "the time to act"
