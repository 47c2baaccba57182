"""Exports by the real server: slow callers, callers that go away, more than there is room for, and faults midway."""

import csv
import http.client
import io
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import orjson
import pytest
from django.core.management import call_command
from django.db import connection

from tests.api.conftest import AT, DRAFTED, build, show
from tests.factories import STAFF, make_report
from tests.running.processes import environment, free_port, until
from tests.servers import ROOT
from tracker.actions.publishing import withdraw
from tracker.actions.reports import add_recommendations
from tracker.models import Recommendation, Report
from tracker.vocabulary import Verification

pytestmark = pytest.mark.django_db

# More than the buffers between the two ends hold, and more than one batch of rows.
ASKS, TEXT = 900, "Stop it at once. " * 700
STALL = 10


def big() -> None:
    build()
    report = make_report("Large", **DRAFTED)
    asks = [
        Recommendation(
            title=f"Ask {n}", number=str(n), text=TEXT, report=report, source=report.source, position=n,
            verification=Verification.EXCERPT,
        )
        for n in range(ASKS)
    ]  # fmt: skip
    add_recommendations(recommendations=asks, themes={}, by=STAFF, at=AT)
    show(report, *asks)


@pytest.fixture(scope="module")
def port(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """One process with four threads and two exports at once, as the register runs it."""
    with django_db_blocker.unblock():
        big()
    at = connection.settings_dict
    number, folder = free_port(), tmp_path_factory.mktemp("served")
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:tracker.config.gunicorn",
        "tracker.config.wsgi",
    ]
    variables = environment(
        DATABASE_URL=f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}",
        BROKER_URL="redis://127.0.0.1:1/0", EMBEDDED="1", SECRET_KEY="only-for-tests",
        DATA_DIR=str(folder), PORT=str(number), WEB_WORKERS="1", WEB_THREADS="4",
        EXPORTS_AT_ONCE="2", EXPORT_STALL_SECONDS=str(STALL), DJANGO_SETTINGS_MODULE="tracker.config.settings",
    )  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)
    try:
        until(lambda: answers(number), seconds=60)
        yield number
    finally:
        server.terminate()
        server.wait(30)
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)
            connection.close()


def answers(port: int) -> bool:
    try:
        return ask(port, "themes/")[0].status == 200
    except OSError:
        return False


def ask(port: int, place: str) -> tuple[http.client.HTTPResponse, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        client.request("GET", f"/api/v1/{place}")
        answer = client.getresponse()
        return answer, answer.read()


def begin(port: int, place: str, version: str = "1.1") -> socket.socket:
    """A caller that has asked, has the first bytes, and takes no more for now."""
    return begun(asking(port, place, version))


def asking(port: int, place: str, version: str = "1.1") -> socket.socket:
    caller = socket.socket()
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    caller.settimeout(60)
    caller.connect(("127.0.0.1", port))
    caller.sendall(f"GET /api/v1/{place} HTTP/{version}\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return caller


def begun(caller: socket.socket) -> socket.socket:
    assert caller.recv(12).endswith(b" 200")
    return caller


def rest(caller: socket.socket) -> bytes:
    """What comes until the end, or until the connection is reset (then its last bytes are RESET)."""
    got = []
    try:
        while piece := caller.recv(1 << 20):
            got.append(piece)
            if got[-1].endswith(b"0\r\n\r\n"):
                break
    except ConnectionResetError:
        got.append(b"RESET")
    caller.close()
    return b"".join(got)


def room(port: int) -> bool:
    return ask(port, "responses.csv")[1].count(b"\r\n") > 1


def test_it_streams_the_whole(port: int) -> None:
    answer, content = ask(port, "recommendations.csv?report=large")
    assert (answer.status, answer.headers["Transfer-Encoding"]) == (200, "chunked")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["number"] for row in rows] == [str(n) for n in range(ASKS)]
    assert {row["text"] for row in rows} == {TEXT}


def test_past_the_limit_it_is_503_and_short_requests_go_on(port: int) -> None:
    slow = [begun(each) for each in [asking(port, "recommendations.jsonl") for _ in range(2)]]
    refused, told = ask(port, "addressees.csv")
    assert (refused.status, refused.headers["Content-Type"]) == (503, "application/problem+json")
    assert int(refused.headers["Retry-After"]) > 0
    assert orjson.loads(told)["errors"][0]["code"] == "busy"
    for _ in range(10):
        assert ask(port, "addressees/?page_size=5")[0].status == 200
    for caller in slow:  # they go away: what they held is free at once
        caller.close()
    until(lambda: room(port), seconds=10)


def exporting() -> int:
    """How many connections of the server are within an export."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def test_a_caller_that_takes_nothing_is_let_go_of(port: int) -> None:
    caller = begin(port, "recommendations.jsonl")
    assert exporting() == 1
    until(lambda: exporting() == 0, seconds=STALL * 3)
    assert not rest(caller).endswith(b"0\r\n\r\n")  # what it has does not look whole


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_fault_midway_does_not_look_like_the_end(port: int, version: str) -> None:
    caller = begin(port, "recommendations.jsonl", version)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        assert cursor.fetchone()[0] >= 1
    got = rest(caller)
    assert got.count(TEXT.encode()[:80]) < ASKS * (len(TEXT) // 80)
    assert got.endswith(b"RESET") if version == "1.0" else not got.endswith(b"0\r\n\r\n")
    until(lambda: room(port), seconds=10)


@pytest.mark.django_db(transaction=True)  # what it writes is committed; so it comes last
def test_it_is_of_one_moment_whoever_writes_meanwhile(port: int) -> None:
    caller = begin(port, "recommendations.jsonl?report=large")
    last = Recommendation.objects.get(report__ref="large", number=str(ASKS - 1))
    withdraw(facts=[last], reason="A mistake.", by=STAFF, at=AT)
    lines = rest(caller)
    assert lines.endswith(b"0\r\n\r\n")
    assert lines.count(b'"number":') >= ASKS
    assert Report.objects.public().filter(ref="large").exists()
