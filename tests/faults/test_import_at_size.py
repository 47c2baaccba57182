"""Imports of 40,000 rows, and of the worst files that are let in: by the command, its memory watched from outside."""

import csv
import os
import random
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection

from tests.importing.files import FEEDS, FORMS, coroners, make_feeds_world, written
from tests.importing.test_reading_files import bomb, external, too_large
from tests.importing.world import COLUMNS, NOW, applied, counts, feed, named, planned, rows
from tests.running.memory import Memory
from tests.servers import ROOT
from tracker.importing.bounds import LARGEST, MOST_ENTRIES, MOST_INFLATED
from tracker.importing.profiles import read_profile
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Import, ImportProfile
from tracker.queries.addressees import describe

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROWS, MEGABYTES = 40_000, 300


def late_entity(folder: Path) -> Path:
    """As much XML as is let in, and an entity in the last entry of all."""
    path = folder / "late.xlsx"
    words = random.Random(1).randbytes(4 * 1024).hex().encode() * 64
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            for number in range(MOST_INFLATED // len(words) - 2):
                out.write(b'<c r="A%d" t="s"/>' % number + words)
        archive.writestr("xl/styles.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    return path


def commanded(file: Path, profile: str, *options: str) -> tuple[float, str]:
    """`manage.py import_register`, in a process of its own: the most memory that it had, and what it said."""
    given = connection.settings_dict
    url = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    with subprocess.Popen(
        [sys.executable, "manage.py", "import_register", str(file), "--profile", profile, *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        with Memory(process.pid) as memory:
            said, _ = process.communicate(timeout=1_500)
    return memory.most, said


@pytest.mark.parametrize(("profile", "form"), [*((name, "csv") for name in FEEDS), ("coroners", "xlsx")])
def test_40_000_rows_with_every_quirk_come_in_once_and_within_their_memory(
    tmp_path: Path, profile: str, form: str
) -> None:
    make_feeds_world()
    made = FEEDS[profile](ROWS)
    file = written(made, tmp_path, form)
    memory, said = commanded(file, profile)
    assert "Applied as import" in said, said
    assert memory < MEGABYTES
    assert counts(Import.objects.get()) == dict(made.outcomes)
    memory, said = commanded(file, profile)
    assert memory < MEGABYTES
    same = made.outcomes["new"] + made.outcomes["same"]
    assert f"{ROWS:,} rows read: 0 new, 0 changed, {same:,} same" in said, said
    assert [str(fault) for fault in check_ledger()] == []


def test_due_is_56_days_after_the_date_and_overdue_exactly_from_the_day_after_for_thousands_of_rows() -> None:
    make_feeds_world()
    profile = read_profile(
        named("coroners").definition.replace("publish = false", "publish = true"), "coroners"
    )
    today = NOW.date()

    def day(number: int) -> date:
        """So that the days around the deadline come again and again."""
        return today - timedelta(days=26 + number % 60)

    made = coroners(4_000, day)
    of = applied(planned(FORMS["csv"](made), profile))
    assert counts(of) == dict(made.outcomes)
    everyone = list(Addressee.objects.public().select_related("recommendation__report").order_by("pk"))
    assert len(everyone) > 7_000
    found: Counter[str] = Counter()
    for at in range(0, len(everyone), 1_000):
        for view in describe(everyone[at : at + 1_000], today):
            number = int(view.report.title.removeprefix("Report "))
            due = date.fromordinal(day(number).toordinal() + 56)
            assert view.answer_due_on == due, view.id
            status = "unread" if is_answered(made.rows[number], view.body.name) else "awaiting"
            if status == "awaiting" and due < today:
                status = "overdue"
            assert view.status == status, view.id
            found[status] += 1
    assert min(found["overdue"], found["awaiting"], found["unread"]) > 1_000, found


def is_answered(row: dict[str, object], body: str) -> bool:
    """By the row as it was made, not as it was read."""
    count = str(row["Responses"]).removesuffix(".0")
    return count != "0" and row.get("Responses from", body) in (body, "")


# --- The worst that is let in, and what is not ------------------------------------------------------------------


def pages_in_cells(folder: Path) -> Path:
    """50 MB of CSV, each text as long as a text may be."""
    file = folder / "pages.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        number = 0
        while out.tell() < LARGEST - 100_000:
            number += 1
            page = f"Ask {number}. " + "x" * 19_900
            writer.writerows(
                rows({"Ref": f"R{number}", "Report": f"Report {number}", "Text": page, "Reply": page})
            )
    return file


def lines_without_end(folder: Path) -> Path:
    """50 MB of CSV in lines of nearly two million characters."""
    file = folder / "lines.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\r\n")
        for number in range(25):
            out.write(f"R{number},Report,3/12/2021,1,{'x' * 1_900_000},Kent Police,Open,\r\n")
    return file


def strings(folder: Path) -> Path:
    """A spreadsheet whose strings take more memory than its process may have."""
    file = folder / "strings.xlsx"
    chance = random.Random(1)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        found = book.add_worksheet()
        found.write_row(0, 0, COLUMNS)
        for number in range(1, 30_000):
            text = "".join(chance.choices("abcdefgh ", k=200)) * 20
            found.write_row(
                number, 0, [f"R{number}", "Report", "3/12/2021", "1", text, "Kent Police", "Open"]
            )
    return file


@pytest.mark.parametrize("make", [pages_in_cells, lines_without_end, strings])
def test_no_file_that_is_let_in_takes_more_memory(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    make_feeds_world()
    ImportProfile.objects.create(name="feed", definition=feed().definition)
    memory, said = commanded(make(tmp_path), "feed")
    assert memory < MEGABYTES, said
    assert "rows read" in said or "memory" in said, said


REFUSING = """
import re, sys, time
from pathlib import Path
from tracker.importing.tables import open_table
started = time.perf_counter()
try:
    with open_table(Path(sys.argv[1]), ("Ref",)) as table:
        list(table.rows)
except ValueError as error:
    most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
    print(time.perf_counter() - started, int(most) // 1024, error)
"""


@pytest.mark.parametrize(
    "make",
    [
        too_large,
        external,
        lambda folder: bomb(folder, size=180 * 1024 * 1024),
        lambda folder: bomb(folder, size=30 * 1024 * 1024, lie=True),
        lambda folder: bomb(folder, entries=MOST_ENTRIES),
        lambda folder: bomb(folder, entries=65_000),
        late_entity,
    ],
)
def test_what_is_refused_is_refused_within_a_second_and_150_megabytes(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    run = [sys.executable, "-c", REFUSING, str(make(tmp_path))]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    seconds, megabytes, reason = done.stdout.split(" ", 2)
    assert float(seconds) < 1, reason
    assert int(megabytes) < 150, reason
