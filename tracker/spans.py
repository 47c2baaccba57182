"""Dates as sources give them: a day, a month, a year, or "by" a day. Pure.

Lateness and `as_of` read a span's earliest day, ordering reads its latest, and a clock that starts
with a span starts on its last day: each choice is the one that cannot make a body look later than it was.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from tracker.vocabulary import Precision

# A register of recommendations has no use for other years, and date arithmetic stays inside `date`.
EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
UNBOUNDED = date(EARLIEST_YEAR, 1, 1)
# How much of a day is written where less than the day is known.
WRITTEN_WIDTHS = {Precision.MONTH: 7, Precision.YEAR: 4}

# What has no day comes last where the earliest comes first; what was never, where the latest does.
NO_DAY = date(9999, 12, 31)
NEVER = date(1, 1, 1)


@dataclass(frozen=True)
class DateSpan:
    """The days on which a thing may have happened.

    For "by" the earliest day is `UNBOUNDED`: it was so by `latest`, and since when is not known.
    """

    earliest: date
    latest: date
    precision: Precision

    def __str__(self) -> str:
        match self.precision:
            case Precision.DAY:
                return f"{self.latest.day} {self.latest:%B %Y}"
            case Precision.MONTH:
                return f"{self.latest:%B %Y}"
            case Precision.YEAR:
                return f"{self.latest:%Y}"
        return f"by {self.latest.day} {self.latest:%B %Y}"

    @property
    def written(self) -> str:
        """The span as it is typed and exported: 2021-12-03, 2021-12 or 2021 (the precision says `by`)."""
        return self.latest.isoformat()[: WRITTEN_WIDTHS.get(self.precision, 10)]


def day(value: date) -> DateSpan:
    """The span of one known day."""
    return DateSpan(value, value, Precision.DAY)


def parse_span(written: str, *, by: bool = False) -> DateSpan:
    """Read 2021-12-03, 2021-12 or 2021; with `by`, the thing was so by the last day of it.

    Raises ValueError, with the forms that are taken, for anything else.
    """
    try:
        if not written.isascii():
            raise ValueError
        parts = [int(part) for part in written.strip().split("-")]
        if not EARLIEST_YEAR <= parts[0] <= LATEST_YEAR or len(written.strip()) != (4, 7, 10)[len(parts) - 1]:
            raise ValueError
        match parts:
            case [year]:
                span = DateSpan(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                span = DateSpan(date(year, month, 1), date(year, month, last), Precision.MONTH)
            case [year, month, number]:
                span = day(date(year, month, number))
    except (ValueError, IndexError, calendar.IllegalMonthError):
        raise ValueError(
            f"not a date: {written[:40]!r}; write it as 2021-12-03, 2021-12 or 2021 "
            f"(years {EARLIEST_YEAR} to {LATEST_YEAR})"
        ) from None
    return DateSpan(UNBOUNDED, span.latest, Precision.BY) if by else span
