"""What a first start does while Django is still being loaded: the cluster of PostgreSQL is made, in a child."""

import contextlib
import sys
from pathlib import Path

from tracker.embedded import place
from tracker.embedded.children import Forked, fork
from tracker.embedded.postgres import Postgres
from tracker.embedded.process import CouldNotStart

_making: Forked | None = None


def cluster(folder: Path, log: Path) -> Postgres:
    """The PostgreSQL of a folder."""
    here = place.addresses(folder)
    return Postgres(folder / "postgres", here.postgres_port, here.postgres_password, log)


def make_cluster() -> None:
    """Begin to make it, unless it is there; on one of two processors it costs nothing. Who holds the place calls this.

    Before anything else is loaded: a fork is safe then.
    """
    global _making
    folder = place.data_dir()
    if sys.platform == "linux" and not place.named("DATABASE_URL"):
        _making = fork("initdb", lambda: _make(cluster(folder, folder / "log" / "postgres.log")))


def wait() -> None:
    """Until it is made. If that failed, whoever makes it again says why."""
    if _making is not None:
        _making.wait()


def _make(postgres: Postgres) -> None:
    with contextlib.suppress(CouldNotStart):
        postgres.create()
