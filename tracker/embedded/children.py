"""The parts of the register that run as our children: a function after a fork, or a command of their own."""

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence

from tracker.embedded.account import die_with, name_process


class Forked:
    """A forked child, with as much of subprocess.Popen's interface as the supervisor uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        deadline = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"child {self.pid}", timeout or 0)
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


Child = Forked | subprocess.Popen[bytes]


def fork(name: str, work: Callable[[], None]) -> Forked:
    """Run a function in a forked child that leads a session of its own and dies with us.

    Everything is loaded before, once, and nothing is open: the supervisor itself never connects to the database or the
    broker, so that no two children can share a socket and read each other's rows (this was tried: they do).
    """
    sys.stdout.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return Forked(pid)
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        name_process(f"register-{name}")
        die_with(parent, signal.SIGKILL)
        work()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def execute(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """The same as a command of its own: slower, for systems where a fork without exec is not safe (macOS)."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def kill_group(child: Child) -> None:
    """End what a dead child left behind: it led a session, so its own children are in its group."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # none is left; macOS says so with the second
        return
