"""What does an export cost? `python -m benchmarks.exports [--addressees N] [--asks N] [--rounds N]`

Addressees as CSV and as JSON Lines, whole, from one gunicorn worker over HTTP, against psycopg's own COPY of the same
statement in the same run. Wanted: at most 1.25 times its CPU (the worker or the copying process, and PostgreSQL
together: on a shared machine seconds move several times as much), and a worker that grows by 16 MB at most.
Exit code 1 if not.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.exports")
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import world  # noqa: E402
from benchmarks.world_rows import World  # noqa: E402
from tracker.embedded.process import free_port  # noqa: E402
from tracker.queries.days import register_day  # noqa: E402
from tracker.queries.exports import COLUMNS, RAW, Export, cells  # noqa: E402
from tracker.queries.filters import ADDRESSEE_ORDERS, AddresseeFilter, addressees_matching  # noqa: E402
from tracker.queries.statements import Sql  # noqa: E402

TIMES, GROWTH_MB = 1.25, 16
TICKS = os.sysconf("SC_CLK_TCK")
FORMS = ("csv", "jsonl")


def cpu(pid: int, *, with_ended: bool = False) -> float:
    """Seconds of CPU of a process, and of those of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(each) for each in fields[11 : 15 if with_ended else 13]) / TICKS


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def postmaster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file('postmaster.pid')")
        return int(cursor.fetchone()[0].split()[0])


def memory(pid: int, name: str) -> float:
    """VmRSS or VmHWM, in MB."""
    [line] = [each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith(name)]
    return int(line.split()[1]) / 1024


def statement(form: str) -> tuple[Sql, str]:
    wanted = AddresseeFilter(as_of=register_day(timezone.now()))
    rows, keys = addressees_matching(wanted), ADDRESSEE_ORDERS["id"]
    [documents] = Export("addressees", rows, keys, wanted.as_of, "http://127.0.0.1/api/v1/").documents()
    return (cells(COLUMNS["addressees"], documents), "FORMAT csv") if form == "csv" else (documents, RAW)


def copied(form: str) -> int:
    """psycopg's own COPY: the bytes are taken and dropped."""
    sql, how = statement(form)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY ({sql.text}) TO STDOUT WITH ({how})", sql.params) as copy,
    ):
        return sum(len(line) for line in copy)


def fetched(port: int, form: str) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    client.request("GET", f"/api/v1/addressees.{form}")
    answer, size = client.getresponse(), 0
    assert answer.status == 200, answer.read()
    while piece := answer.read(1 << 20):
        size += len(piece)
    client.close()
    return size


@contextmanager
def gunicorn() -> Iterator[tuple[int, int]]:
    """One worker as the register runs it: its port and its process."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        variables = {
            **os.environ,
            "EMBEDDED": "1",
            "SECRET_KEY": "only-for-this",
            "DATA_DIR": folder,
            "PORT": str(port),
            "BROKER_URL": "redis://127.0.0.1:1/0",
            "WEB_WORKERS": "1",
            "EXPORT_SECONDS": "7200",
            "DJANGO_SETTINGS_MODULE": "tracker.config.settings",
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:tracker.config.gunicorn",
            "tracker.config.wsgi",
        ]
        server = subprocess.Popen(command, env=variables)
        try:
            for _ in range(600):
                try:
                    fetched_little(port)
                    break
                except OSError:
                    time.sleep(0.1)
            yield port, children(server.pid)[0]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def fetched_little(port: int) -> None:
    """A first export of nothing: what is loaded once is loaded."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for form in FORMS:
        client.request("GET", f"/api/v1/addressees.{form}?body=never-heard-of")
        client.getresponse().read()
    client.close()


def measured(work: Callable[[], int], by: int, server: int) -> tuple[float, float, int]:
    """Seconds of CPU (of one process and all of PostgreSQL), seconds, bytes."""

    def spent() -> float:
        return cpu(by) + cpu(server, with_ended=True) + sum(cpu(each) for each in children(server))

    before, began = spent(), time.perf_counter()
    size = work()
    return spent() - before, time.perf_counter() - began, size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--addressees", type=int, default=1_000_000)
    parser.add_argument("--asks", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    world.fill(World(arguments.asks, arguments.addressees), say=lambda words: print(words, flush=True))
    with gunicorn() as (port, worker):
        held = [measure(form, port, worker, arguments.rounds) for form in FORMS]
    sys.exit(0 if all(held) else 1)


def measure(form: str, port: int, worker: int, rounds: int) -> bool:
    server, ratios = postmaster(), []
    rss = memory(worker, "VmRSS")
    Path(f"/proc/{worker}/clear_refs").write_text("5")  # its peak is counted from here
    for _ in range(rounds):
        bare = measured(lambda: copied(form), os.getpid(), server)
        ours = measured(lambda: fetched(port, form), worker, server)
        ratios.append(ours[0] / bare[0])
        print(
            f"{form}: {ours[2] / 1e6:,.0f} MB; COPY {bare[0]:.1f} s of CPU in {bare[1]:.1f} s;"
            f" the export {ours[0]:.1f} s of CPU in {ours[1]:.1f} s",
            flush=True,
        )
    grown = memory(worker, "VmHWM") - rss
    rows = [("CPU, times COPY", min(ratios), TIMES), ("worker, MB more", grown, GROWTH_MB)]
    for what, found, limit in rows:
        print(
            f"{form:<6} {what:<18} {found:>7.2f}   limit {limit:<5} {'held' if found <= limit else 'NOT HELD'}"
        )
    return all(found <= limit for _, found, limit in rows)


if __name__ == "__main__":
    main()
