"""The register's day: the one place where a moment becomes a date."""

from datetime import date, datetime

from django.utils import timezone

from tracker.deadlines import local_day


def register_day(at: datetime) -> date:
    """The day of a moment in the register's time zone (the setting TIME_ZONE)."""
    return local_day(at, timezone.get_default_timezone())
