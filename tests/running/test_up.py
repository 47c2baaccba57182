"""`manage.py up`, seen from outside: what it prints, keeps, refuses and leaves behind."""

import os
import re
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.processes import Up, family_of, free_port, is_alive, until
from tracker.embedded import place

Start = Callable[..., Up]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_shows_the_password_and_keeps_it_in_a_file_only_its_owner_reads(
    first_run: Up,
) -> None:
    shown = re.search(r"admin, password (\S+) ", first_run.text())
    file = first_run.folder / "admin-password"
    assert shown and file.read_text().strip() == shown[1]
    assert [mode_of(first_run.folder / name) for name in ("admin-password", "secret-key", "place.json")] == [
        0o600
    ] * 3


def test_it_starts_all_five_and_stops_them_with_the_database_last(first_run: Up) -> None:
    assert list(first_run.children_when_ready) == ["PostgreSQL", "Valkey", "web", "worker", "beat"]
    assert not any(is_alive(pid) for pid in first_run.children_when_ready.values())
    assert "database system is shut down" in (first_run.folder / "log" / "postgres.log").read_text()


def test_a_second_start_finds_the_data_and_does_not_show_the_password_again(start: Start) -> None:
    up = start().wait_until_ready()
    with up.database() as connection:
        assert connection.execute("SELECT username FROM tracker_user").fetchall() == [("admin",)]
    assert (up.folder / "admin-password").read_text().strip() not in up.text()


def test_the_database_sorts_and_compares_by_code_point_and_knows_unicode(start: Start) -> None:
    with start().wait_until_ready().database() as connection:
        provider = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s"
        assert connection.execute(provider, ["register"]).fetchone() == ("b", "C.UTF-8", "UTF8")
        assert connection.execute("SELECT upper('é')").fetchone() == ("É",)


def test_a_second_start_on_the_same_folder_says_where_the_first_one_runs(start: Start) -> None:
    first = start().wait_until_ready()
    second = start(folder=first.folder)
    assert second.process.wait(30) == place.ALREADY_RUNNING
    assert f"already running: http://127.0.0.1:{first.port} (process {first.process.pid}" in second.text()
    assert first.answers()


def test_a_state_file_left_by_a_crash_does_not_count_as_running(start: Start) -> None:
    first = start().wait_until_ready()
    everything = family_of(first.process.pid)
    first.process.kill()
    first.process.wait()
    until(lambda: not any(is_alive(pid) for pid in everything), seconds=15)
    assert place.addresses(first.folder).web, "the file still says that it runs"
    assert start(folder=first.folder, port=first.port).wait_until_ready().answers()


def test_a_taken_port_is_named_before_anything_starts(start: Start) -> None:
    first = start().wait_until_ready()
    second = start(folder=first.folder.with_name("other"), port=first.port)
    assert second.process.wait(30) == 1
    assert f"port {first.port} is taken" in second.text()
    assert "PostgreSQL" not in second.text()


def test_what_is_killed_runs_again_while_web_goes_on(start: Start) -> None:
    up = start().wait_until_ready()
    before = up.children()
    for name in ("PostgreSQL", "worker"):
        os.kill(before[name], signal.SIGKILL)
    until(lambda: len(up.children()) == 5 and up.text().count("runs again") == 2, seconds=40)
    after = up.children()
    assert after["web"] == before["web"] and after["PostgreSQL"] != before["PostgreSQL"]
    until(up.answers)


def test_sigterm_stops_it_as_ctrl_c_does(start: Start) -> None:
    up = start().wait_until_ready()
    everything = family_of(up.process.pid)
    assert up.stop(signal.SIGTERM) == 0
    assert not any(is_alive(pid) for pid in everything)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DEMO", "perhaps", "DEMO must be 1 or 0, not 'perhaps'"),
        ("TIME_ZONE", "Nowhere", "TIME_ZONE must be a time zone such as Europe/London, not 'Nowhere'"),
        ("BROKER_URL", "banana", "BROKER_URL must begin with one of amqp://"),
    ],
)
def test_nonsense_in_a_variable_stops_the_start_with_one_line(
    start: Start, variable: str, value: str, words: str
) -> None:
    up = start(port=free_port(), **{variable: value})
    assert up.process.wait(30) == 1
    assert up.text().startswith(words)
    assert "Traceback" not in up.text()


def test_a_folder_that_cannot_hold_the_data_is_named(start: Start, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder", encoding="utf-8")
    up = start(folder=taken, port=free_port())
    assert up.process.wait(30) == 1
    assert up.text().startswith(f"{taken} cannot hold the data")
    assert "Traceback" not in up.text()
