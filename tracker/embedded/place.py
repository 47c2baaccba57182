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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


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
