"""A real Celery worker on a real Valkey, killed in the middle of a mail."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from celery import Celery
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from tests.alerts.test_email import Sink
from tests.alerts.world import make_asked, make_letter
from tests.running.processes import environment, family_of, free_port, until
from tests.servers import ROOT
from tracker.alerts import outbox
from tracker.models import Event, Message, Notice, TaskRun

pytestmark = pytest.mark.django_db(transaction=True)


class SlowSink(Sink):
    """Holds the first mail back until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived, self.go_on = threading.Event(), threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        said = await super().handle_DATA(server, session, envelope)
        self.arrived.set()
        self.go_on.wait(60)
        return said


@pytest.fixture
def smtp() -> Iterator[tuple[SlowSink, int]]:
    sink = SlowSink()
    server = Controller(sink, hostname="127.0.0.1", port=free_port())
    server.start()
    yield sink, server.port
    sink.go_on.set()
    server.stop(no_assert=True)


@pytest.fixture
def start_worker(
    valkey_url: str, smtp: tuple[SlowSink, int]
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start the worker of production on this test's database, broker and mail server."""
    server = connection.settings_dict
    database = (
        f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{server['NAME']}"
    )
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "tracker.config.celery", "worker", "--concurrency=1"],
                cwd=ROOT,
                env=environment(
                    DJANGO_SETTINGS_MODULE="tests.settings",
                    DATABASE_URL=database,
                    BROKER_URL=valkey_url,
                    EMAIL_URL=f"smtp://127.0.0.1:{smtp[1]}",
                    PYTHONWARNINGS="ignore",
                ),
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the worker and its pool."""
    for pid in family_of(process.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait(30)


@pytest.fixture
def beat(valkey_url: str, settings: LazySettings) -> Iterator[Callable[[str], None]]:
    """What beat does: ask for a task."""
    application = Celery("tests", broker=valkey_url, set_as_current=False)
    application.conf.task_ignore_result = True
    yield lambda name: application.send_task(f"tracker.tasks.{name}", expires=120) and None
    application.close()


def test_a_celery_worker_killed_while_sending_loses_no_mail(
    start_worker: Callable[[], subprocess.Popen[bytes]],
    beat: Callable[[str], None],
    smtp: tuple[SlowSink, int],
    settings: LazySettings,
) -> None:
    sink, port = smtp
    make_letter(make_asked(), at=timezone.now(), answered=None)
    first = start_worker()
    beat("make_notices")
    until(lambda: Notice.objects.exists(), seconds=60)
    beat("send_due_messages")
    assert sink.arrived.wait(60), "the worker sends"
    kill(first)
    sink.go_on.set()
    assert Message.objects.get().state == "sending", "nobody has marked it"
    start_worker()
    beat("make_notices")
    beat("send_due_messages")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    after_the_lease = timezone.now() + outbox.LEASE + timedelta(seconds=1)
    outbox.send_due_messages(clock=lambda: after_the_lease)
    assert len(sink.raw) == 2, "sent again once the lease has ended"
    assert sink.raw[0] == sink.raw[1], "and it is the same mail"
    assert Message.objects.get().state == "sent"


def test_the_sweep_runs_in_a_celery_worker(
    start_worker: Callable[[], subprocess.Popen[bytes]], beat: Callable[[str], None]
) -> None:
    make_asked(3)
    start_worker()
    for _ in range(3):
        beat("record_missed_deadlines")
    until(lambda: TaskRun.objects.exists(), seconds=60)
    assert Event.objects.filter(kind="deadline.missed").count() == 3
