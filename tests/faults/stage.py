"""A whole register to be killed: web (gunicorn), a Celery worker, beat and Valkey, each a process of its own.

Each is forked from a server that has loaded the register once (multiprocessing's forkserver), so that two hundred of
them cost seconds. They are the roles of `make up`, with shorter leases and pauses, so that what a killed worker held
is taken up again while the test lasts.
"""

import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from multiprocessing.process import BaseProcess
from typing import Any

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from tests.faults import clerk  # noqa: E402
from tests.faults.worker import FORKS  # noqa: E402
from tests.running.processes import family_of, free_port, is_alive, until  # noqa: E402
from tracker.alerts import call_rows, calls, fanout, outbox  # noqa: E402
from tracker.embedded import roles  # noqa: E402
from tracker.embedded.account import die_with  # noqa: E402
from tracker.embedded.throwaway import own_folder  # noqa: E402
from tracker.embedded.valkey import Valkey  # noqa: E402

_ = clerk.urlpatterns  # loaded once, for all of them

FORKS.set_forkserver_preload(["tests.faults.worker", "tests.faults.stage"])

LEASE = timedelta(seconds=6)
TASKS = ("make_notices", "send_due_messages", "send_due_calls")


def hurry() -> None:
    """Short leases, short pauses, small batches: a kill falls between two of them."""
    outbox.LEASE, call_rows.LEASE = LEASE, LEASE
    outbox.RUN_SECONDS = calls.RUN_SECONDS = 3.0
    calls.CALL_SECONDS = calls.BATCH_SECONDS = 2.0
    call_rows.PAUSES = [timedelta(seconds=0.3)] * 60
    outbox.PAUSES = [timedelta(seconds=0.3)] * 60
    call_rows.FIRST_REST, call_rows.LONGEST_REST = timedelta(seconds=0.1), timedelta(seconds=0.5)
    fanout.LINES_AT_ONCE = 50
    call_rows.BATCH = 25


def play(role: str, place: dict[str, Any]) -> None:
    """Be one of the roles, until killed. Where the host's clock is wrong, so is all that this process asks of it."""
    if place["wrong_by"]:
        time_machine.travel(datetime.now(UTC) + place["wrong_by"], tick=True).start()
    os.setsid()
    die_with(os.getppid(), signal.SIGKILL)
    hurry()
    connection.settings_dict.update(place["database"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", place["smtp"]
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    settings.ROOT_URLCONF = "tests.faults.clerk"
    roles.app.conf.broker_url = place["broker"]
    roles.app.conf.worker_hijack_root_logger = False
    roles.app.conf.beat_schedule = {
        name: {"task": f"tracker.tasks.{name}", "schedule": 0.5, "options": {"expires": 5}} for name in TASKS
    }
    roles.gunicorn.bind = [f"127.0.0.1:{place['web']}"]
    roles.gunicorn.loglevel = "critical"
    {"web": roles.web, "worker": roles.worker, "beat": roles.beat}[role]()


class Stage:
    """The processes, each started again after it was killed."""

    def __init__(self, folder: Any, smtp: int) -> None:
        self.valkey = Valkey(folder / "valkey", free_port(), "a-password", folder / "valkey.log")
        self.valkey.create()
        self.broker = self.valkey.start()
        names = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
        self.place = {
            "database": {name: connection.settings_dict[name] for name in names},
            "broker": self.valkey.url,
            "smtp": smtp,
            "web": free_port(),
            "wrong_by": timedelta(),
        }
        self.running: dict[str, BaseProcess] = {}
        for role in ("web", "worker", "beat"):
            self.start(role)

    def start(self, role: str) -> None:
        self.running[role] = FORKS.Process(target=play, args=(role, self.place), daemon=True)
        self.running[role].start()

    def kill(self, role: str) -> None:
        """kill -9 of all that belongs to a role, and start it anew."""
        if role == "valkey":
            self.broker.kill()
            self.broker.wait(30)
            self.broker = self.valkey.start()
            return
        self._end(self.running[role])
        self.start(role)

    def shift(self, by: timedelta) -> None:
        """From now on the host's clock is wrong by so much; its processes are started anew, as after a reboot."""
        self.place["wrong_by"] = by
        for role in self.running:
            self.kill(role)

    @staticmethod
    def _end(process: BaseProcess) -> None:
        family = family_of(process.pid or 0)
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.join(30)
        until(lambda: not any(is_alive(pid) for pid in family))

    def end(self) -> None:
        for process in self.running.values():
            self._end(process)
        self.broker.kill()
        self.broker.wait(30)

    def put(self, number: int) -> None:
        """Have a letter recorded, and ask until somebody says that it is."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.place['web']}/letters/{number}", method="PUT"
        )
        deadline = time.monotonic() + 600
        while True:
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    assert answer.status == 204
                    return
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline, f"letter {number} was not taken"
                time.sleep(0.1)


@contextmanager
def stage(smtp: int) -> Iterator[Stage]:
    with own_folder() as folder:
        made = Stage(folder, smtp)
        try:
            yield made
        finally:
            made.end()


class Clerk(threading.Thread):
    """Records letters, one after the other."""

    def __init__(self, stage: Stage, letters: int, pause: float) -> None:
        super().__init__(daemon=True)
        self.stage, self.letters, self.pause = stage, letters, pause
        self.seconds: list[float] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            for number in range(self.letters):
                began = time.monotonic()
                self.stage.put(number)
                self.seconds.append(time.monotonic() - began)
                time.sleep(self.pause)
        except BaseException as error:
            self.error = error
            raise
