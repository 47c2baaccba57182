"""A register with what the profiles of feeds stand on, and files for them, with every quirk that feeds have."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from tests.factories import AT, make_body, make_regime, make_source
from tracker.importing import jobs
from tracker.importing.profiles import Profile, profile_named, read_profile
from tracker.ledger.check import check_ledger
from tracker.models import Body, Import, ImportRow
from tracker.vocabulary import ImportState, Outcome

NOW = AT + timedelta(days=1)

FEED = """
name = "feed"
title = "A feed"
date_order = "dmy"
verification = "secondary"

[source]
kind = "page"
title = "The feed"
url = "https://example.org/feed"

[report]
publishers = ["an-inspectorate"]

[columns]
report = "Ref"
report_title = "Report"
report_date = "Date"
number = "No"
text = "Text"
bodies = "Sent to"
status = "Status"
reply = "Reply"

[bodies]
separators = [";", ", "]

[replies]
by_all = true

[statuses]
"Accepted" = "accepted"
"Rejected" = "rejected"
"Noted" = "noted"
"Implemented" = { claimed = "implemented" }
"Open" = ""
"""
COLUMNS = ("Ref", "Report", "Date", "No", "Text", "Sent to", "Status", "Reply")
ROW = {
    "Ref": "R1", "Report": "A report", "Date": "3/12/2021", "No": "1", "Text": "Stop passing on details.",
    "Sent to": "Kent Police", "Status": "Open", "Reply": "",
}  # fmt: skip


def feed() -> Profile:
    """The profile above."""
    return read_profile(FEED, "feed")


def with_lines(*pairs: tuple[str, str]) -> Profile:
    """The profile above, with lines of it replaced."""
    text = FEED
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_profile(text, "feed")


def make_world() -> list[Body]:
    """The inspectorate that asks, and those who are asked."""
    make_source()
    names = (
        "Kent Police",
        "Essex Police",
        "Home Office",
        "Department of Health, Social Services and Public Safety",
    )
    return [make_body("An inspectorate", kind="inspectorate"), *(make_body(name) for name in names)]


def rows(*changed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows like the plain one, each with what is said otherwise."""
    return [{**ROW, **each} for each in changed]


def csv_bytes(
    found: Iterable[Mapping[str, Any]],
    columns: Sequence[str] = COLUMNS,
    *,
    encoding: str = "utf-8",
    end: str = "\r\n",
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(columns)
    for each in found:
        writer.writerow([each.get(column, "") for column in columns])
    return out.getvalue().encode(encoding)


def upload(content: bytes | Path, *, at: datetime = NOW) -> Import:
    pieces = [content] if isinstance(content, bytes) else [content.read_bytes()]
    return jobs.begin(file_name="feed.csv", pieces=pieces, user=None, at=at)


def planned(content: bytes | Path, profile: Profile | None = None, *, at: datetime = NOW) -> Import:
    """A file, uploaded and planned."""
    of = upload(content, at=at)
    jobs.ask_plan(of, profile or feed())
    assert jobs.run(of.pk, clock=lambda: at)
    of.refresh_from_db()
    return of


def applied(of: Import, *, at: datetime = NOW) -> Import:
    """The plan, applied."""
    jobs.ask_apply(of)
    assert jobs.run(of.pk, clock=lambda: at)
    of.refresh_from_db()
    assert of.state == ImportState.APPLIED, of.said
    return of


def undone(of: Import, *, at: datetime = NOW) -> Import:
    jobs.ask_undo(of, because="It was the wrong file.")
    assert jobs.run(of.pk, clock=lambda: at)
    of.refresh_from_db()
    return of


def again(content: bytes, profile: Profile | None = None, *, minutes: int = 1) -> Import:
    """The next file of the feed, planned a little later."""
    return planned(content, profile, at=NOW + timedelta(minutes=minutes))


def counts(of: Import) -> dict[str, int]:
    """The counts that are not nought. They add up to the rows read."""
    assert sum(of.counts[outcome] for outcome in Outcome.values) == of.read, of.counts
    return {name: count for name, count in of.counts.items() if count}


def problems(of: Import) -> list[tuple[int, str, str]]:
    """Number, column and reason of what is wrong with rows."""
    found = ImportRow.objects.filter(of=of).order_by("number")
    for row in found:
        for each in row.problems:
            assert each["reason"] and each["fix"], each
    return [(row.number, each["column"], each["reason"]) for row in found for each in row.problems]


def faults() -> list[str]:
    """What the ledger finds wrong with itself and the rows, sealed up to now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return [str(fault) for fault in check_ledger()]


def named(name: str) -> Profile:
    return profile_named(name)


def make_coroners_rule() -> None:
    make_regime("Regulation 29", ref="pfd-regulation-29", automatic=False, counting="unverified")
