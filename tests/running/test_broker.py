"""Celery against a broker or a database that hangs, dies or is away: bounded, tried again, never silently lost."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError

from tests.running.processes import children_of, name_of
from tests.servers import Keeper
from tracker.config.celery import RegisterTask, app


@pytest.fixture
def valkey() -> Iterator[tuple[str, int]]:
    """A Valkey of this test's own, to be stopped and hung at will: its address and its process."""
    keeper = Keeper()
    url = keeper.url("valkey")
    assert keeper.process
    [pid] = [child for child in children_of(keeper.process.pid) if name_of(child) == "valkey-server"]
    yield url, pid
    os.kill(pid, signal.SIGCONT)
    keeper.stop()


@pytest.fixture
def application(valkey: tuple[str, int]) -> Iterator[Celery]:
    """A Celery with the register's settings, on that Valkey."""
    application = Celery("tests", task_cls=RegisterTask, set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    application.conf.broker_url = valkey[0]
    yield application
    application.close()
    application.pool.force_close_all()


def test_a_message_reaches_the_broker(application: Celery) -> None:
    application.send_task("nothing")
    with application.connection_for_read() as connection:
        assert connection.default_channel.client.llen("celery") == 1


def test_publishing_to_a_hung_broker_gives_up_within_seconds(
    application: Celery, valkey: tuple[str, int]
) -> None:
    application.send_task("nothing")
    os.kill(valkey[1], signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises((BrokerError, OSError)):
        application.send_task("nothing")
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_task_that_meets_a_dead_database_is_tried_again(error: type[Exception]) -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise error("the server closed the connection")

    task = app.task(work, name=f"tests.dead_database.{error.__name__}", base=RegisterTask)
    task.apply(throw=False)
    assert len(tries) == RegisterTask.max_retries + 1


def test_a_task_that_is_wrong_is_not_tried_again() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise ValueError("wrong")

    app.task(work, name="tests.wrong", base=RegisterTask).apply(throw=False)
    assert len(tries) == 1


def test_a_message_is_worth_nothing_after_a_while(application: Celery) -> None:

    def work() -> None: ...

    application.task(work, name="tests.expires", base=RegisterTask).apply_async()
    with application.connection_for_read() as connection:
        message = connection.default_channel.client.lindex("celery", 0)
    assert b'"expires": "2' in message
