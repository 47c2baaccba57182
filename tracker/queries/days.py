"""The register's day: the one place where a moment becomes a date."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tracker.deadlines import local_day


def register_day(at: datetime) -> date:
    """The day of a moment in the register's time zone (the setting TIME_ZONE)."""
    return local_day(at, timezone.get_default_timezone())


def register_moment(at: datetime) -> datetime:
    """A moment as the clocks of the register's time zone show it."""
    return timezone.localtime(at, timezone.get_default_timezone())


def register_midnight(on: date) -> datetime:
    """The moment at which a day begins in the register's time zone."""
    return datetime.combine(on, time(), timezone.get_default_timezone())


def register_midnight_after(on: date) -> datetime:
    """The moment at which a day ends in the register's time zone. Raises ValueError for the last day there is."""
    try:
        return register_midnight(on + timedelta(days=1))
    except OverflowError:
        raise ValueError(f"{on.isoformat()}: no day comes after it") from None
