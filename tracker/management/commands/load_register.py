"""manage.py load_register FILE…: files in the register's own JSON form into the register, safe to repeat."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.importing.loading import Tally, load
from tracker.importing.problems import Refused
from tracker.ledger import LOADER

BAR_AFTER_SECONDS = 2.0
BAR_WIDTH = 30
MOST_NAMED = 20


class Command(BaseCommand):
    help = "Load files in the register's own JSON form. Safe to repeat; what staff have edited is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        self.begun, self.drawn = time.monotonic(), False
        try:
            tallies = load(files, by=LOADER, at=timezone.now(), progress=self.draw)
        except Refused as refused:
            self.end_bar()
            raise CommandError(
                "Nothing was written. Put these right:\n"
                + "\n".join(f"  {each}" for each in refused.problems)
            ) from None
        self.end_bar()
        for tally in tallies:
            self.stdout.write(f"{Path(tally.file).name}: {in_words(tally)}")
            for each in tally.kept[:MOST_NAMED]:
                self.stdout.write(f"  kept as staff left it: {each}")
            if len(tally.kept) > MOST_NAMED:
                self.stdout.write(f"  and {len(tally.kept) - MOST_NAMED} more")

    def draw(self, done: int, total: int) -> None:
        """A bar for a person who waits; nothing in a log."""
        if not self.stderr.isatty() or time.monotonic() - self.begun < BAR_AFTER_SECONDS:
            return
        filled = BAR_WIDTH * done // max(total, 1)
        bar = "=" * filled + " " * (BAR_WIDTH - filled)
        self.stderr.write(f"\r[{bar}] {100 * done // max(total, 1)} %", str, ending="")
        self.stderr.flush()
        self.drawn = True

    def end_bar(self) -> None:
        if self.drawn:
            self.stderr.write("\r\033[K", str, ending="")


def in_words(tally: Tally) -> str:
    """What became of the facts of one file."""
    if tally.changed_nothing:
        drafts = f", {tally.drafts} of them drafts" if tally.drafts else ""
        kept = f", {len(tally.kept)} kept as staff left them" if tally.kept else ""
        return f"nothing changed: {tally.same} the same{drafts}{kept}"
    counts = {
        "added": tally.added,
        "published": tally.published,
        "corrected": tally.corrected,
        "the same": tally.same,
        "kept as staff left them": len(tally.kept),
        "drafts": tally.drafts,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
