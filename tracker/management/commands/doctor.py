"""`manage.py doctor [what …]`: is everything there that the register needs? One line each; exit code 1 if not."""

import argparse
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError as BrokerError

LEAST_POSTGRES = 160000


class Wrong(Exception):
    """What is wrong, and what to do about it."""


def check_database() -> str:
    """It answers, is new enough, and sorts in a way that no system update changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'), datlocprovider"
            " FROM pg_database WHERE datname = current_database()"
        )
        number, version, provider = cursor.fetchone()
    if number < LEAST_POSTGRES:
        raise Wrong(f"PostgreSQL {version} is too old: use 16 or later")
    if provider != "b":
        return f"PostgreSQL {version}, but its locale is the operating system's, not builtin C.UTF-8"
    return f"PostgreSQL {version}, builtin locale"


def check_migrations() -> str:
    """Its tables are those of this release."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Wrong(f"{len(waiting)} migrations wait: run `manage.py migrate`")
    return "applied"


def check_broker() -> str:
    """It takes connections, within the time a publisher would wait."""
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=5)
    return "answers"


def check_cache() -> str:
    """What is put in comes out."""
    cache.set("doctor", "well", 10)
    if cache.get("doctor") != "well":
        raise Wrong("what was put in did not come out: look at CACHE_URL")
    return settings.CACHES["default"]["BACKEND"].rpartition(".")[2]


def check_secrets() -> str:
    """On one machine: nobody else can read the files that hold them."""
    if not settings.EMBEDDED:
        return "come from the environment"
    files = [settings.DATA_DIR / name for name in ("secret-key", "place.json", "admin-password")]
    open_ones = [str(file) for file in files if is_open(file)]
    if open_ones:
        raise Wrong(f"others may read {', '.join(open_ones)}: chmod 600")
    return f"in {settings.DATA_DIR}, readable by their owner only"


def is_open(file: Path) -> bool:
    return file.exists() and bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
    "cache": check_cache,
    "secrets": check_secrets,
}


class Command(BaseCommand):
    help = "Says whether everything is there that the register needs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", help=f"any of {', '.join(CHECKS)}; all if none is named")

    def handle(self, *args: Any, what: list[str], **options: Any) -> None:
        unknown = {*what} - {*CHECKS}
        if unknown:
            raise CommandError(f"no such check: {', '.join(sorted(unknown))}")
        wrong = [name for name in what or CHECKS if not self._is_well(name)]
        if wrong:
            raise CommandError(f"wrong: {', '.join(wrong)}")

    def _is_well(self, name: str) -> bool:
        try:
            words = CHECKS[name]()
        except (Wrong, Error, BrokerError, OSError) as error:
            self.stdout.write(f"{name:<12}WRONG  {' '.join(str(error).split())}")
            return False
        self.stdout.write(f"{name:<12}ok     {words}")
        return True
