"""manage.py import_register FILE --profile NAME [--dry-run]: a spreadsheet into the register, planned first."""

import csv
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.importing import jobs
from tracker.importing.bounds import check_size
from tracker.importing.problems import Refused
from tracker.importing.profiles import profile_named
from tracker.importing.report import COUNTS, HEADER, pace, problem_rows
from tracker.models import Import
from tracker.vocabulary import ImportState

BAR_WIDTH = 30
MOST_NAMED = 20
PIECE = 1024 * 1024


class Command(BaseCommand):
    help = "Plan a file by a profile, and apply the plan. With --dry-run nothing but the plan is made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--profile", required=True, metavar="NAME", help="of fixtures/profiles/, or made at the desk"
        )
        parser.add_argument("--dry-run", action="store_true", help="make the plan, and change nothing")
        parser.add_argument(
            "--problems", type=Path, metavar="CSV", help="write what is wrong with rows to a file"
        )
        parser.add_argument(
            "--broken-feed-is-right", metavar="WHY", help="go on with a feed that looks broken"
        )

    def handle(self, *args: Any, file: Path, profile: str, dry_run: bool, **options: Any) -> None:
        try:
            chosen = profile_named(profile)
            check_size(file.stat().st_size)
            with file.open("rb") as stream:
                pieces = iter(lambda: stream.read(PIECE), b"")
                of = jobs.begin(file_name=file.name, pieces=pieces, user=None, at=timezone.now())
        except OSError as error:
            raise CommandError(
                f"{file}: it cannot be read: {error.strerror or error}; check the path"
            ) from None
        except (ValueError, Refused) as error:
            raise CommandError(f"{file}: {error}") from None
        if not dry_run:
            self.finish_broken_off(chosen.name)
        jobs.ask_plan(of, chosen)
        self.run(of, "planning")
        if options["problems"]:
            self.write_problems(of, options["problems"])
        self.tell_plan(of)
        if of.state == ImportState.STOPPED and options["broken_feed_is_right"]:
            jobs.override_stop(of, user=None, because=options["broken_feed_is_right"])
        if of.state == ImportState.STOPPED:
            raise CommandError(of.said)
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
            return
        jobs.ask_apply(of)
        self.run(of, "writing")
        if of.state != ImportState.APPLIED:
            raise CommandError(of.said)
        self.stdout.write(
            f"Applied as import {of.pk}: it can be undone at the desk as long as nothing is edited."
        )

    def finish_broken_off(self, feed: str) -> None:
        """What an earlier run left when it was killed comes first. Raises CommandError where another is at it."""
        with self.bar("finishing"):
            finished = jobs.finish_broken_off(feed, clock=timezone.now, progress=self.draw)
        for of in finished:
            self.stdout.write(
                f"Import {of.pk} ({of.file_name}) had been broken off, and was taken up first: it is"
                f" {of.get_state_display()}. {of.said}".rstrip()
            )

    def run(self, of: Import, what: str) -> None:
        """Do the next thing, with a bar. Raises CommandError for a file that cannot be read."""
        with self.bar(what):
            jobs.run(of.pk, clock=timezone.now, progress=self.draw)
        of.refresh_from_db()
        if of.state == ImportState.REFUSED:
            raise CommandError(f"{of.file_name}: {of.said}")

    @contextmanager
    def bar(self, what: str) -> Iterator[None]:
        """Meanwhile a bar may be drawn. Raises CommandError in place of what was wrong."""
        self.begun, self.what, self.drawn = time.monotonic(), what, False
        try:
            yield
        except ValueError as error:
            raise CommandError(str(error)) from None
        finally:
            if self.drawn:
                self.stderr.write("\r\033[K", str, ending="")

    def draw(self, done: int, total: int) -> None:
        """A bar with a rate and an end, for a person who waits; nothing in a log."""
        if not self.stderr.isatty():
            return
        now = pace(done, total, time.monotonic() - self.begun)
        text = f"\r{self.what} {done:,} rows, {now.rate:,.0f} rows/s"
        if now.left is not None:
            filled = min(BAR_WIDTH * done // total, BAR_WIDTH)
            bar = "=" * filled + " " * (BAR_WIDTH - filled)
            text = f"\r{self.what} [{bar}] {done:,} of {total:,} rows, {now.rate:,.0f} rows/s, {now.left:.0f} s left"
        self.stderr.write(f"{text}\033[K", str, ending="")
        self.stderr.flush()
        self.drawn = True

    def tell_plan(self, of: Import) -> None:
        counts = ", ".join(f"{of.counts.get(name, 0):,} {name}" for name in COUNTS)
        self.stdout.write(f"{of.file_name}: {of.read:,} rows read: {counts}")
        if of.said and of.state == ImportState.PLANNED:
            self.stdout.write(f"  {of.said}")
        for place, row in enumerate(problem_rows(of)):
            if place == MOST_NAMED:
                self.stdout.write("  … (--problems FILE writes all of them)")
                break
            self.stdout.write(f"  row {row[0]}, {row[2]}: {row[4]} ({row[3]!r}). {row[5]}")
        for name in of.names.filter(choice="")[:MOST_NAMED]:
            like = f" Like: {', '.join(name.nearest)}." if name.nearest else ""
            self.stdout.write(
                f"  not known: {name.name!r} in {name.rows} rows.{like} Say at the desk whom it means."
            )

    @staticmethod
    def write_problems(of: Import, file: Path) -> None:
        with file.open("w", newline="", encoding="utf-8-sig") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADER)
            writer.writerows(problem_rows(of))
