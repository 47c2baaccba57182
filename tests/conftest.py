"""What every test may use. The servers are started here: see tests/servers.py.

Where DATABASE_URL (BROKER_URL) is set, those servers are used and none is started. Under xdist the controller starts
one PostgreSQL, in which each worker has a database of its own.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import environ
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.flush import flush_without_triggers
from tests.kept import together, want_or_not
from tests.servers import Keeper

CHROMIUM = "/usr/bin/chromium"
COPY = "_migrated"
LET_GO = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
KEEPER = pytest.StashKey[Keeper]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KEEPER] = Keeper()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[KEEPER].stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = together(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    want_or_not(item)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In xdist's controller, once for each worker: tell it where the one server is."""
    if "DATABASE_URL" not in os.environ:
        node.workerinput["database_url"] = node.config.stash[KEEPER].url("postgres")


@pytest.fixture(autouse=True)
def no_export_left_open() -> Iterator[None]:
    """A test that takes an export reads it to its end: else it keeps its place, and later tests find none free."""
    before = _places_for_exports()
    yield
    after = _places_for_exports()
    assert before is None or after == before, (
        "an export was left open: read it to its end (tests.api.conftest.taken)"
    )


def _places_for_exports() -> int | None:
    exports = sys.modules.get("api.exports")
    return exports.slots._value if exports else None


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """The PostgreSQL server of this run. Its database is not the one the tests write to: they have their own."""
    config = request.config
    given = os.environ.get("DATABASE_URL") or getattr(config, "workerinput", {}).get("database_url")
    return given or config.stash[KEEPER].url("postgres")


@pytest.fixture(scope="session")
def valkey_url(request: pytest.FixtureRequest) -> str:
    """A Valkey, started when the first test asks for one; under xdist each worker has its own."""
    return os.environ.get("BROKER_URL") or request.config.stash[KEEPER].url("valkey")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_url: str, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """pytest-django's hook, before it makes the test database."""
    server = environ.Env.db_url_config(database_url)
    settings.DATABASES["default"].update(
        {name: server[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """At the end nobody else holds the test database: a server that a test has just stopped may still be letting go
    of its connection, and PostgreSQL drops no database that somebody uses.

    Where a test starts runs of its own, their databases are copies of this one as it is now, before any test.
    """
    copied = any("migrated" in getattr(item, "fixturenames", ()) for item in request.session.items)
    with as_it_is_now(django_db_blocker) if copied else nullcontext():
        yield
    connection.close()  # it may have been ended by a test that ends everybody's: ask over a new one
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"{LET_GO} WHERE datname = current_database() AND pid <> pg_backend_pid()")


@contextmanager
def as_it_is_now(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the test database, under the name that the fixture `migrated` gives."""
    name = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"{LET_GO} WHERE datname = %s", [name])  # who has just closed may still be there
            cursor.execute(f'CREATE DATABASE "{name}{COPY}" TEMPLATE "{name}"')
    yield
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}{COPY}"')


@pytest.fixture(scope="session")
def migrated(django_db_setup: None) -> str:
    """A database that has all tables and no rows, for others to be copied from: to migrate takes seconds."""
    return f"{connection.settings_dict['NAME']}{COPY}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run: Playwright bears no second one in the same thread."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"There is no Chromium at {CHROMIUM}: nothing was tried in a browser.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the tests use the database from it, one at a time.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield running
        running.close()
