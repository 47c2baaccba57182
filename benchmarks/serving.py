"""Servers under measurement: gunicorn as the register runs it, requests that it answers, and what they cost in CPU."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker.embedded.process import free_port

HZ = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """What some requests cost: CPU of servers and PostgreSQL together, and how fast they were answered."""

    cpu_ms: float
    per_second: float


@dataclass(frozen=True)
class Serving:
    """A gunicorn with its workers, and the PostgreSQL behind it."""

    port: int
    master: int
    postmaster: int

    def cpu(self) -> float:
        """Seconds of CPU used so far by the workers and by PostgreSQL, processes that ended among them."""
        return _cpu_below(self.master) + _cpu_below(self.postmaster)

    def cost(self, paths: Sequence[str], *, seconds: float, clients: int = 3, **headers: str) -> Cost:
        """Ask for the paths in turn, from several connections, for a while. Every answer must be a good one."""
        until = time.perf_counter() + seconds
        counts = [0] * clients
        faults: list[BaseException] = []

        def ask(number: int) -> None:
            try:
                with Connection(self.port) as connection:
                    while time.perf_counter() < until:
                        connection.get(paths[(counts[number] * clients + number) % len(paths)], headers)
                        counts[number] += 1
            except (OSError, ValueError) as problem:
                faults.append(problem)

        before, started = self.cpu(), time.perf_counter()
        people = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        if faults:
            raise faults[0]
        took, used = time.perf_counter() - started, self.cpu() - before
        return Cost(used / sum(counts) * 1000, sum(counts) / took)


class Connection:
    """One connection that is kept open: as little of a client as can be."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.left = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def get(self, path: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
        """The headers and the body of an answer. Raises ValueError for one that is neither 200 nor 304."""
        told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}\r\n".encode())
        while b"\r\n\r\n" not in self.left:
            self._more()
        head, _, self.left = self.left.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        found = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if not status.startswith(("HTTP/1.1 200", "HTTP/1.1 304")):
            raise ValueError(f"{path}: {status}: {self.left[:500]!r}")
        length = 0 if " 304 " in status else int(found["content-length"])
        while len(self.left) < length:
            self._more()
        body, self.left = self.left[:length], self.left[length:]
        return found, body

    def _more(self) -> None:
        got = self.socket.recv(1 << 18)
        if not got:
            raise ConnectionError("the server closed the connection")
        self.left += got


def _cpu_below(parent: int) -> float:
    """Of a process and all below it, with what its ended children used."""
    total = 0.0
    for pid in (parent, *_below(parent)):
        try:
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(each) for each in fields[11:15]) / HZ
    return total


def _below(parent: int) -> list[int]:
    try:
        children = (PROC / str(parent) / "task" / str(parent) / "children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid for child in children for pid in (int(child), *_below(int(child)))]


@contextmanager
def gunicorn(application: str, *, postmaster: int, workers: int = 2, **settings: str) -> Iterator[Serving]:
    """Serve an application as the register is served (`tracker/config/gunicorn.py`), two workers of it."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "WEB_WORKERS": str(workers), **settings}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:tracker.config.gunicorn", application]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, process)
        yield Serving(port, process.pid, postmaster)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn did not start: it said why above")
