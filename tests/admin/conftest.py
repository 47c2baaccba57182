"""The desk as a member of staff meets it: logged in, a day after everything was entered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories import AT, make_user
from tracker.models import User
from tracker.vocabulary import StaffRole

NOW = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The desk asks what time it is: the day after the factories' day."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def no_cache() -> None:
    """The charts of the desk are counted once in five minutes, which here is one test."""
    cache.clear()


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada", StaffRole.ADMINISTRATOR)


@pytest.fixture
def desk(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client
