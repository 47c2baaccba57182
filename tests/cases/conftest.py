"""The real case, loaded once for all that ask what it says, and removed after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cases.files import FILES, LOADED_AT
from tracker.importing.loading import load
from tracker.ledger import LOADER


@contextmanager
def real_case(django_db_blocker: Any) -> Iterator[None]:
    """The case is in the database, committed; afterwards nothing is."""
    with django_db_blocker.unblock():
        load(FILES, by=LOADER, at=LOADED_AT)
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        connection.close()  # beside a running browser this is not the connection that is closed at the end


@pytest.fixture(scope="package", autouse=True)
def the_real_case(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For the package to read; what a test writes is rolled back as ever."""
    with real_case(django_db_blocker):
        yield


@pytest.fixture
def today() -> date:
    return LOADED_AT.date()
