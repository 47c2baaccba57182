"""When an answer or an act is due, why, and how late it is. Pure: no database, no settings, no clock.

How the days are counted, with the doubts:

- "Beginning with" a day counts that day as day 1 (Police Act 1996 s.55(5A)); "after" or "following" a day
  does not (FOI Act 2000 s.10(1); Dodds v Walker, House of Lords 1981). Where the text was not read, the later
  of the two days is taken: it cannot make a body look later than it was.
- Months end on the corresponding date, or on the month's last day where there is none (Dodds v Walker: four
  months after 30 September end on 30 January). Counted with the starting day they end one day sooner; where
  there is no corresponding date, on the month's last day too (design.md; no case read says so for that end).
- Working days leave out weekends, Christmas Day, Good Friday and bank holidays: those of England and Wales in
  SI 2018/748 reg 2, those of any part of the United Kingdom in FOI Act 2000 s.10(6). A start that is no
  working day hands over to the next one (SI 2018/748 reg 5).
- A last day that is no working day stays, unless the regime rolls over: no rule read so far does.
- Bank holidays come from the package `holidays`. One proclaimed after its release is taken for a working day
  until the package is renewed, so keep it new. Whether a holiday that is proclaimed while time runs moves the
  end is disputed (19 September 2022); here it does, in favour of the body.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays import country_holidays

from tracker.spans import DateSpan, day
from tracker.vocabulary import ClockStart, Counting, DeadlineUnit, HolidayCalendar, Strength, TimeKind

LONGEST_AMOUNT = 1000
# The Bank Holidays Act 1871 is the first; the package computes none after 2100.
FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR = 1872, 2100
ONE_DAY = timedelta(days=1)
SATURDAY = 5

PARTS_OF_THE_UK = {
    HolidayCalendar.ENGLAND_AND_WALES: ("ENG", "WLS"),
    HolidayCalendar.SCOTLAND: ("SCT",),
    HolidayCalendar.NORTHERN_IRELAND: ("NIR",),
    HolidayCalendar.ANY_UK: ("ENG", "WLS", "SCT", "NIR"),
}


def _read_words(instance: object, **fields: type[Enum]) -> None:
    """Turn stored words into members in place: a row from the database brings plain text."""
    for field, words in fields.items():
        value = getattr(instance, field)
        try:
            object.__setattr__(instance, field, words(value))
        except ValueError:
            known = ", ".join(str(member.value) for member in words)
            raise ValueError(f"{field}: {value!r} is not known; use one of {known}") from None


@dataclass(frozen=True)
class Period:
    """A length of time and how it is counted.

    `calendar` matters to working days and to `rolls_over_weekends`, which moves a last day that is no
    working day (a weekend, or a holiday of `calendar`) to the next working day.
    """

    amount: int
    unit: DeadlineUnit
    counting: Counting
    calendar: HolidayCalendar = HolidayCalendar.ENGLAND_AND_WALES
    rolls_over_weekends: bool = False

    def __post_init__(self) -> None:
        if type(self.amount) is not int or not 1 <= self.amount <= LONGEST_AMOUNT:
            raise ValueError(f"amount: {self.amount!r}; give a whole number from 1 to {LONGEST_AMOUNT}")
        _read_words(self, unit=DeadlineUnit, counting=Counting, calendar=HolidayCalendar)

    def __str__(self) -> str:
        unit = self.unit.label if self.amount > 1 else self.unit.label.removesuffix("s")
        if self.unit is DeadlineUnit.WORKING_DAYS:
            return f"{self.amount} {unit} (days off: {self.calendar.label})"
        return f"{self.amount} {unit}"


@dataclass(frozen=True)
class TimeLimit:
    """What a regime, a report or a recommendation says about by when.

    `event` is a noun phrase ("the Home Office review") and is what an `after_event` waits for.
    `in_force_from`: reports dated before it carry no duty.
    """

    name: str
    kind: TimeKind
    strength: Strength
    source: str = ""
    period: Period | None = None
    fixed_on: date | None = None
    event: str = ""
    starts_from: ClockStart = ClockStart.PUBLISHED
    automatic: bool = False
    in_force_from: date | None = None

    def __post_init__(self) -> None:
        _read_words(self, kind=TimeKind, strength=Strength, starts_from=ClockStart)
        if not self.name.strip():
            raise ValueError("name: it is empty; name the rule, so that the basis can be checked")
        # (field, is it given, the kinds that need it, the kinds that may have it)
        for field, given, needed, allowed in (
            ("period", self.period is not None, {TimeKind.PERIOD}, {TimeKind.PERIOD, TimeKind.AFTER_EVENT}),
            ("fixed_on", self.fixed_on is not None, {TimeKind.FIXED}, {TimeKind.FIXED}),
            ("event", bool(self.event.strip()), {TimeKind.AFTER_EVENT}, {TimeKind.AFTER_EVENT}),
        ):
            if self.kind in needed and not given:
                raise ValueError(f"{field}: {self.kind.value} needs it; give it or change the kind")
            if given and self.kind not in allowed:
                raise ValueError(f"{field}: {self.kind.value} has none; remove it or change the kind")
        if self.strength is Strength.NONE and self.kind is not TimeKind.NO_DATE:
            raise ValueError("strength: none sets no time; make the kind no_date or change it")

    @property
    def provenance(self) -> str:
        """Strength, name and source, as they end the basis."""
        strength = "" if self.strength is Strength.NONE else f"{self.strength.label}: "
        return f"({strength}{self.name}, {self.source or 'no source read'})"


@dataclass(frozen=True)
class AskDates:
    """What is on record of the days that can start a clock; None for what is not."""

    published: DateSpan | None = None
    issued: DateSpan | None = None
    received: DateSpan | None = None
    event: DateSpan | None = None

    def start(self, starts_from: ClockStart) -> DateSpan | None:
        return {
            ClockStart.PUBLISHED: self.published,
            ClockStart.ISSUED: self.issued,
            ClockStart.RECEIVED: self.received,
        }[starts_from]


@dataclass(frozen=True)
class Due:
    """A day by which something is due, or none, and the sentence by which it can be checked.

    Only a confirmed day makes anybody late; one that is not confirmed is a suggestion.
    """

    on: date | None
    basis: str
    strength: Strength
    confirmed: bool

    def __post_init__(self) -> None:
        _read_words(self, strength=Strength)
        if self.confirmed and self.on is None:
            raise ValueError("confirmed: there is no day to confirm; give `on` or leave it unconfirmed")


NO_TIME_ON_RECORD = Due(None, "No time is on record.", Strength.NONE, confirmed=False)


class Grant(NamedTuple):
    """One extension: when it was granted, and the day it moved the deadline to."""

    granted_on: DateSpan
    until: date


@lru_cache(maxsize=512)
def _days_off(calendar: HolidayCalendar, year: int) -> frozenset[date]:
    if not FIRST_HOLIDAY_YEAR <= year <= LAST_HOLIDAY_YEAR:
        raise ValueError(
            f"working days: bank holidays are known for {FIRST_HOLIDAY_YEAR} to {LAST_HOLIDAY_YEAR}, not for "
            f"{year}; count in calendar days or set the day"
        )
    return frozenset(
        holiday
        for part in PARTS_OF_THE_UK[calendar]
        for holiday in country_holidays("GB", subdiv=part, years=year, expand=False)
    )


def is_working_day(on: date, calendar: HolidayCalendar) -> bool:
    """Neither a weekend nor a holiday of this calendar."""
    if calendar is not HolidayCalendar.NONE and on in _days_off(calendar, on.year):
        return False
    return on.weekday() < SATURDAY


def _working_day_from(on: date, calendar: HolidayCalendar) -> date:
    """This day, or the first working day after it."""
    while not is_working_day(on, calendar):
        on += ONE_DAY
    return on


def _end_of_working_days(amount: int, day_one: date, calendar: HolidayCalendar) -> date:
    """`day_one`, or the first working day after it, is day 1 (SI 2018/748 reg 5)."""
    on = _working_day_from(day_one, calendar)
    for _ in range(amount - 1):
        on = _working_day_from(on + ONE_DAY, calendar)
    return on


def _end_of_months(amount: int, start: date, counting: Counting) -> date:
    """The corresponding date, the day before it, or the month's last day (see the head of this file)."""
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    if year > MAXYEAR:
        raise OverflowError
    last = monthrange(year, month + 1)[1]
    if start.day > last:
        return date(year, month + 1, last)
    corresponding = date(year, month + 1, start.day)
    return corresponding - ONE_DAY if counting is Counting.INCLUSIVE else corresponding


def _end(period: Period, start: date, counting: Counting) -> date:
    day_one = start if counting is Counting.INCLUSIVE else start + ONE_DAY
    match period.unit:
        case DeadlineUnit.WORKING_DAYS:
            on = _end_of_working_days(period.amount, day_one, period.calendar)
        case DeadlineUnit.MONTHS:
            on = _end_of_months(period.amount, start, counting)
        case DeadlineUnit.WEEKS:
            on = day_one + timedelta(weeks=period.amount) - ONE_DAY
        case DeadlineUnit.CALENDAR_DAYS:
            on = day_one + timedelta(days=period.amount - 1)
    return _working_day_from(on, period.calendar) if period.rolls_over_weekends else on


def last_day(period: Period, start: DateSpan) -> date:
    """The last day on which it is in time. A start that is a span starts on its last day."""
    both = (Counting.INCLUSIVE, Counting.EXCLUSIVE)
    countings = both if period.counting is Counting.UNVERIFIED else (period.counting,)
    try:
        return max(_end(period, start.latest, counting) for counting in countings)
    except OverflowError:
        raise ValueError(f"start: {period} from {start} end after the year {MAXYEAR}; check it") from None


def _in_words(on: date) -> str:
    return str(day(on))


def _started(start: DateSpan) -> str:
    words = _in_words(start.latest)
    return words if str(start) == words else f"{words} (known as {str(start)!r})"


def _counted(period: Period, start: date) -> str:
    """How the starting day was treated, as a clause."""
    if period.counting is Counting.UNVERIFIED:
        return "counted to the later day because the rule's way of counting was not read"
    if period.counting is Counting.EXCLUSIVE:
        return "that day not counted"
    if period.unit is DeadlineUnit.WORKING_DAYS and not is_working_day(start, period.calendar):
        return f"no working day, so {_in_words(_working_day_from(start, period.calendar))} is day 1"
    return "that day counted"


def _period_sentence(period: Period, start: DateSpan, event: str = "") -> tuple[date, str]:
    on = last_day(period, start)
    unrolled = last_day(replace(period, rolls_over_weekends=False), start)
    begun = _started(start) + (f" ({event})" if event else "")
    ends = "ends" if period.amount == 1 else "end"
    words = f"{period} from {begun}, {_counted(period, start.latest)}, {ends} on {_in_words(unrolled)}"
    moved = f", moved to the next working day, {_in_words(on)}" if on != unrolled else ""
    return on, words + moved


def _no_duty_yet(limit: TimeLimit, dates: AskDates) -> str | None:
    """Why a report from before the rule carries no duty. One that may be older than the rule counts as older."""
    if limit.in_force_from is None:
        return None
    dated = dates.published or dates.issued or dates.received
    if dated and dated.earliest >= limit.in_force_from:
        return None
    date_of_report = f"is {dated}" if dated else "is not on record"
    return f"No duty: in force from {_in_words(limit.in_force_from)}, and the date of the report {date_of_report}"


def _due_after_event(limit: TimeLimit, event: DateSpan | None) -> tuple[date | None, str]:
    if event is None:
        return None, f"The clock waits for something that is not on record: {limit.event}"
    if limit.period is None:
        return event.latest, f"Due on the day of an event ({limit.event}): {_started(event)}"
    return _period_sentence(limit.period, event, limit.event)


def _due_by_kind(limit: TimeLimit, dates: AskDates) -> tuple[date | None, str]:
    match limit.kind:
        case TimeKind.PERIOD:
            start = dates.start(limit.starts_from)
            if start is None:
                return None, f"The clock starts on {limit.starts_from.label}, and that day is not on record"
            assert limit.period is not None  # TimeLimit refuses a period without one
            return _period_sentence(limit.period, start)
        case TimeKind.FIXED:
            assert limit.fixed_on is not None  # likewise
            return limit.fixed_on, f"The day named is {_in_words(limit.fixed_on)}"
        case TimeKind.AFTER_EVENT:
            return _due_after_event(limit, dates.event)
        case TimeKind.IMMEDIATE:
            return None, "At once: no day is named, so nobody is late unless a person sets one"
    if limit.strength is Strength.NONE:
        return None, "No time is set"
    return None, "No day is named, so nobody is late unless a person sets one"


def due_under(limit: TimeLimit, dates: AskDates) -> Due:
    """What a limit makes of the days on record. Only an automatic one confirms its own day.

    "At once" and "as soon as possible" name no day that anybody could be late against: they give none until
    a person sets one (`confirm`). "After an event" gives none until the event's date is on record.
    """
    if no_duty := _no_duty_yet(limit, dates):
        return Due(None, f"{no_duty} {limit.provenance}.", Strength.NONE, confirmed=False)
    on, sentence = _due_by_kind(limit, dates)
    confirmed = limit.automatic and on is not None
    return Due(on, f"{sentence} {limit.provenance}.", limit.strength, confirmed)


def confirm(due: Due, *, on: date | None = None) -> Due:
    """A person confirms the suggested day, or sets another; the basis says so."""
    chosen = on or due.on
    if chosen is None:
        raise ValueError("on: nothing was suggested; give the day that is confirmed")
    if due.confirmed and chosen == due.on:
        return due
    basis = f"{due.basis} A person confirmed {_in_words(chosen)}."
    return replace(due, on=chosen, basis=basis, confirmed=True)


def deadline_in_force(own: Due | None, recommendation: Due | None, regime: Due | None) -> Due:
    """The addressee's own before the recommendation's before the report's regime; None says nothing.

    One that names no day, or only suggests one, still comes before the next: the closer word was not read as
    a deadline yet, and falling back on a wider rule could call a body late that was given longer.
    """
    return own or recommendation or regime or NO_TIME_ON_RECORD


def extended(first: date, grants: Sequence[Grant | tuple[DateSpan, date]], on: date) -> date:
    """The deadline in force on a day: the latest grant made by then, else the first date.

    A grant counts from the earliest day on which it may have been made (one known "by" a day: from the outset).
    The latest made decides, not the longest: who grants may also shorten. Of two made on one day, the later in
    the sequence decides.
    """
    made = [Grant(*grant) for grant in grants if grant[0].earliest <= on]
    if not made:
        return first
    return max(reversed(made), key=lambda grant: grant.granted_on.latest).until


def days_between_calendar(earlier: date, later: date) -> int:
    """Calendar days from one day to another; 0 where `later` is not later."""
    return max(0, (later - earlier).days)


def has_passed(due_on: date | None, on: date) -> bool:
    """The deadline passes when the next local day begins: the due day itself is in time."""
    return due_on is not None and due_on < on


def days_overdue(due_on: date | None, on: date) -> int:
    """How many days ago the deadline passed, for something still outstanding."""
    return 0 if due_on is None else days_between_calendar(due_on, on)


def days_left(due_on: date | None, on: date) -> int | None:
    """0 on the last day; None where there is no deadline or it has passed."""
    return None if due_on is None or has_passed(due_on, on) else days_between_calendar(on, due_on)


def days_late(due_on: date | None, answered: DateSpan | None) -> int | None:
    """Days from the deadline to the earliest day of the answer; 0 where it was in time or may have been.

    None without a deadline or without an answer.
    """
    return None if due_on is None or answered is None else days_between_calendar(due_on, answered.earliest)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The register's day of a moment: the only place where one becomes the other."""
    if moment.tzinfo is None:
        raise ValueError("moment: it has no time zone; pass an aware datetime")
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        raise ValueError(f"moment: {moment.isoformat()} has no day in {zone.key}; check the year") from None
