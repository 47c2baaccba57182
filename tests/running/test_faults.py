"""kill -9 of every process, alone and together, and at every moment of a first start. `make test-faults`."""

import contextlib
import os
import random
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.running.processes import Up, children_of, family_of, free_port, is_alive, until
from tracker.embedded import place

pytestmark = pytest.mark.faults

Start = Callable[..., Up]
NAMES = ["PostgreSQL", "Valkey", "web", "worker", "beat"]


def rows(up: Up) -> int:
    with up.database() as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
        assert found
        return int(found[0])


def add_row(up: Up) -> None:
    with up.database() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())")
        connection.execute("INSERT INTO kept DEFAULT VALUES")


def all_run(up: Up) -> bool:
    try:
        with up.database() as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return sorted(up.children()) == sorted(NAMES) and up.answers()


def wait_for_the_end_of(family: list[int]) -> None:
    until(lambda: not any(is_alive(pid) for pid in family))


def listening_on(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_killed_runs_again_three_times_over(start: Start, name: str) -> None:
    up = start().wait_until_ready()
    add_row(up)
    for _time in range(3):
        before = up.children()
        left_behind = family_of(before[name])
        os.kill(before[name], signal.SIGKILL)
        wait_for_the_end_of([before[name]])
        until(lambda: all_run(up), seconds=60)
        after = up.children()
        assert after[name] != before[name]
        assert {other for other in NAMES if after[other] != before[other]} == {name}
        wait_for_the_end_of(left_behind)
    assert rows(up) == 1


def test_a_killed_session_of_the_database_ends_nothing_else(start: Start) -> None:
    up = start().wait_until_ready()
    before = up.children()
    assert up.answers()
    os.kill(children_of(before["PostgreSQL"])[-1], signal.SIGKILL)
    until(up.answers)
    assert up.children() == before


def test_after_the_supervisor_is_killed_nothing_remains_and_the_next_start_has_the_data(start: Start) -> None:
    folder, port, kept = None, free_port(), 5
    for kept in range(1, 6):
        up = start(port=port, folder=folder).wait_until_ready()
        folder = up.folder
        add_row(up)
        assert rows(up) == kept
        everything = family_of(up.process.pid)
        up.process.kill()
        up.process.wait()
        wait_for_the_end_of(everything)


def test_after_all_are_killed_at_once_the_next_start_has_the_data(start: Start) -> None:
    folder, port, kept = None, free_port(), 5
    for kept in range(1, 6):
        up = start(port=port, folder=folder).wait_until_ready()
        folder = up.folder
        add_row(up)
        everything = family_of(up.process.pid)
        random.Random(kept).shuffle(everything)
        for pid in everything:
            with contextlib.suppress(
                ProcessLookupError
            ):  # the kernel ends the children of one that was killed
                os.kill(pid, signal.SIGKILL)
        up.process.wait()
    last = start(port=port, folder=folder).wait_until_ready()
    assert rows(last) == kept


def test_a_first_start_that_is_killed_at_any_moment_is_made_good_by_the_next(
    start: Start, tmp_path: Path
) -> None:
    for step in range(12):
        folder = tmp_path / f"first-{step}"
        up = Up(folder, DEMO="0")
        time.sleep(0.3 + step * 0.25)
        everything = family_of(up.process.pid)
        up.process.kill()
        up.process.wait()
        wait_for_the_end_of(everything)
        if step % 4 == 3:
            again = start(folder=folder).wait_until_ready()
            assert again.answers()
            assert (folder / "admin-password").exists()
            again.stop()


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(start: Start) -> None:
    """As after a restart of the machine, when the number belongs to somebody else."""
    first = start().wait_until_ready()
    folder = first.folder
    everything = family_of(first.process.pid)
    for pid in everything:
        os.kill(pid, signal.SIGKILL)
    first.process.wait()
    wait_for_the_end_of(everything)
    file = folder / "postgres" / "postmaster.pid"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n", encoding="utf-8")
    assert start(folder=folder).wait_until_ready().answers()


def test_its_ports_taken_by_others_it_takes_new_ones(start: Start) -> None:
    first = start().wait_until_ready()
    old = place.addresses(first.folder)
    first.stop()
    with listening_on(old.postgres_port), listening_on(old.valkey_port):
        again = start(folder=first.folder).wait_until_ready()
        new = place.addresses(first.folder)
        assert {new.postgres_port, new.valkey_port}.isdisjoint({old.postgres_port, old.valkey_port})
        assert again.answers()


def test_without_fork_it_runs_and_recovers_too(start: Start) -> None:
    up = start("--no-fork").wait_until_ready()
    assert len(children_of(up.process.pid)) == 5
    web = children_of(up.process.pid)[2]
    os.kill(web, signal.SIGKILL)
    until(lambda: "web            runs again" in up.text())
    until(up.answers)
    assert up.stop() == 0
