"""Python's look for cycles, put off where very many small things are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Meanwhile Python does not look for cycles: each look goes through all that was made so far, for nothing.

    For a batch, after which all of it is let go, or a process that ends: it was a third of a fan-out's time in Python,
    and a tenth of a first load's.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
