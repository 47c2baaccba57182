"""What runs the register once its servers run: web, worker, beat. Each as a function, and as the equivalent command."""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from celery.exceptions import SecurityWarning
from celery.signals import worker_process_init
from gunicorn.app.base import BaseApplication

from tracker.config import gunicorn
from tracker.config.celery import app
from tracker.config.wsgi import application
from tracker.embedded.account import die_with

WORKER_OPTIONS = ["--loglevel=WARNING", "--concurrency=2", "--without-gossip", "--without-mingle"]


class Web(BaseApplication):
    """gunicorn on the application that is already loaded."""

    def load_config(self) -> None:
        for name, value in vars(gunicorn).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("post_fork", lambda arbiter, _worker: die_with(arbiter.pid, signal.SIGKILL))

    def load(self) -> object:
        return application


def web() -> None:
    Web().run()


def worker() -> None:
    """A real Celery worker; its pool's processes die with it."""
    parent = os.getpid()
    worker_process_init.connect(lambda **_: die_with(parent, signal.SIGKILL), weak=False)
    os.environ["CELERY_SKIP_CHECKS"] = "1"  # the supervisor's own start has just passed them
    warnings.simplefilter(
        "ignore", SecurityWarning
    )  # whoever runs `up` as root has chosen to; messages are JSON
    app.worker_main(["--quiet", "worker", *WORKER_OPTIONS])


def beat() -> None:
    """The clock; in memory, for its entries are static and the sweeps ask the database what is due."""
    app.Beat(scheduler="celery.beat:Scheduler", loglevel="WARNING", quiet=True).run()


@dataclass(frozen=True)
class Role:
    """One of the three."""

    name: str
    work: Callable[[], None]
    command: list[str]
    stop_seconds: float


ROLES = [
    Role(
        "web",
        web,
        [sys.executable, "-m", "gunicorn", "-c", "python:tracker.config.gunicorn", "tracker.config.wsgi"],
        15,
    ),
    Role(
        "worker",
        worker,
        [sys.executable, "-m", "celery", "-A", "tracker.config.celery", "worker", *WORKER_OPTIONS],
        20,
    ),
    Role(
        "beat",
        beat,
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tracker.config.celery",
            "beat",
            "-S",
            "celery.beat:Scheduler",
            "--loglevel=WARNING",
        ],
        5,
    ),
]
