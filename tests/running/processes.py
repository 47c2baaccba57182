"""A register started by `manage.py up` for one test, and a look at its processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from tests.servers import ROOT
from tracker.embedded import place

# Nothing of the tests' own environment, nor of the developer's, decides how a register starts.
NOT_INHERITED = {
    *(
        "DATABASE_URL",
        "BROKER_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "EMBEDDED",
        "SECRET_KEY",
        "DATA_DIR",
        "PORT",
        "DEMO",
    ),
    *("DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST"),
}


def environment(**variables: str) -> dict[str, str]:
    """The environment for a process of the register: ours, less what configures one, and these variables."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {**kept, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "default", **variables}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until something is true; an AssertionError otherwise."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


class Up:
    """One run of `manage.py up`."""

    def __init__(
        self, folder: Path, *options: str, run_as: Sequence[str] = (), port: int = 0, **variables: str
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.children_when_ready: dict[str, int] = {}
        self.output = folder.with_name(f"{folder.name}-{time.monotonic_ns()}.out")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [*run_as, sys.executable, "manage.py", "up", *options],
                cwd=ROOT,
                env=environment(DATA_DIR=str(folder), PORT=str(self.port), **variables),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_until_ready(self) -> "Up":
        until(lambda: "Ctrl-C stops it" in self.text() or self.process.poll() is not None, seconds=90)
        assert self.process.poll() is None, self.text()
        return self

    def answers(self) -> bool:
        """Whether web answers a page that reads the database."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/admin/login/", timeout=10) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def database(self) -> psycopg.Connection:
        return psycopg.connect(place.addresses(self.folder).database_url, autocommit=True, connect_timeout=5)

    def children(self) -> dict[str, int]:
        """The supervisor's direct children by name."""
        names = {"postgres": "PostgreSQL", "valkey-server": "Valkey"}
        found = {}
        for pid in children_of(self.process.pid):
            name = name_of(pid)
            if is_alive(pid):
                found[names.get(name, name.removeprefix("register-"))] = pid
        return found

    def stop(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def end_for_certain(self) -> None:
        """After a failed test too: the supervisor's children die with it."""
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def family_of(pid: int) -> list[int]:
    """A process and all that descends from it."""
    return [pid, *(one for child in children_of(pid) for one in family_of(child))]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def copy_place(source: Path, target: Path) -> Path:
    """A stopped register's folder, with its owners."""
    if shutil.which("cp") is None:
        raise RuntimeError("cp is needed to copy a folder with its owners")
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
    return target
