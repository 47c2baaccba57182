"""`/healthz` and `/readyz`, against servers that are well, away, and hung."""

import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from tests.running.processes import free_port
from tracker.models import TaskRun
from tracker.web import health


@pytest.fixture
def hung_port() -> Iterator[int]:
    """A server that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def broker(valkey_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", valkey_url)


@pytest.fixture
def long_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """The web process was started an hour ago."""
    monkeypatch.setattr(health, "STARTED", time.monotonic() - 3600)


def sweep_ended(ago: timedelta) -> None:
    TaskRun.objects.note("record_missed_deadlines", at=timezone.now() - ago)


def ready() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz")
    assert response["Cache-Control"].startswith("max-age=0")
    assert response.json()["ready"] == (response.status_code == 200)
    return response.status_code, response.json()["checks"]


def test_alive_asks_no_server() -> None:
    """Without the database fixture any query fails this test."""
    assert Client().get("/healthz").content == b"alive\n"
    assert Client().head("/healthz").status_code == 200
    assert Client().post("/healthz").status_code == 405


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "long_running")
def test_ready_when_all_is_well() -> None:
    sweep_ended(timedelta(minutes=2))
    status, checks = ready()
    assert status == 200
    assert set(checks) == {"database", "migrations", "sweep", "alerts", "broker"}
    assert 120 <= checks["sweep"]["age_seconds"] <= 125


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "long_running")
@pytest.mark.parametrize(("minutes", "expected"), [(14, 200), (16, 503)])
def test_not_ready_when_the_sweeps_have_stopped(minutes: int, expected: int) -> None:
    sweep_ended(timedelta(minutes=minutes))
    status, checks = ready()
    assert status == expected
    assert checks["sweep"]["ok"] == (expected == 200)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "long_running")
def test_not_ready_when_no_sweep_ever_ran() -> None:
    status, checks = ready()
    assert (status, checks["sweep"]["age_seconds"]) == (503, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker")
def test_a_process_that_has_just_started_does_not_miss_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED", time.monotonic() - 60)
    status, checks = ready()
    assert (status, checks["sweep"]["starting"]) == (200, True)
    monkeypatch.setattr(health, "STARTED", time.monotonic() - health.STARTING.total_seconds() - 1)
    assert ready()[0] == 503


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "long_running")
def test_not_ready_while_a_migration_is_missing() -> None:
    sweep_ended(timedelta())
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("tracker", "0001_register")
    try:
        status, checks = ready()
    finally:
        recorder.record_applied("tracker", "0001_register")
    assert (status, checks["migrations"]["unapplied"]) == (503, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("long_running")
@pytest.mark.parametrize("server", ["away", "hung"])
def test_a_broker_that_does_not_answer_is_told_within_two_seconds(
    server: str, hung_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = hung_port if server == "hung" else free_port()
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis://:secret@127.0.0.1:{port}/0")
    sweep_ended(timedelta())
    begun = time.monotonic()
    status, checks = ready()
    assert time.monotonic() - begun < 2.5
    assert status == 503
    assert checks["broker"] == {"ok": False, "why": "the broker does not answer"}
    assert checks["database"]["ok"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker")
@pytest.mark.parametrize("server", ["away", "hung"])
def test_a_database_that_does_not_answer_is_told_within_seconds(
    server: str, hung_port: int, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    port = hung_port if server == "hung" else free_port()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", port)
    begun = time.monotonic()
    status, checks = ready()
    assert time.monotonic() - begun < 3.5
    assert status == 503
    assert not checks["database"]["ok"]
    assert checks["broker"]["ok"]
    assert connection.settings_dict["PASSWORD"] not in str(checks) or not connection.settings_dict["PASSWORD"]


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_readyz_that_it_looked() -> None:
    begun: datetime = timezone.now()
    call_command("record_missed_deadlines", verbosity=0)
    assert TaskRun.objects.get().finished_at >= begun
