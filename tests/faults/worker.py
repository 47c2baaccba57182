"""A worker to be killed: a process of its own that does what the tasks do, again and again.

It is forked from a server that has loaded the register once (multiprocessing's forkserver), so that two hundred of
them cost seconds. What it sends goes to a real SMTP server.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django.utils import timezone  # noqa: E402

from tracker.actions import _rows, deadlines  # noqa: E402
from tracker.alerts import fanout, outbox  # noqa: E402
from tracker.importing import jobs, staging  # noqa: E402
from tracker.ledger import CLOCK  # noqa: E402
from tracker.models import importing  # noqa: E402
from tracker.queries.days import register_day  # noqa: E402

_ = get_resolver().url_patterns  # loads every view, once for all of them

# Short, so that what a killed worker held is taken up again while the test lasts.
LEASE = timedelta(seconds=1)

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.worker"])


def tell() -> None:
    """The outbox: read the ledger, send what is due."""
    outbox.LEASE = LEASE
    fanout.LINES_AT_ONCE = 5
    fanout.make_notices(at=timezone.now())
    outbox.send_due_messages(clock=timezone.now)


def sweep() -> None:
    """The sweep, in small batches, so that a kill falls between two of them."""
    deadlines.SWEEP_BATCH = 3
    at = timezone.now()
    deadlines.record_missed_deadlines(on=register_day(at), by=CLOCK, at=at)


def import_files() -> None:
    """Imports, in small pieces, so that a kill falls between two reports."""
    importing.LEASE = jobs.LEASE = timedelta(0)
    staging.PIECE, _rows.FEW = 4, 2
    jobs.run_waiting(clock=timezone.now)


def run(work: Callable[[], None], database: dict[str, Any], smtp_port: int, begun: Any) -> None:
    """For ever, until killed."""
    connection.settings_dict.update(database)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_port
    connection.ensure_connection()
    begun.set()
    while True:
        work()


def start(work: Callable[[], None], *, smtp_port: int = 0) -> BaseProcess:
    """A worker that has begun."""
    begun = FORKS.Event()
    names = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    database = {name: connection.settings_dict[name] for name in names}
    process = FORKS.Process(target=run, args=(work, database, smtp_port, begun), daemon=True)
    process.start()
    assert begun.wait(60)
    return process


def kill(process: BaseProcess) -> None:
    """kill -9."""
    process.kill()
    process.join(30)
    assert process.exitcode == -9
