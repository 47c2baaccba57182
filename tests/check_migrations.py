"""`python -m tests.check_migrations`: no model without its migration, and none that would stop a running register.

On a throw-away PostgreSQL. Part of `make lint`.
"""

import os
import sys

import django
from django.core.management import call_command

from tests.servers import Keeper

# Before the first release no register is running that a migration could stop. 0002 is blamed for its way back; the
# tables of alerts were made general while they held a few rows that workers alone wrote; accounts got roles in place of
# rights; 0014 renames a column of a table that nothing wrote to before it. The one in place of them all is run where
# there is nothing yet.
BEFORE_THE_FIRST_RELEASE = [
    "0001_squashed_0026_register",
    "0002_search",
    "0006_endpoints_and_subscriptions",
    "0009_subscriptions_have_interests",
    "0011_roles",
    "0013_roles_alone_decide",
    "0014_people_follow_by_mail",
]


def main() -> None:
    """1. a database, 2. makemigrations --check, 3. what django-migration-linter knows to be unsafe."""
    keeper = Keeper()
    try:
        os.environ.setdefault("DATABASE_URL", keeper.url("postgres"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        django.setup()
        call_command("makemigrations", "--check", "--dry-run")
        call_command(
            "lintmigrations",
            project_root_path=None,
            include_apps=["tracker"],
            ignore_name=BEFORE_THE_FIRST_RELEASE,
            no_cache=True,
        )
    finally:
        keeper.stop()


if __name__ == "__main__":
    sys.exit(main())
