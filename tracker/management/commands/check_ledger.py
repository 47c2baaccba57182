"""Prove the ledger."""

import sys
from contextlib import closing
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.ledger.check import check_ledger
from tracker.models import LedgerHead

BAR = 40


class Command(BaseCommand):
    help = (
        "Recomputes both chains of the ledger and replays its lines against the rows. "
        "Names the first line that does not hold, and exits with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="name every line that does not hold")

    def handle(self, **options: Any) -> None:
        head = LedgerHead.objects.filter(pk=1).first()
        total = head.number if head else 0
        self.shown = -1
        # Closed at once: a cursor left open would end in somebody else's transaction.
        with closing(check_ledger(lambda number: self.progress(number, total))) as faults:
            found = list(faults if options["all"] else islice(faults, 1))
        if self.shown >= 0:
            self.stderr.write("")
        for fault in found:
            self.stderr.write(self.style.ERROR(f"The ledger does not hold. {fault}"))
        if found:
            sys.exit(1)
        public = head.public_number if head else 0
        self.stdout.write(f"The ledger holds: {total} lines, {public} of them public; every row is as told.")

    def progress(self, number: int, total: int) -> None:
        """A bar on a terminal, once a hundredth."""
        if not self.stderr.isatty() or not total or number * 100 // total == self.shown:
            return
        self.shown = number * 100 // total
        done = min(number, total) * BAR // total
        self.stderr.write(f"\r[{'#' * done}{'.' * (BAR - done)}] {self.shown:3} %", ending="")
