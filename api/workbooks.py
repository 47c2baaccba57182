"""An export as an Excel workbook: one sheet of rows, one that says what they are.

Rows go to the disk as they come (xlsxwriter's constant memory), and the file is sent once it is whole. Strings stay
strings: nothing is taken for a number, an address or a formula.
"""

import csv
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import xlsxwriter
from django.conf import settings

from tracker.queries.exports import COLUMNS, Column, Export, csv_lines

# What Excel bears: rows of a sheet, its header among them, and letters of a cell.
ROWS = 1_048_576
LETTERS = 32_767
CUT = " … [cut here: Excel holds no more; the .csv and .jsonl hold it whole]"
# A workbook for which more letters than this were written would fill the disk of a small machine.
LARGEST = 2_000_000_000
PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}


class TooLarge(Exception):
    """The export does not fit into a workbook; the words say what to ask for instead."""


def workbook(export: Export, about: Mapping[str, str]) -> IO[bytes]:
    """The file, at its beginning. Raises TooLarge for more than a workbook holds."""
    if export.how_many(ROWS) >= ROWS:
        raise TooLarge(
            f"A workbook holds {ROWS - 1:,} rows, and these are more. Ask for {export.resource}.csv or "
            f"{export.resource}.jsonl, or for fewer by a filter."
        )
    return _written(export, about)


def _written(export: Export, about: Mapping[str, str]) -> IO[bytes]:
    """The file, whole, at its beginning. It has no name any more: whatever happens, nothing is left of it."""
    with tempfile.TemporaryDirectory(prefix="export-", dir=settings.EXPORTS_DIR) as folder:
        file = Path(folder) / "workbook.xlsx"
        options = {**PLAIN, "constant_memory": True, "tmpdir": folder, "use_zip64": True}
        with xlsxwriter.Workbook(str(file), options) as book:
            sheet, columns = book.add_worksheet(export.resource), COLUMNS[export.resource]
            rows = csv.reader(line.decode() for line in csv_lines(export))
            letters = 0
            for number, cells in enumerate(rows):
                letters += sum(map(len, cells))
                if letters > LARGEST:
                    raise TooLarge(f"A workbook of these rows is too large. Ask for {export.resource}.csv.")
                _write(sheet, number, cells, columns if number else ())
            notes = book.add_worksheet("about")
            for number, line in enumerate(_about(about)):
                _write(notes, number, line)
        return file.open("rb")


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: list[str], columns: Sequence[Column] = ()
) -> None:
    for place, cell in enumerate(cells):
        kind = columns[place].kind if columns else "text"
        if not cell:
            continue
        if kind == "number":
            sheet.write_number(number, place, int(cell))
        elif kind == "flag":
            sheet.write_boolean(number, place, cell == "true")
        else:
            fits = cell if len(cell) <= LETTERS else cell[: LETTERS - len(CUT)] + CUT
            sheet.write_string(number, place, fits)


def _about(told: Mapping[str, str]) -> list[list[str]]:
    """What the rows are, from whom and of when, and what was done to them."""
    return [
        ["Told to act: the open register of who was told to do what, and what they answered"],
        ["Licence", told["X-Licence"]],
        ["Its text", told["Link"].partition(">")[0].removeprefix("<")],
        ["As of", told["X-As-Of"]],
        ["Head of the public chain (a cursor of changes)", told["X-Public-Head"]],
        ["Address", told["Address"]],
        ["Cells", "An apostrophe stands before a text that a spreadsheet would take for a formula."],
        ["Cells", f"Texts of over {LETTERS:,} letters are cut, and say so."],
    ]
