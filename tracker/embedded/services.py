"""What `up` keeps alive: PostgreSQL and Valkey, unless variables name others, then web, worker and beat."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tracker.embedded import children, early, place, roles
from tracker.embedded.children import Child, Forked
from tracker.embedded.postgres import STOP_SECONDS, STOP_SIGNALS
from tracker.embedded.process import stop
from tracker.embedded.valkey import Valkey

QUIET_SECONDS = 60  # after so long without a death, the next one counts as the first
LONGEST_PAUSE = 30


@dataclass
class Service:
    """One of them: how it starts, and how it stops."""

    name: str
    start: Callable[[], Child]
    stop_signals: tuple[int, ...]
    stop_seconds: float
    is_server: bool
    process: Child | None = None
    deaths: list[float] = field(default_factory=list)

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def bury(self) -> float:
        """Note a death, end what the dead left behind, and say how long to wait before the next start."""
        assert self.process is not None
        children.kill_group(self.process)
        self.process = None
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < QUIET_SECONDS] + [now]
        return min(2.0 ** (len(self.deaths) - 1) - 1, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ask it to end, wait, insist; then end what it left behind."""
        if self.process is not None:
            stop(self.process, *self.stop_signals, seconds=self.stop_seconds)
            children.kill_group(self.process)
            self.process = None


def servers(folder: Path) -> list[Service]:
    """Those of PostgreSQL and Valkey that no variable names, made ready to start."""
    here = place.addresses(folder)
    logs = folder / "log"
    logs.mkdir(exist_ok=True)
    found = []
    if not place.named("DATABASE_URL"):
        postgres = early.cluster(folder, fresh(logs / "postgres.log"))
        early.wait()
        postgres.create()
        found.append(Service("PostgreSQL", postgres.start, STOP_SIGNALS, STOP_SECONDS, is_server=True))
    if not place.named("BROKER_URL"):
        valkey = Valkey(folder / "valkey", here.valkey_port, here.valkey_password, fresh(logs / "valkey.log"))
        valkey.create()
        found.append(Service("Valkey", valkey.start, (signal.SIGTERM,), 20, is_server=True))
    return found


def fresh(log: Path, most: int = 10_000_000) -> Path:
    """A log to append to; one that has grown long is put aside, and the one put aside before is dropped."""
    if log.exists() and log.stat().st_size > most:
        log.replace(log.with_suffix(".old"))
    return log


def register_roles(*, forking: bool) -> list[Service]:
    """Web, worker and beat."""

    def starter(role: roles.Role) -> Callable[[], Forked | subprocess.Popen[bytes]]:
        return lambda: children.fork(role.name, role.work) if forking else children.execute(role.command)

    return [
        Service(role.name, starter(role), (signal.SIGTERM,), role.stop_seconds, is_server=False)
        for role in roles.ROLES
    ]
