"""Servers for one run of the tests, gone without a trace when whoever started them ends, even by kill -9.

    python -m tracker.embedded.throwaway

is a keeper: when it reads the line `postgres` or `valkey` it starts that server and prints its address as one line;
when its standard input ends (the pipe from the tests closes, however they ended) it stops them and removes their
folder. Started on a terminal it prints both addresses and waits for Ctrl-C. What a killed keeper left, the next one
removes.
"""

import contextlib
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tracker.embedded.account import Account
from tracker.embedded.place import try_lock
from tracker.embedded.postgres import Postgres, end_leftovers
from tracker.embedded.process import CouldNotStart, free_port, stop
from tracker.embedded.valkey import Valkey

PREFIX = "told-to-act-tests-"

# Durability is worth nothing here, speed is. Never copy these to a server that keeps anything.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "dynamic_shared_memory_type": "mmap",  # in the folder, so that a kill leaves nothing in /dev/shm
    "max_connections": "200",
}


def remove_what_killed_keepers_left() -> None:
    """Folders of earlier runs whose lock nobody holds."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or another keeper is quicker
            lock = try_lock(folder / "lock") if (folder / "lock").exists() else None
            if lock:
                end_leftovers(folder / "postgres")
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that is ours while we hold its lock; it gets its final name only once it is locked."""
    making = Path(tempfile.mkdtemp(prefix=f"making-{PREFIX}"))
    lock = try_lock(making / "lock")
    folder = making.rename(making.with_name(making.name.removeprefix("making-")))
    account = Account.that_owns(folder)
    if account:
        account.give(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock:
            lock.close()


def start(server: Postgres | Valkey) -> subprocess.Popen[bytes]:
    """Start it; where somebody took the port between our look and its start, on another port."""
    for _attempt in range(5):
        try:
            return server.start()
        except CouldNotStart as error:
            if "ddress already in use" not in str(error):
                raise
            server.port = free_port()
    raise CouldNotStart("no free port in five tries")


def serve(name: str, folder: Path, servers: contextlib.ExitStack) -> str:
    """Start the server of this name, to be stopped with the others; its address as NAME=URL."""
    password, log = secrets.token_urlsafe(24), folder / f"{name}.log"
    server: Postgres | Valkey
    if name == "postgres":
        server, signal_number = Postgres(folder / name, free_port(), password, log, FAST), signal.SIGQUIT
    else:
        server, signal_number = Valkey(folder / name, free_port(), password, log), signal.SIGKILL
    server.create()
    servers.callback(stop, start(server), signal_number, seconds=10)  # at once: nothing is worth writing down
    return f"{'DATABASE_URL' if name == 'postgres' else 'BROKER_URL'}={server.url}"


def main() -> None:
    """Keep the servers that standard input asks for, until it ends."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(1))
    remove_what_killed_keepers_left()
    with own_folder() as folder, contextlib.ExitStack() as servers:
        on_terminal = sys.stdin.isatty()
        for line in ["postgres", "valkey"] if on_terminal else sys.stdin:
            print(serve(line.strip(), folder, servers), flush=True)
        if on_terminal:
            with contextlib.suppress(KeyboardInterrupt):
                signal.pause()


if __name__ == "__main__":
    main()
