"""The tests' own servers: gone with whoever asked for them, however that ended."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.running.processes import children_of, command_of, environment, family_of, is_alive, until
from tests.servers import ROOT

ASK = """
import time
from tests.servers import Keeper
keeper = Keeper()
print(keeper.url("postgres"), keeper.url("valkey"), flush=True)
time.sleep(600)
"""


@pytest.fixture
def run_of_tests(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that asked for both servers, as a run of the tests would."""
    process = subprocess.Popen(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment(TMPDIR=str(tmp_path), PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline().startswith("postgresql://")
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_kill_9_of_the_tests_leaves_neither_process_nor_file(
    run_of_tests: subprocess.Popen[str], tmp_path: Path
) -> None:
    everything = family_of(run_of_tests.pid)
    assert len(everything) > 4
    run_of_tests.kill()
    run_of_tests.wait()
    until(lambda: not any(is_alive(pid) for pid in everything))
    until(lambda: not list(tmp_path.iterdir()))


def test_what_a_killed_keeper_leaves_the_next_one_removes(
    run_of_tests: subprocess.Popen[str], tmp_path: Path
) -> None:
    [keeper] = children_of(run_of_tests.pid)
    everything = family_of(keeper)
    os.kill(keeper, signal.SIGKILL)
    until(lambda: not any(is_alive(pid) for pid in everything))
    assert list(tmp_path.iterdir())
    subprocess.run(
        [sys.executable, "-m", "tracker.embedded.throwaway"],
        cwd=ROOT,
        env=environment(TMPDIR=str(tmp_path), PYTHONPATH=str(ROOT)),
        input="",
        text=True,
        check=True,
        timeout=60,
    )
    assert list(tmp_path.iterdir()) == []


def test_the_servers_of_a_running_keeper_are_left_alone(
    run_of_tests: subprocess.Popen[str], tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    subprocess.run(
        [sys.executable, "-m", "tracker.embedded.throwaway"],
        cwd=ROOT,
        env=environment(TMPDIR=str(tmp_path), PYTHONPATH=str(ROOT)),
        input="postgres\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert sorted(tmp_path.iterdir()) == before


def test_nobody_enters_without_the_password(run_of_tests: subprocess.Popen[str]) -> None:
    [keeper] = children_of(run_of_tests.pid)
    command = " ".join(command_of(child) for child in children_of(keeper))
    port = re.search(r"port=(\d+)", command)
    assert port
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host="127.0.0.1", port=port[1], user="register", password="wrong", dbname="register")
