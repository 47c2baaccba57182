"""The throw-away servers of one run of the tests, seen from the tests' side."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Keeper:
    """A process that starts servers for us and removes every trace of them when we end, even by kill -9."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self._urls: dict[str, str] = {}

    def url(self, name: str) -> str:
        """The address of `postgres` or `valkey`, started on the first call."""
        if name not in self._urls:
            process = self.process = self.process or self._start()
            assert process.stdin and process.stdout
            process.stdin.write(f"{name}\n")
            process.stdin.flush()
            line = process.stdout.readline().strip()
            if not line:
                raise RuntimeError(f"no {name} for the tests: the keeper said why above")
            self._urls[name] = line.partition("=")[2]
        return self._urls[name]

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        """In a session of its own: Ctrl-C is for the tests, and the keeper sees them end by its closed pipe."""
        return subprocess.Popen(
            [sys.executable, "-m", "tracker.embedded.throwaway"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def stop(self) -> None:
        """Close the pipe, and wait until nothing is left."""
        process, self.process = self.process, None
        if process:
            process.communicate(timeout=60)
