"""The folder of a register on one machine (DATA_DIR): its lock, its addresses and its secrets.

    place.json     ports, passwords, process id of the running `up` (0600)
    secret-key     Django's secret (0600)
    up.lock        held by the running `up`; the kernel lets go of it however that ends
    postgres/  valkey/  mail/  log/

A state file says what was last true; only the lock says that something runs.
"""

import fcntl
import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from tracker.embedded.process import free_port

ALREADY_RUNNING = 3  # the exit code of a second `up` on the same folder

lock: IO[str] | None = None  # held by the running `up` for as long as its process lives


@dataclass(frozen=True)
class Addresses:
    """Where the servers of this folder listen, and the passwords that open them."""

    postgres_port: int
    postgres_password: str
    valkey_port: int
    valkey_password: str
    web: str = ""
    process: int = 0

    @property
    def database_url(self) -> str:
        return f"postgresql://register:{self.postgres_password}@127.0.0.1:{self.postgres_port}/register"

    @property
    def broker_url(self) -> str:
        return f"redis://:{self.valkey_password}@127.0.0.1:{self.valkey_port}/0"


# What the settings hold before `up` has ever run here: nothing listens on port 1.
NOWHERE = Addresses(1, "", 1, "")


def addresses(folder: Path) -> Addresses:
    """What the place's state file says; NOWHERE if there is none."""
    try:
        return Addresses(**json.loads((folder / "place.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return NOWHERE


def write_addresses(folder: Path, new: Addresses) -> None:
    """Replace the state file, whole or not at all."""
    write_secret(folder / "place.json", json.dumps(asdict(new), indent=1) + "\n")


def write_secret(path: Path, words: str) -> None:
    """Write a file that only its owner may read; it appears whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_secret(path: Path) -> str | None:
    """The content of such a file; None if there is none."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def kept_secret(path: Path) -> str:
    """The secret in this file, made on the first call."""
    secret = read_secret(path)
    if secret is None:
        secret = secrets.token_urlsafe(48)
        write_secret(path, secret + "\n")
    return secret


def try_lock(path: Path) -> IO[str] | None:
    """An exclusive lock that ends with this process, however it ends; None while another holds it."""
    file = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def named(variable: str) -> bool:
    """Whether the environment names a server of one's own."""
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def data_dir() -> Path:
    """DATA_DIR, by default `var/` beside manage.py."""
    return Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[2] / "var").absolute()


def take() -> None:
    """Make DATA_DIR ours, before the settings are read, which hold what is chosen here:

    1. the lock, 2. the secret key, 3. ports: those of the last time if they are still free, 4. the state file.
    """
    global lock
    folder = data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = try_lock(folder / "up.lock")
    except OSError as error:
        sys.exit(f"{folder} cannot hold the data ({error.strerror}); choose another folder with DATA_DIR=")
    old = addresses(folder)
    if lock is None:
        where = old.web or "still starting"
        print(f"already running: {where} (process {old.process}, data in {folder})", file=sys.stderr)
        sys.exit(ALREADY_RUNNING)
    os.environ["EMBEDDED"] = "1"
    kept_secret(folder / "secret-key")
    write_addresses(
        folder,
        Addresses(
            postgres_port=free_port(old.postgres_port),
            postgres_password=old.postgres_password or secrets.token_urlsafe(24),
            valkey_port=free_port(old.valkey_port),
            valkey_password=old.valkey_password or secrets.token_urlsafe(24),
            process=os.getpid(),
        ),
    )
