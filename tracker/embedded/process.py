"""Starting a server as a child that cannot outlive us, stopping it, and free ports."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from tracker.embedded.account import Account, die_with


class Child(Protocol):
    """A process of ours: subprocess.Popen, or one that was forked."""

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, number: int, /) -> None: ...
    def kill(self) -> None: ...


class CouldNotStart(Exception):
    """A server ended before it was ready; the message holds the last lines of its log."""


def dropper(
    command: Sequence[str | Path], folder: Path, account: Account | None, dies_by: int
) -> Callable[[], None]:
    """What a child does between fork and exec: give up root, and tie its life to ours."""
    parent = os.getpid()
    capability = account.capability_to_reach(Path(command[0]), folder) if account else None

    def drop() -> None:
        if account:
            account.become(capability)
        die_with(parent, dies_by)

    return drop


def spawn(
    command: Sequence[str | Path], *, folder: Path, account: Account | None, log: Path, dies_by: int
) -> subprocess.Popen[bytes]:
    """Start a server in the foreground, as `account`, in its own session.

    In its own session, so that Ctrl-C reaches us alone and we stop things in order. `dies_by` is the signal that
    the kernel sends it when we die.
    """
    drop = dropper(command, folder, account, dies_by)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            preexec_fn=drop,
        )


def run(command: Sequence[str | Path], *, folder: Path, account: Account | None, stdin: bytes = b"") -> None:
    """Run a program of a server to its end, as `account`; raise with its words if it fails."""
    drop = dropper(command, folder, account, signal.SIGKILL)
    done = subprocess.run(
        [str(word) for word in command],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        preexec_fn=drop,
        check=False,
    )
    if done.returncode != 0:
        words = done.stdout.decode(errors="replace")
        raise CouldNotStart(f"{Path(command[0]).name} failed ({done.returncode}):\n{words}")


def stop(process: Child, *signals: int, seconds: float) -> None:
    """Ask a child to end, by one signal after another, `seconds` for each; then kill it."""
    for number in signals:
        if process.poll() is None:
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return
    process.kill()
    process.wait()


@contextlib.contextmanager
def or_stop(process: Child, signal_number: int) -> Iterator[None]:
    """Leave no child behind when what we do with it fails or is interrupted."""
    try:
        yield
    except BaseException:
        stop(process, signal_number, seconds=5)
        raise


def is_free(port: int) -> bool:
    """Whether we could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(wanted: int = 0) -> int:
    """The wanted port if it is free and not reserved for root, else one that the system picks."""
    if wanted > 1023 and is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
