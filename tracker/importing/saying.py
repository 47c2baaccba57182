"""What a row says, by the profile of its feed: plain values that can be kept, compared and shown.

Nothing here looks at the register but at the names of bodies. What cannot be read is a problem of the row, with its
column, the value, the reason and the fix.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from tracker.importing.bodies import Names
from tracker.importing.cells import Cell, count_of, date_of, reference_of, text_of, words_of
from tracker.importing.profiles import Meaning, Profile, folded
from tracker.importing.tables import TableRow
from tracker.spans import DateSpan, parse_span
from tracker.vocabulary import ImportColumn, Position, Precision

LONGEST_TITLE = 300
LONGEST_REPORT_TITLE = 500
LONGEST_TEXT = 20_000
LONGEST_NUMBER = 40
LONGEST_URL = 1_000
LONGEST_VALUE = 200  # of a value, in a list of problems
_BARE = Meaning()
# Columns that tell that there is a reply, and their places in what is said of it.
_LOCATES = {
    ImportColumn.REPLIED_ON: "on",
    ImportColumn.REPLY_URL: "url",
    ImportColumn.REPLY_COUNT: "count",
    ImportColumn.REPLIED_BY: "by",
}
_ADDRESS = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class RowProblem:
    """One thing that is wrong with a row: where, what stands there, why it does not do, how to put it right."""

    column: str
    value: str
    reason: str
    fix: str


@dataclass
class Said:
    """One row, read: its keys, what it says, and what is wrong with it."""

    number: int
    key: str = ""
    report_key: str = ""
    ask_key: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    rejected: list[RowProblem] = field(default_factory=list)
    conflicts: list[RowProblem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for rows that say the same. How names in a cell are parted may be learnt later: it is left out."""
        what = {key: value for key, value in self.said.items() if key not in ("names", "repliers")}
        return digest_of(what)

    @property
    def problems(self) -> list[dict[str, str]]:
        return [asdict(each) for each in (*self.rejected, *self.conflicts)]


@lru_cache(maxsize=10_000)
def is_address(text: str) -> bool:
    """An address as a source may have it."""
    try:
        _ADDRESS(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_URL


def before_the_ask(replied: str, asked: str) -> bool:
    """A reply that came, at the latest, before anything was asked."""
    if not replied:
        return False
    on, since = span(replied), span(asked)
    return on is not None and since is not None and on.latest < since.earliest


def digest_of(what: Any) -> str:
    """The same for values that are the same."""
    return hashlib.sha256(orjson.dumps(what, option=orjson.OPT_SORT_KEYS)).hexdigest()[:40]


def written(span: DateSpan | None) -> str:
    """A date as it is kept: 2021-12-03, 2021-12, 2021, by 2021-12-03; empty where there is none."""
    if span is None:
        return ""
    return f"by {span.written}" if span.precision == Precision.BY else span.written


@lru_cache(maxsize=10_000)
def span(text: str) -> DateSpan | None:
    """A date as a row keeps it."""
    return parse_span(text.removeprefix("by "), by=text.startswith("by ")) if text else None


class Reader:
    """Reads the rows of one file by one profile, on a day."""

    def __init__(self, profile: Profile, columns: Sequence[str], names: Names, today: date) -> None:
        self.profile, self.names, self.today = profile, names, today
        there = {folded(name): name for name in columns}
        self.headers = {column: there.get(folded(header), "") for column, header in profile.columns.items()}

    def read(self, row: TableRow) -> Said:
        """What one row says."""
        said = Said(row.number)
        if row.fault:
            said.rejected.append(RowProblem("", "", row.fault, "Correct the row in the file."))
            return said
        at = _Row(row, self, said)
        report = {
            "ref": at.reference(ImportColumn.REPORT),
            "title": at.text(ImportColumn.REPORT_TITLE, words_of, LONGEST_REPORT_TITLE).replace("\n", " "),
            "date": at.date(ImportColumn.REPORT_DATE),
            "url": at.url(ImportColumn.REPORT_URL),
            "publishers": at.names(ImportColumn.PUBLISHER),
        }
        text = at.text(ImportColumn.TEXT, words_of, LONGEST_TEXT)
        title = at.text(ImportColumn.TITLE, words_of, LONGEST_TITLE) or _first_sentence(text)
        number = at.reference(ImportColumn.NUMBER)
        if len(number) > LONGEST_NUMBER:
            at.reject(ImportColumn.NUMBER, f"it has over {LONGEST_NUMBER} characters", "Is it the number?")
        ask = {
            "number": number,
            "title": title.replace("\n", " "),
            "text": text,
            "themes": at.parts(ImportColumn.THEME),
        }
        said.said = {
            "report": report,
            "ask": ask,
            "bodies": at.text(ImportColumn.BODIES, text_of, LONGEST_TEXT),
            "names": at.names(ImportColumn.BODIES) or [*self.profile.addressed_to],
            "reply": self._reply(at),
            "repliers": at.names(ImportColumn.REPLIED_BY),
        }
        if before_the_ask(said.said["reply"]["on"], said.said["report"]["date"]):
            at.reject(
                ImportColumn.REPLIED_ON, "it is before the date of the report", "Correct one of the dates."
            )
        if not title and not said.rejected:
            at.reject(ImportColumn.TEXT, "nothing says what is asked", "Give its text.")
        self._name(said, at)
        return said

    def _reply(self, at: "_Row") -> dict[str, Any]:
        """What the row says of an answer. A text that says that there is none is none."""
        status = at.text(ImportColumn.STATUS, text_of, LONGEST_TITLE)
        meaning = self.profile.statuses.get(folded(status)) if status else _BARE
        if meaning is None:
            known = ", ".join(sorted(self.profile.statuses)[:12])
            at.conflict(
                ImportColumn.STATUS,
                "this word is not in the profile",
                f"Say what it means in the profile's statuses. It knows: {known or 'none'}.",
            )
            meaning = _BARE
        text = at.text(ImportColumn.REPLY, words_of, LONGEST_TEXT)
        if silent := folded(text).rstrip(".") in self.profile.no_reply:
            if meaning.position:
                at.conflict(
                    ImportColumn.REPLY,
                    f"it says that there is no reply, and “{status}” says what was replied",
                    "Correct one of them.",
                )
            text = ""
        reply = {
            "status": folded(status),
            "position": str(meaning.position),
            "claimed": str(meaning.claimed),
            "text": text,
            "on": at.date(ImportColumn.REPLIED_ON),
            "url": at.url(ImportColumn.REPLY_URL),
            "count": at.count(ImportColumn.REPLY_COUNT),
            "by": at.text(ImportColumn.REPLIED_BY, text_of, LONGEST_TITLE),
        }
        located = bool(text or any(reply[key] for key in _LOCATES.values()))
        if located and silent and not reply["position"]:
            told = ", ".join(
                f"“{self.profile.columns[column]}”"
                for column, key in _LOCATES.items()
                if reply[key] and column in self.profile.columns
            )
            at.conflict(
                ImportColumn.REPLY,
                f"it says that there is no reply, and {told} tells of one",
                "Correct one of them.",
            )
        elif located and not reply["position"]:
            # It was found and says nothing of a position: our backlog, never an acceptance.
            reply["position"] = Position.UNREAD.value
        return reply

    def _name(self, said: Said, at: "_Row") -> None:
        """The keys by which the row, its recommendation and its report are known again."""
        report = self._identity(self.profile.report_identity, at)
        if not any(report):
            report = [said.said["report"]["title"], said.said["report"]["date"]]
        if not any(report):
            at.reject(
                ImportColumn.REPORT, "nothing says which report it is from", "Give its reference or title."
            )
        ask = self._identity(self.profile.ask_identity, at)
        if not any(ask):
            ask = [said.said["ask"]["title"], said.said["ask"]["text"]]
        both = (*self.profile.report_identity, *self.profile.ask_identity)
        rest = self._identity([each for each in self.profile.row_identity if each not in both], at)
        said.report_key = digest_of(report)
        said.ask_key = digest_of([report, ask])
        said.key = digest_of([report, ask, rest])

    def _identity(self, columns: Sequence[ImportColumn], at: "_Row") -> list[str]:
        """The values of columns. Dates are compared as dates, text however it is spaced."""
        dates = (ImportColumn.REPORT_DATE, ImportColumn.REPLIED_ON)
        return [at.date(column) if column in dates else folded(at.reference(column)) for column in columns]


def _first_sentence(text: str) -> str:
    """A title for a recommendation that has none: its first sentence, or as much of it as is a title."""
    first = text.partition("\n")[0]
    head, end, _ = first.partition(". ")
    title = head + end.rstrip() if len(head) >= 20 or not end else first
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


class _Row:
    """The cells of one row, read by what their columns mean."""

    def __init__(self, row: TableRow, reader: Reader, said: Said) -> None:
        self.cells, self.headers, self.reader, self.said = row.cells, reader.headers, reader, said
        self.profile = reader.profile
        # What was read already: a column that names the row is asked for again.
        self.references: dict[ImportColumn, str] = {}
        self.dates: dict[ImportColumn, str] = {}

    def cell(self, column: ImportColumn) -> Cell:
        header = self.headers.get(column)
        return self.cells.get(header) if header else None

    def reference(self, column: ImportColumn) -> str:
        """A reference; one that only stands in for it is none."""
        if column not in self.references:
            text = reference_of(self.cell(column))
            self.references[column] = "" if folded(text) in self.profile.placeholders else text
        return self.references[column]

    def text(self, column: ImportColumn, read: Callable[[Cell], str], longest: int) -> str:
        cell = self.cell(column)
        if cell is None:
            return ""
        text = read(cell)
        if len(text) > longest:
            if longest < LONGEST_TEXT:
                return f"{text[: longest - 1]}…"
            self.reject(column, f"it has over {longest:,} characters", "Shorten it, or split the row.")
            return text[:longest]
        return text

    def parts(self, column: ImportColumn) -> list[str]:
        text = text_of(self.cell(column))
        if not text:
            return []
        for separator in self.profile.separators:
            text = text.replace(separator, "\n")
        return [*dict.fromkeys(part.strip()[:120] for part in text.split("\n") if part.strip())]

    def names(self, column: ImportColumn) -> list[str]:
        text = text_of(self.cell(column))
        return self.reader.names.split(text, self.profile) if text else []

    def date(self, column: ImportColumn) -> str:
        """A date as it is kept; what is wrong with it is said once."""
        if column not in self.dates:
            self.dates[column] = self._date(column)
        return self.dates[column]

    def _date(self, column: ImportColumn) -> str:
        cell = self.cell(column)
        if cell is None or (isinstance(cell, str) and folded(cell) in self.profile.placeholders):
            return ""
        try:
            found = date_of(cell, self.profile.date_order)
            if found is not None and found.earliest > self.reader.today:
                raise ValueError(f"{found} has not come yet: give the day on which it was")
            return written(found)
        except ValueError as error:
            reason, _, fix = (
                str(error).rpartition("; ") if "; " in str(error) else str(error).rpartition(": ")
            )
            self.reject(column, reason, f"{fix[:1].upper()}{fix[1:]}.")
            return ""

    def count(self, column: ImportColumn) -> int | None:
        try:
            return count_of(self.cell(column))
        except ValueError as error:
            reason, _, fix = str(error).partition(": ")
            self.reject(column, reason, f"{fix[:1].upper()}{fix[1:]}.")
            return None

    def url(self, column: ImportColumn) -> str:
        text = text_of(self.cell(column)).split("\n")[0].strip()
        if not text or folded(text) in self.profile.placeholders:
            return ""
        if not is_address(text):
            self.reject(column, "not an address", "Write it as https://…, or leave it empty.")
            return ""
        return text

    def reject(self, column: ImportColumn, reason: str, fix: str) -> None:
        self.said.rejected.append(self._problem(column, reason, fix))

    def conflict(self, column: ImportColumn, reason: str, fix: str) -> None:
        self.said.conflicts.append(self._problem(column, reason, fix))

    def _problem(self, column: ImportColumn, reason: str, fix: str) -> RowProblem:
        header = self.profile.columns.get(column, column.value)
        return RowProblem(header, text_of(self.cell(column))[:LONGEST_VALUE], reason, fix)
