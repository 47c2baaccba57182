"""From a file to its rows, one at a time: CSV, XLSX, XLS, ODS, JSON Lines.

A row has the number that a person sees beside it, and its cells by the name of their column. Blank lines are passed
over; where two columns have one name, the second is `Name (2)`. Nothing holds a whole file in memory.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, TypeVar

import orjson

from tracker.importing import sheet_process
from tracker.importing.bounds import check_size, check_zip
from tracker.importing.cells import Cell, text_of, visible
from tracker.importing.encodings import encoding_of

LONGEST_LINE = 2_000_000
MOST_COLUMNS = 1_000
HEADERS_WITHIN = 20
ENOUGH_TEXT = 1_000_000
DELIMITERS = ",;\t|"
# Of its data: a worker that imports has 180 MB, and both together stay below 300.
SHEET_MEGABYTES = 110
SHEET_SECONDS = 60
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Item = TypeVar("Item")

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True)
class TableRow:
    """One row of a file. `fault` says why its cells cannot be told apart."""

    number: int
    cells: Mapping[str, Cell]
    fault: str = ""


def _unknown(_: int) -> int:
    return 0


@dataclass
class Table:
    """A file that is open: the names of its columns, and its rows, to be read once.

    `total` says, after so many rows were read, how many there will be, as far as can be told; 0 if it cannot.
    """

    columns: list[str]
    rows: Iterator[TableRow]
    kind: str = ""
    total: Callable[[int], int] = _unknown


@dataclass
class _Raw:
    """Rows of cells as they stand, from one sheet or the only one: (sheet, number, cells)."""

    rows: Iterator[tuple[str, int, Sequence[Cell]]]
    kind: str = field(default="")
    total: Callable[[int], int] = _unknown


@contextmanager
def open_table(file: Path, wanted: Sequence[str] = ()) -> Iterator[Table]:
    """The table in a file. `wanted` are the names that its header should have: they tell it from a title or a legend.

    Raises ValueError, with the fix, for what is no table: too large, a bomb, no spreadsheet, not a text.
    """
    check_size(file.stat().st_size)
    with file.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK"):
        names = check_zip(file)
        kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
        if not kind:
            raise ValueError("it is a zip, but no spreadsheet: unpack it first")
        with _sheets(file, kind) as raw:
            yield _table(raw, wanted)
    elif start.startswith(_OLE):
        with _sheets(file, "xls") as raw:
            yield _table(raw, wanted)
    else:
        with _text_table(file, start, wanted) as table:
            yield table


@contextmanager
def _text_table(file: Path, start: bytes, wanted: Sequence[str]) -> Iterator[Table]:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise ValueError(
            "it is a web page with the name of a spreadsheet: open it, and save it as XLSX or CSV"
        )
    if head.startswith(b"%pdf"):
        raise ValueError("it is a PDF: a table is needed, as XLSX or CSV")
    encoding = encoding_of(file)
    size = file.stat().st_size
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        raw_bytes: Any = stream.buffer

        def total(done: int) -> int:
            """By how much of the file was read."""
            return round(done * size / max(raw_bytes.tell(), 1))

        if head.startswith(b"{"):
            yield _json_lines(stream, total)
        else:
            lines = _bounded(stream)
            few = _first(lines, 50, len)
            delimiter = _delimiter(few, wanted)
            raw = _Raw(_csv_rows(chain(few, lines), delimiter), "csv", total)
            yield _table(raw, wanted)


def _first(found: Iterator[Item], most: int, size: Callable[[Item], int]) -> list[Item]:
    """The first of a file: so many, or as much text as tells what the rest is like."""
    few: list[Item] = []
    text = 0
    while len(few) < most and text < ENOUGH_TEXT and (item := next(found, None)) is not None:
        few.append(item)
        text += size(item)
    return few


def _bounded(stream: Any) -> Iterator[str]:
    """The lines of a text, of whatever ends, none without end."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ValueError("a line has over two million characters: is a quotation mark not closed?")
        yield line.replace("\x00", "")


def _delimiter(lines: Sequence[str], wanted: Sequence[str]) -> str:
    """The sign between cells: the one that makes the header that is wanted; else that makes the widest even rows.

    Evenness alone does not do: where each row has one `;` in a text, and some rows are short, `;` is the most even.
    """
    names = {_folded(name) for name in wanted}

    def fitness(sign: str) -> tuple[int, float]:
        try:
            rows = [row for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in rows]
        most = max(widths, key=widths.count, default=1)
        found = max((len(names & {_folded(cell) for cell in row}) for row in rows), default=0)
        return found, widths.count(most) / max(len(widths), 1) * (most - 1)

    return max(DELIMITERS, key=fitness)


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[str, int, Sequence[Cell]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            yield "", number, cells
    except csv.Error as error:
        raise ValueError(f"after row {number}: {error}; is a quotation mark not closed?") from None


def _json_lines(stream: Any, total: Callable[[int], int]) -> Table:
    """Each line is an object; the first thousand say which columns there are."""
    rows = _json_rows(stream)
    few = _first(rows, 1_000, lambda row: sum(len(str(cell)) for cell in row.cells.values()))
    columns = list(dict.fromkeys(name for row in few for name in row.cells))
    return Table(columns[:MOST_COLUMNS], chain(few, rows), "jsonl", total)


def _json_rows(stream: Any) -> Iterator[TableRow]:
    for number, line in enumerate(_bounded(stream), 1):
        if not line.strip():
            continue
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield TableRow(number, {}, f"not JSON ({error.msg[:80]}): write one object a line")
            continue
        if not isinstance(found, dict):
            yield TableRow(number, {}, "not an object: write one object a line")
            continue
        try:
            cells = {name[:200]: _plain(value) for name, value in found.items()}
        except orjson.JSONEncodeError:  # it reads what is deeper than what it writes
            yield TableRow(number, {}, "lists within lists, too deep: write plain values")
            continue
        yield TableRow(number, cells)


def _plain(value: Any) -> Cell:
    """A value of JSON as a cell: several become lines, anything deeper its JSON."""
    match value:
        case list() if all(isinstance(each, str | int | float) for each in value):
            return "\n".join(text_of(each) for each in value)
        case dict() | list():
            return orjson.dumps(value).decode()
    return value


@contextmanager
def _sheets(file: Path, kind: str) -> Iterator[_Raw]:
    """The rows of a spreadsheet, opened by a process of its own: see `sheet_process.py`."""
    command = [
        sys.executable,
        "-I",
        sheet_process.__file__,
        str(file),
        kind,
        str(SHEET_MEGABYTES),
        str(SHEET_SECONDS),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            heights: list[int] = []
            yield _Raw(_sheet_rows(process, heights), kind, lambda done: max(heights[-1], done))
        finally:
            process.kill()


def _sheet_rows(
    process: subprocess.Popen[bytes], heights: list[int]
) -> Iterator[tuple[str, int, Sequence[Cell]]]:
    """The rows of all sheets; `heights` gets how many rows each has as it begins."""
    assert process.stdout is not None
    for line in process.stdout:
        found = orjson.loads(line)
        if found == "end":
            return
        if isinstance(found, dict):
            heights.append(found["height"])
            continue
        sheet, number, cells = found
        yield sheet, number, [_cell(cell) for cell in cells]
    raise ValueError(
        "it cannot be opened as a spreadsheet, or needs too much memory: save it anew, or as CSV"
    )


def _cell(cell: Any) -> Cell:
    return date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell


def _table(raw: _Raw, wanted: Sequence[str]) -> Table:
    """Find the header: the first row that has what is wanted, or else the first with two cells or more.

    It is looked for among the first rows of each sheet; a sheet without it is a legend.
    """
    rows, names = raw.rows, {_folded(name) for name in wanted}
    best: tuple[int, str, int, Sequence[Cell], list[tuple[str, int, Sequence[Cell]]]] | None = None
    seen: dict[str, int] = {}
    for sheet, number, cells in rows:
        filled = [text_of(cell) for cell in cells if text_of(cell)]
        if filled:
            seen[sheet] = seen.get(sheet, 0) + 1
        if not filled or seen[sheet] > HEADERS_WITHIN:
            continue
        found = len(names & {_folded(name) for name in _unique(cells)})
        if found == len(names) and len(filled) > (0 if names else 1):
            return Table(_unique(cells), _rows_below(cells, sheet, rows, names), raw.kind, raw.total)
        if names and found and (best is None or found > best[0]):
            best = (found, sheet, number, cells, [])
    if best is None:
        raise ValueError(
            "it has no header: a row that names its columns" if not wanted else _lacking(wanted, [])
        )
    raise ValueError(_lacking(wanted, _unique(best[3])))


def _lacking(wanted: Sequence[str], columns: Sequence[str]) -> str:
    there = {_folded(name) for name in columns}
    lacking = [name for name in wanted if _folded(name) not in there]
    return (
        f"no column {', '.join(repr(name) for name in lacking)}: choose another profile, or match the columns"
    )


def _rows_below(
    header: Sequence[Cell],
    sheet: str,
    rows: Iterator[tuple[str, int, Sequence[Cell]]],
    names: set[str],
) -> Iterator[TableRow]:
    """The rows of the table. One that is the header again (its cells are two rows high) is none."""
    columns = _unique(header)
    for other, number, cells in rows:
        if other != sheet:
            yield from _left_out(
                chain([(other, number, cells)], rows), sheet, names or {*map(_folded, columns)}
            )
            return
        if cells == header or not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        extra = [text_of(cell) for cell in cells[len(columns) :]]
        fault = (
            f"it has {len(cells)} cells under {len(columns)} columns: is a separator or a quotation mark missing?"
            if any(extra)
            else ""
        )
        yield TableRow(number, dict(zip(columns, cells, strict=False)), fault)


def _left_out(
    rows: Iterator[tuple[str, int, Sequence[Cell]]], read: str, names: set[str]
) -> Iterator[TableRow]:
    """For each further sheet that has a table like this one, one row that says that it is not read."""
    for sheet, those in groupby(rows, key=lambda row: row[0]):
        for _, number, cells in islice(those, HEADERS_WITHIN):
            if names <= {_folded(name) for name in _unique(cells)}:
                fault = (
                    f"the sheet {sheet[:60]!r} has the same columns and was not read: put its rows below those of"
                    f" {read[:60]!r}, or in a file of its own"
                )
                yield TableRow(number, {}, fault)
                break


def _folded(name: str) -> str:
    return " ".join(visible(name).split()).casefold()


def _unique(cells: Sequence[Cell]) -> list[str]:
    """The names of columns, each once."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells[:MOST_COLUMNS], 1):
        name = " ".join(text_of(cell).split())[:200] or f"Column {place}"
        made, number = name, 1
        while _folded(made) in taken:
            number += 1
            made = f"{name} ({number})"
        taken.add(_folded(made))
        names.append(made)
    return names
