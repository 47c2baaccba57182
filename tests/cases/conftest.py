"""The real case, loaded once for all that ask what it says, and removed after them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from tests.cases.files import FILES, LOADED_AT
from tracker.importing.loading import load
from tracker.ledger import LOADER


@pytest.fixture(scope="package", autouse=True)
def the_real_case(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Committed, for the package to read; what a test writes is rolled back as ever."""
    with django_db_blocker.unblock():
        load(FILES, by=LOADER, at=LOADED_AT)
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def today() -> date:
    return LOADED_AT.date()
