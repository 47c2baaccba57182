"""How much memory a process and all below it have: /proc, twenty times a second."""

import resource
import threading
from pathlib import Path


class Memory:
    """The most memory that a process and its children had at one time, in MB, while the block ran."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.stop = pid, 0.0, threading.Event()

    def __enter__(self) -> "Memory":
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.stop.wait(0.05):
            self.most = max(self.most, resident(self.pid))


def resident(pid: int) -> float:
    """The resident memory of a process and all below it, in MB."""
    total = 0.0
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * resource.getpagesize() / 1024 / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return total
    return total + sum(resident(int(child)) for child in children)
