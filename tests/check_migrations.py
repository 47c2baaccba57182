"""`python -m tests.check_migrations`: no model without its migration, and none that would stop a running register.

On a throw-away PostgreSQL. Part of `make lint`.
"""

import os
import sys

import django
from django.core.management import call_command

from tests.servers import Keeper


def main() -> None:
    """1. a database, 2. makemigrations --check, 3. what django-migration-linter knows to be unsafe."""
    keeper = Keeper()
    try:
        os.environ.setdefault("DATABASE_URL", keeper.url("postgres"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        django.setup()
        call_command("makemigrations", "--check", "--dry-run")
        call_command("lintmigrations", project_root_path=None, include_apps=["tracker"], no_cache=True)
    finally:
        keeper.stop()


if __name__ == "__main__":
    sys.exit(main())
