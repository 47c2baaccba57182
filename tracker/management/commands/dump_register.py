"""Make the dump of today now: `manage.py dump_register [--again]`."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.dumps import file_of, make_dump
from tracker.queries.days import register_day

# A line is written over after this many seconds, and not before: a short run says nothing but its end.
QUIET_SECONDS = 2


class Command(BaseCommand):
    help = "Write every public list and every public line to register-<today>.jsonl.gz, with its SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Make it anew, though today's is there.")

    def handle(self, *_: Any, **options: Any) -> None:
        self.last = time.monotonic()
        self.told = False
        made = make_dump(
            on=register_day(timezone.now()),
            root=f"{settings.SITE_URL}/api/v1/",
            again=options["again"],
            say=self._say,
        )
        if self.told:
            self.stderr.write("")
        if made is None:
            self.stdout.write(
                "Today's dump is there, or another process is making it. --again makes it anew."
            )
        else:
            self.stdout.write(
                f"{file_of(made)}: {made.lines:,} lines, {made.bytes:,} bytes, sha256 {made.sha256}"
            )

    def _say(self, resource: str, items: int) -> None:
        if time.monotonic() - self.last >= QUIET_SECONDS:
            self.last, self.told = time.monotonic(), True
            self.stderr.write(f"\r{items:>12,} items: {resource:<16}", ending="")
            self.stderr.flush()
