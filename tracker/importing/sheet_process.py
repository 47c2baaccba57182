"""A process of its own that opens a spreadsheet and writes its rows, one JSON value a line.

What a file does to the library that opens it (a crash, all memory, no end) ends here, and not in a worker or a page.
It imports nothing of the register, so that it starts at once: `python sheet_process.py FILE KIND MEGABYTES SECONDS`.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

import python_calamine

# A block of merged cells: its first row, its column, its last row, counted from 0.
Block = tuple[int, int, int]


def plain(value: Any) -> Any:
    """A cell as JSON: a date as {"d": …}, a length of time as text."""
    match value:
        case datetime():
            return {"d": value.date().isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time() | timedelta():
            return str(value)
    return value


def shown(rows: Iterable[list[Any]], blocks: Iterable[Block]) -> Iterator[list[Any]]:
    """Rows as a person sees them: what is merged over several says the same in each. The file has it in the first."""
    begin: dict[int, list[tuple[int, int]]] = {}
    for first, column, last in blocks:
        begin.setdefault(first, []).append((column, last))
    going_on: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows):
        going_on = {column: block for column, block in going_on.items() if number <= block[0]}
        for column, (_, value) in going_on.items():
            row[column] = value
        going_on |= {
            column: (last, row[column]) for column, last in begin.get(number, ()) if column < len(row)
        }
        yield row


def blocks_of_open_document(file: str) -> dict[str, list[Block]]:
    """The blocks of each sheet, which the library does not tell of this kind of file. Its cells are passed over."""
    found: dict[str, list[Block]] = {}
    blocks: list[Block] = []
    row = column = rows = 0

    def begin(name: str, about: dict[str, str]) -> None:
        nonlocal blocks, row, column, rows
        match name:
            case "table:table":
                blocks, row = found.setdefault(about.get("table:name", ""), []), 0
            case "table:table-row":
                column, rows = 0, int(about.get("table:number-rows-repeated", 1))
            case "table:table-cell" | "table:covered-table-cell":
                if (height := int(about.get("table:number-rows-spanned", 1))) > 1:
                    blocks.append((row, column, row + height - 1))
                column += int(about.get("table:number-columns-repeated", 1))

    def end(name: str) -> None:
        nonlocal row
        if name == "table:table-row":
            row += rows

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as stream:
        parser.ParseFile(stream)
    return found


def main(file: str, kind: str, megabytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
    book = python_calamine.CalamineWorkbook.from_path(file)
    of_open_document = blocks_of_open_document(file) if kind == "ods" else {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        merged = sheet.merged_cell_ranges or ()
        blocks = [(first, column, last) for (first, column), (last, _) in merged if first < last]
        rows = shown(sheet.iter_rows(), of_open_document.get(name, blocks))
        sys.stdout.write(json.dumps({"height": sheet.total_height + 1}) + "\n")
        for number, row in enumerate(rows, 1):
            sys.stdout.write(json.dumps([name, number, [plain(value) for value in row]]) + "\n")
    sys.stdout.write(json.dumps("end") + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
