"""What does an import cost? `python -m benchmarks.import [--rows N] [--rounds N] [--publish]`

40,000 rows of a feed (reports of ten recommendations, each put to one body, half of them answered) are read, planned
and written through the actions, with their lines. Its limit is `COPY` of the very rows that resulted into the same
tables, with their indexes and triggers, in one transaction, on the same server: the facts and their lines. Wanted: at
most 4 times that, and less than 300 MB of memory, children included.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.import")
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection, transaction  # noqa: E402

from tests.importing.world import csv_bytes, make_world, with_lines  # noqa: E402
from tests.running.memory import Memory  # noqa: E402
from tracker.importing import jobs  # noqa: E402
from tracker.importing.profiles import Profile  # noqa: E402
from tracker.models import Addressee, Import  # noqa: E402

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TABLES = (
    "tracker_source", "tracker_report", "tracker_publisher", "tracker_recommendation", "tracker_addressee",
    "tracker_response", "tracker_answer", "tracker_event", "tracker_eventcontent",
)  # fmt: skip
LIMIT, MEMORY_MB = 4, 300


def rows(number: int) -> Iterator[dict[str, str]]:
    """Rows as a feed has them: 300 characters of text, every second one answered."""
    day = date(2020, 1, 6)
    for n in range(number):
        report = n // 10
        answered = n % 2
        yield {
            "Ref": f"R{report}",
            "Report": f"Report number {report}",
            "Date": (day + timedelta(days=report % 1800)).strftime("%d/%m/%Y"),
            "No": str(n % 10 + 1),
            "Text": f"Recommendation {n}. "
            + "The force should review how it passes on what victims tell it. " * 5,
            "Sent to": ("Kent Police", "Essex Police", "Home Office")[n % 3],
            "Status": "Accepted" if answered else "Open",
            "Reply": f"We accept recommendation {n} and will report in a year." if answered else "",
        }


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def cpu_seconds() -> float:
    """Seconds of processor time of this process, its children and its backend: other work on the machine adds none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    backend = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return backend + sum(os.times()[:4])


def imported(content: bytes, profile: Profile) -> tuple[float, float]:
    """Seconds to plan and to apply a file."""
    of = jobs.begin(file_name="feed.csv", pieces=[content], user=None, at=AT)
    started = time.perf_counter()
    jobs.ask_plan(of, profile)
    jobs.run(of.pk, clock=lambda: AT)
    planned = time.perf_counter() - started
    of = Import.objects.get(pk=of.pk)
    assert of.state == "planned", of.said
    jobs.ask_apply(of)
    jobs.run(of.pk, clock=lambda: AT)
    of = Import.objects.get(pk=of.pk)
    assert of.state == "applied", of.said
    return planned, time.perf_counter() - started - planned


def highest() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            key = "event_id" if table == "tracker_eventcontent" else "id"
            cursor.execute(f"SELECT COALESCE(max({key}), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def copied_out(before: dict[str, int], folder: Path) -> dict[str, tuple[str, Path]]:
    """The resulting rows of each table in a file, without what the database makes itself."""
    files = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
                " FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
                " AND column_name <> 'xact'",
                [table],
            )
            columns = cursor.fetchone()[0]
            key = "event_id" if table == "tracker_eventcontent" else "id"
            files[table] = (columns, folder / table)
            source = f"SELECT {columns} FROM {table} WHERE {key} > {before[table]} ORDER BY {key}"
            with (
                cursor.copy(f"COPY ({source}) TO STDOUT (FORMAT binary)") as copy,
                files[table][1].open("wb") as out,
            ):
                for piece in copy:
                    out.write(piece)
    return files


def clear(before: dict[str, int]) -> None:
    """Take the rows of an import out again, past the triggers that forbid it."""
    run("SET session_replication_role = replica")
    for table in ("tracker_importrow", "tracker_importbatch", "tracker_importpart", "tracker_import"):
        run(f"DELETE FROM {table} WHERE true")
    for table in reversed(TABLES):
        key = "event_id" if table == "tracker_eventcontent" else "id"
        run(f"DELETE FROM {table} WHERE {key} > {before[table]}")
    last = before["tracker_event"]
    run(f"DELETE FROM tracker_seal WHERE event_id > {last}")
    run(f"DELETE FROM tracker_publicseal WHERE event_id > {last}")
    run(
        "UPDATE tracker_ledgerhead SET number = (SELECT COALESCE(max(number), 0) FROM tracker_seal),"
        " public_number = (SELECT COALESCE(max(number), 0) FROM tracker_publicseal)"
    )
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE")
    run("CHECKPOINT")


def copied_in(files: dict[str, tuple[str, Path]]) -> float:
    """Seconds to COPY the rows in, in one transaction, until it is committed with all its triggers."""
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, file) in files.items():
            with (
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)") as copy,
                file.open("rb") as source,
            ):
                while piece := source.read(1024 * 1024):
                    copy.write(piece)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--publish", action="store_true", help="publish what is entered, with its public lines"
    )
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    make_world()
    extra = (
        (('verification = "secondary"', 'verification = "secondary"\npublish = true'),)
        if arguments.publish
        else ()
    )
    profile = with_lines(*extra)
    content = csv_bytes(rows(arguments.rows))
    # A register that has rows already: plans that are made for empty tables would be kept by the session.
    imported(csv_bytes(rows(4_000)), with_lines(*extra, ('name = "feed"', 'name = "before"')))
    run("ANALYZE")
    before = highest()
    clear(before)
    ratios = []
    with TemporaryDirectory() as name:
        for number in range(1, arguments.rounds + 1):
            with Memory(os.getpid()) as memory:
                began = cpu_seconds()
                planning, applying = imported(content, profile)
                import_cpu = cpu_seconds() - began
            made = Addressee.objects.filter(pk__gt=before["tracker_addressee"]).count()
            files = copied_out(before, Path(name))
            size = sum(file.stat().st_size for _, file in files.values()) / 1024 / 1024
            clear(before)
            began = cpu_seconds()
            copy = copied_in(files)
            copy_cpu = cpu_seconds() - began
            clear(before)
            ratios.append((planning + applying) / copy)
            print(
                f"round {number}: {arguments.rows:,} rows, {made:,} addressees: planned in {planning:.1f} s, written in"
                f" {applying:.1f} s, {arguments.rows / (planning + applying):,.0f} rows/s; COPY of the same rows"
                f" ({size:.0f} MB) {copy:.1f} s: {ratios[-1]:.2f} times (processor time {import_cpu:.1f} s and"
                f" {copy_cpu:.1f} s: {import_cpu / copy_cpu:.2f}); {memory.most:.0f} MB",
                flush=True,
            )
    print(
        f"import / COPY: median {statistics.median(ratios):.2f} (limit {LIMIT}); memory limit {MEMORY_MB} MB;"
        f" Python {sys.version.split()[0]}"
    )


if __name__ == "__main__":
    main()
