"""A PostgreSQL for a measurement: the embedded one, as durable as in earnest, in a folder that goes away."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tracker.embedded.postgres import Postgres
from tracker.embedded.process import free_port, stop
from tracker.embedded.throwaway import own_folder, start

MEASURED_WITH = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "jit": "off"}


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh PostgreSQL. It writes to disk as a register's own does: fsync is on."""
    with own_folder() as folder, ExitStack() as stack:
        log = folder / "postgres.log"
        server = Postgres(folder / "postgres", free_port(), secrets.token_urlsafe(24), log, MEASURED_WITH)
        server.create()
        stack.callback(stop, start(server), signal.SIGQUIT, seconds=10)
        yield server.url


def run_again(module: str) -> None:
    """Run a measurement in a process of its own, on a fresh server, and end as it ends.

    For the first lines of a measurement: Django reads the address when it is imported.
    """
    with postgres() as url:
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        ended = subprocess.run([sys.executable, "-m", module, *sys.argv[1:]], env=environment, check=False)
    sys.exit(ended.returncode)


def postmaster() -> int:
    """The process of the PostgreSQL that DATABASE_URL names: the one that serves on its port on this machine."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        [folder] = connection.execute("SHOW data_directory").fetchone() or [""]
    return int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])
