"""Things that happen at the same time, each on a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*works: Callable[[], object], seconds: float = 120) -> None:
    """Start all of them in the same moment, wait for all, and raise the first error of any."""
    barrier = threading.Barrier(len(works))
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            work()
        except BaseException as error:
            errors.append(error)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
        assert not thread.is_alive(), "stuck"
    if errors:
        raise errors[0]
