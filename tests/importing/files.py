"""Files of three feeds, of any length, with every quirk that real ones have; and what must become of their rows.

What each row must become is written down beside it here, by hand, and never asked of the importer.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from tests.factories import make_body, make_regime
from tests.importing.world import csv_bytes, make_coroners_rule, make_world

Row = dict[str, Any]
FIRST_DAY = date(2015, 1, 5)
LONG_NAME = "Department of Health, Social Services and Public Safety"
LONG_CELL = "\n".join(f"Line {n} of a cell that nobody could bear to split." for n in range(200))
ARABIC = "\u202bتوصية بشأن السلامة\u202c"
DAMAGED_TWICE = "The force’s review".encode().decode("cp1252").encode().decode("cp1252")  # noqa: RUF001


@dataclass
class Feed:
    """A file to be: the profile it is for, its columns, its rows, and how many must have which outcome."""

    profile: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row, outcome: str) -> None:
        self.rows.append(row)
        self.outcomes[outcome] += 1


def make_feeds_world() -> None:
    """All that the three profiles stand on."""
    make_world()
    make_body("Mid Kent", kind="coroner")
    make_coroners_rule()
    make_regime(
        "Review",
        ref="un-upr",
        kind="after_event",
        amount=None,
        unit="",
        automatic=False,
        starts_from_text="the adoption of the outcome",
        strength="convention",
    )
    for name in ("France", "Chile", "Freedonia"):
        make_body(name, kind="state")


# Ways of writing one day, all of which mean that day.
DAYS: tuple[Callable[[date], Any], ...] = (
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day.day}{ordinal(day.day)} {day:%B}, {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%A} {day.day}{ordinal(day.day)} of {day:%b %Y}",
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: f"{day:%d.%m.%Y} 00:00",
)


def ordinal(number: int) -> str:
    if 10 < number < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def day_of(number: int) -> date:
    return FIRST_DAY + timedelta(days=number % 3_600)


# By place among each hundred rows: what is typed over, and what becomes of the row.
CORONERS_QUIRKS: dict[int, tuple[Row, str]] = {
    10: ({"Date of report": "31/2/2021"}, "rejected"),
    12: ({"Date of report": "soon"}, "rejected"),
    14: ({"Date of report": "5/12/2021 to 3/12/2021"}, "rejected"),
    16: ({"Date of report": ""}, "rejected"),
    18: ({"This report is being sent to": "REDACTED", "Responses": "0"}, "rejected"),
    20: ({"This report is being sent to": "[Redacted]; Kent Police", "Responses": "0"}, "new"),
    22: ({"This report is being sent to": f"Kent Police, {LONG_NAME}", "Responses": "2"}, "new"),
    24: ({"Responses": "9"}, "conflict"),
    26: ({"Responses": "2.0", "This report is being sent to": "Kent Police | Essex Police"}, "new"),
    28: (
        {
            "Responses": "1",
            "This report is being sent to": "Kent Police and Essex Police",
            "Responses from": "",
        },
        "conflict",
    ),
    30: (
        {
            "Responses": "1",
            "This report is being sent to": "Kent Police and Essex Police",
            "Responses from": "Essex Police",
        },
        "new",
    ),
    32: ({"Ref": "n/a"}, "new"),
    34: ({"Concerns": LONG_CELL}, "new"),
    36: ({"Concerns": ARABIC}, "new"),
    38: ({"Concerns": DAMAGED_TWICE}, "new"),
    40: ({"Concerns": "<ul><li>Warnings&nbsp;went unread.</li></ul><script>x()</script>"}, "new"),
    42: ({"This report is being sent to": "Kemt Police"}, "conflict"),
    44: ({"Concerns": ""}, "rejected"),
    46: ({"Link": "not an address"}, "rejected"),
}


def coroners(number: int, day: Callable[[int], date] = day_of) -> Feed:
    """One report a row, of the day that `day` gives it. One in a hundred stands in the file twice."""
    columns = ("Ref", "Report", "Date of report", "Link", "Coroner", "Concerns", "Category",
               "This report is being sent to", "Responses", "Responses from")  # fmt: skip
    feed = Feed("coroners", columns)
    recipients = ("Kent Police", "Kent Police | Essex Police", "Kent Police; Essex Police; Home Office")
    for n in range(number):
        row = {
            "Ref": f"PFD-{n:05}",
            "Report": f"Report {n}",
            "Date of report": DAYS[n % len(DAYS)](day(n)),
            "Link": f"https://example.org/pfd/{n}",
            "Coroner": "Mid Kent",
            "Concerns": f"Concern {n}. " + "Nobody reads the warnings. " * 8,
            "Category": "Police",
            "This report is being sent to": recipients[n % 3],
            "Responses": n % 3 + 1 if n % 4 == 0 else 0,
        }
        changes, outcome = CORONERS_QUIRKS.get(n % 100, ({}, "new"))
        if n % 100 == 49:
            feed.add(dict(feed.rows[-1]), "same")
        else:
            feed.add(row | changes, outcome)
    return feed


SAFETY_QUIRKS: dict[int, tuple[Row, str]] = {
    11: ({"Status": "Parked"}, "conflict"),
    13: ({"Status": "Rejected", "Response": "No response received."}, "conflict"),
    14: ({"Status": "Open", "Response": "No response received.", "Response date": ""}, "new"),
    33: ({"Response date": "1 March 2009"}, "rejected"),
    35: ({"Response date": "1 March 2199"}, "rejected"),
    15: ({"Addressee": "[REDACTED]"}, "rejected"),
    17: ({"Recommendation no.": "TBC"}, "new"),
    19: ({"Response": LONG_CELL}, "new"),
    21: ({"Safety recommendation": ARABIC}, "new"),
    23: ({"Response date": "2099-13-01"}, "rejected"),
    25: ({"Status": "Implemented", "Response": "Done."}, "new"),
    27: ({"Addressee": ""}, "rejected"),
    29: ({"Response date": "Dec 2021"}, "new"),
    31: ({"Response date": "1 - 3 December 2021"}, "new"),
    37: ({"Response date": "2021"}, "new"),
}


def safety(number: int) -> Feed:
    """Five recommendations an investigation, one a row, numbers as a spreadsheet writes them."""
    columns = ("Investigation", "Report title", "Published", "Investigator", "Recommendation no.",
               "Safety recommendation", "Addressee", "Status", "Response", "Response date")  # fmt: skip
    feed = Feed("safety-investigator", columns)
    words = ("Accepted", "Open", "Noted", "Accepted - closed", "Partially accepted")
    for n in range(number):
        word = words[n % 5]
        row = {
            "Investigation": f"R{n // 5:05}",
            "Report title": f"Collision {n // 5}",
            "Published": DAYS[n // 5 % len(DAYS)](date(2019, 1, 7) + timedelta(days=n // 5 % 900)),
            "Investigator": "An inspectorate",
            "Recommendation no.": float(n % 5 + 1),
            "Safety recommendation": f"Fit brakes to wagon {n}. " + "They failed before. " * 8,
            "Addressee": ("Kent Police", "Home Office", "Essex Police")[n % 3],
            "Status": word,
            "Response": "" if word == "Open" else f"Wagon {n} is being looked at.",
            "Response date": "" if word == "Open" else "1 March 2022",
        }
        changes, outcome = SAFETY_QUIRKS.get(n % 100, ({}, "new"))
        feed.add(row | changes, outcome)
    return feed


def review(number: int) -> Feed:
    """Two states make each recommendation, a row for each; ten recommendations a session."""
    columns = ("Session", "Review", "Date", "Recommending state", "Paragraph", "Recommendation", "Issue",
               "State under review", "Position")  # fmt: skip
    feed = Feed("human-rights-review", columns)
    for n in range(number):
        ask = n // 2
        row = {
            "Session": f"S{ask // 10}",
            "Review": "Freedonia",
            "Date": f"{2010 + ask // 10 % 12}-{ask // 10 % 12 + 1:02}",
            "Recommending state": ("France", "Chile")[n % 2],
            "Paragraph": f"{ask // 10}.{ask % 10}",
            "Recommendation": f"Ratify treaty {ask}. " + "It protects migrants. " * 8,
            "Issue": "Migrants; Treaties",
            "State under review": "Freedonia",
            "Position": ("Supported", "Noted", "Pending")[ask % 3],
        }
        changes, outcome = {
            7: ({"Position": "To be examined"}, "conflict"),
            9: ({"State under review": ""}, "rejected"),
            11: ({"Date": "13/13/2021"}, "rejected"),
        }.get(n % 100, ({}, "new"))
        feed.add(row | changes, outcome)
    return feed


FEEDS: dict[str, Callable[[int], Feed]] = {
    "coroners": coroners,
    "safety-investigator": safety,
    "human-rights-review": review,
}


# --- As files ---------------------------------------------------------------------------------------------------


def as_csv(feed: Feed, *, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """With a title above, two headers of one name, a blank line now and then, and short rows."""
    content = csv_bytes(feed.rows, (*feed.columns, "Notes", "Notes"), end="\n").decode()
    lines = _records(content)
    short = [line.rstrip(",") if n % 3 else line for n, line in enumerate(lines[1:])]
    spaced = [f"{line}\n" if n % 50 == 7 else line for n, line in enumerate(short)]
    whole = "\n".join(["The list as of Monday", "", lines[0], *spaced]) + "\n"
    return whole.replace("\n", end).encode(encoding, errors="replace")


def _records(content: str) -> list[str]:
    """The records of a CSV, each with the line ends inside its cells."""
    records, open_cell = [], False
    for line in content.splitlines():
        if open_cell:
            records[-1] += f"\n{line}"
        else:
            records.append(line)
        open_cell ^= line.count('"') % 2 == 1
    return records


def _table(feed: Feed) -> Iterator[list[Any]]:
    yield [*feed.columns]
    for row in feed.rows:
        yield [row.get(column, "") for column in feed.columns]


def as_xlsx(feed: Feed) -> bytes:
    """With a legend on the first sheet, a title above merged cells, and numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        legend = book.add_worksheet("Legend")
        legend.write_row(0, 0, ["Status", "What it means"])
        legend.write_row(1, 0, ["Open", "Nothing yet"])
        found = book.add_worksheet("List")
        found.merge_range(0, 0, 0, 4, "The list as of Monday")
        for number, line in enumerate(_table(feed), 2):
            for column, value in enumerate(line):
                if value != "":
                    found.write(number, column, value)
    return out.getvalue()


def as_xls(feed: Feed) -> bytes:
    book = xlwt.Workbook()
    found = book.add_sheet("List")
    for number, line in enumerate(_table(feed)):
        for column, value in enumerate(line):
            found.write(number, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="List">%s</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def as_ods(feed: Feed) -> bytes:
    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in _table(feed))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS % rows)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def as_json_lines(feed: Feed) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in feed.rows)


FORMS: dict[str, Callable[[Feed], bytes]] = {
    "csv": as_csv,
    "csv, bare CR, with a mark": lambda feed: as_csv(feed, encoding="utf-8-sig", end="\r"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "jsonl": as_json_lines,
}


def written(feed: Feed, folder: Path, form: str = "csv") -> Path:
    file = folder / f"{feed.profile}.{form[:5].strip(',')}"
    file.write_bytes(FORMS[form](feed))
    return file
