"""`manage.py record_missed_deadlines [--on DATE]`: what the clock does every few minutes, by hand."""

import argparse
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.actions.deadlines import record_missed_deadlines
from tracker.ledger import CLOCK
from tracker.models import TaskRun
from tracker.queries.days import register_day
from tracker.spans import parse_span
from tracker.vocabulary import Precision, day_label


class Command(BaseCommand):
    help = "Records once each deadline, to answer or to act, that has passed with nothing on record."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--on", metavar="DATE", help="as of this day, written 2026-03-02; today by default"
        )

    def handle(self, *args: Any, on: str | None, **options: Any) -> None:
        at = timezone.now()
        day = _day(on, at)
        if options["verbosity"]:
            self.stdout.write(f"Looking for deadlines that had passed on {day_label(day)} …")
        found = record_missed_deadlines(on=day, by=CLOCK, at=at)
        if day == register_day(at):
            TaskRun.objects.note("record_missed_deadlines", at=timezone.now())
        what = "1 missed deadline" if found == 1 else f"{found} missed deadlines"
        self.stdout.write(f"Recorded {what}." if found else "Nothing new: all of them were on record.")


def _day(written: str | None, at: datetime) -> date:
    """The day asked for. Raises CommandError for what is no day, and for one that has not come."""
    today = register_day(at)
    if written is None:
        return today
    try:
        span = parse_span(written)
    except ValueError as error:
        raise CommandError(f"--on: {error}") from error
    if span.precision != Precision.DAY:
        raise CommandError(f"--on: name a day, as 2026-03-02, not {written}")
    if span.latest > today:
        raise CommandError(
            f"--on: {day_label(span.latest)} has not come yet (today is {day_label(today)}): "
            "nobody can have missed it"
        )
    return span.latest
