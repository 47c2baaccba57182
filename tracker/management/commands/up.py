"""`manage.py up`: the whole register on this machine. See tracker/embedded/supervisor.py."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.embedded import supervisor
from tracker.embedded.process import CouldNotStart


class Command(BaseCommand):
    help = (
        "Runs the whole register on this machine: PostgreSQL, Valkey, web, worker and beat. Ctrl-C stops it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--no-fork",
            action="store_true",
            help="start web, worker and beat as commands of their own (macOS)",
        )

    def handle(self, *args: Any, no_fork: bool, **options: Any) -> None:
        try:
            supervisor.run(forking=not no_fork)
        except CouldNotStart as error:
            raise CommandError(str(error)) from error
