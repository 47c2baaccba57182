"""Whatever bytes a spreadsheet arrives as, its rows are read; whatever is no table is refused in words."""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from tests.importing.world import COLUMNS, ROW, csv_bytes, rows
from tracker.importing import tables
from tracker.importing.bounds import LARGEST, MOST_ENTRIES
from tracker.importing.cells import reference_of, text_of, words_of
from tracker.importing.encodings import encoding_of, repaired
from tracker.importing.tables import TableRow, open_table

WANTED = ("Ref", "Sent to")


def read(file: Path, wanted: tuple[str, ...] = WANTED) -> list[TableRow]:
    with open_table(file, wanted) as table:
        return list(table.rows)


def put(folder: Path, content: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


TEXT = "The force’s “café” – £5"  # noqa: RUF001


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_any_usual_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    content = csv_bytes(rows({"Text": TEXT}, {"Text": "plain"}), encoding=encoding)
    assert [text_of(row.cells["Text"]) for row in read(put(tmp_path, content))] == [TEXT, "plain"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    ["Martínez and López say Núñez", "Año, niño, España", "educación en León",
     "The force’s review", "It’s", "O’Neill", "Hospitals’ beds", "a ‘test’ of it",  # noqa: RUF001
     "“We agree”, he said", "do it—now", "the force—which had", "The trust – a large one",  # noqa: RUF001
     "Société d’État à Orléans", "wait… then"],  # noqa: RUF001
)  # fmt: skip
def test_letters_are_not_taken_for_quotes_and_dashes_nor_these_for_letters(
    tmp_path: Path, text: str, encoding: str
) -> None:
    assert encoding_of(put(tmp_path, text.encode(encoding))) == encoding


def damaged(text: str) -> str:
    """UTF-8 that was read as Windows-1252; the bytes it leaves open stand as control characters."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_was_read_by_the_wrong_table_is_repaired(times: int) -> None:
    text = TEXT + " “said”"
    broken = text
    for _ in range(times):
        broken = damaged(broken)
    assert broken != text
    assert repaired(broken) == text


@pytest.mark.parametrize("text", ["café", "Älvsjö", "£5 é", "القوة تقبل", "日本", "Ã", "50 °C – naïve"])  # noqa: RUF001
def test_what_is_whole_is_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_a_damaged_word_beside_another_script_is_repaired() -> None:
    assert repaired("القوة donâ€™t") == "القوة don’t"  # noqa: RUF001


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_any_line_end_ends_a_line(tmp_path: Path, end: str) -> None:
    content = csv_bytes(rows({}, {"No": "2"}), end=end)
    assert [row.cells["No"] for row in read(put(tmp_path, content))] == ["1", "2"]


def test_mixed_line_ends_and_line_ends_in_cells(tmp_path: Path) -> None:
    content = b'Ref,Sent to\rR1,Kent\nR2,"Kent\r\nEssex\rSurrey"\r\nR3,Kent'
    found = read(put(tmp_path, content))
    assert [(row.number, text_of(row.cells["Sent to"])) for row in found] == [
        (2, "Kent"),
        (3, "Kent\nEssex\nSurrey"),
        (4, "Kent"),
    ]


def test_duplicate_headers_short_rows_blank_lines_and_titles_above(tmp_path: Path) -> None:
    lines = (
        "A list of reports",
        "",
        "Ref,Sent to,Status,Status,",
        "R1,Kent",
        ",,,,",
        "",
        "R2,Essex,Open,Closed",
        "R3,a,b,c,,more",
    )
    found = read(put(tmp_path, "\n".join(lines).encode()))
    assert [row.number for row in found] == [4, 7, 8]
    assert dict(found[0].cells) == {"Ref": "R1", "Sent to": "Kent"}
    assert found[1].cells["Status"] == "Open"
    assert found[1].cells["Status (2)"] == "Closed"
    assert "6 cells under 5 columns" in found[2].fault


@pytest.mark.parametrize("sign", [";", "\t", "|", ","])
def test_the_sign_between_cells_is_told(tmp_path: Path, sign: str) -> None:
    content = f"Ref{sign}Sent to\nR1{sign}Kent\n".encode()
    assert [row.cells["Sent to"] for row in read(put(tmp_path, content))] == ["Kent"]


def test_a_sign_that_each_text_has_once_does_not_part_the_cells(tmp_path: Path) -> None:
    lines = ["Ref,Sent to,Text,Note,Note", *(f"R{n},Kent,one; two{',' * (n % 3)}" for n in range(30))]
    content = "\n".join(lines).encode()
    for wanted in (WANTED, ()):
        assert {row.cells["Text"] for row in read(put(tmp_path, content), wanted)} == {"one; two"}


def sheet(folder: Path) -> Path:
    path = folder / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        legend = book.add_worksheet("Legend")
        legend.write_row(0, 0, ["Status", "What it means"])
        legend.write_row(1, 0, ["Open", "Nothing yet"])
        found = book.add_worksheet("List")
        found.write_row(2, 0, ["Ref", "Sent to", "Date", "No"])
        found.write_row(3, 0, ["R1", "Kent"])
        found.write_datetime(3, 2, date(2021, 12, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        found.write_number(3, 3, 5)
        found.write_string(5, 0, "R2")
        found.write_string(5, 1, "x" * 11_000 + "\nmore")
    return path


def test_a_spreadsheet_with_a_legend_on_another_sheet(tmp_path: Path) -> None:
    found = read(sheet(tmp_path))
    assert [row.number for row in found] == [4, 6]
    assert found[0].cells["Date"] == date(2021, 12, 3)
    assert reference_of(found[0].cells["No"]) == "5"
    assert len(text_of(found[1].cells["Sent to"])) == 11_005


def test_an_old_spreadsheet(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    found = book.add_sheet("List")
    for column, (name, value) in enumerate({"Ref": "R1", "Sent to": "Kent", "No": 5.0}.items()):
        found.write(0, column, name)
        found.write(1, column, value)
    book.save(tmp_path / "file.xls")
    assert [reference_of(row.cells["No"]) for row in read(tmp_path / "file.xls")] == ["5"]


# First row, column, last row of cells that are one.
Block = tuple[int, int, int]

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="List">%s</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(folder: Path, lines: list[list[str]], *, extra: str = "", blocks: Sequence[Block] = ()) -> Path:
    def cell(row: int, column: int, value: str) -> str:
        if any(at == column and first < row <= last for first, at, last in blocks):
            return "<table:covered-table-cell/>"
        high = next((last - row + 1 for first, at, last in blocks if (first, at) == (row, column)), 1)
        said = f'office:value-type="string" table:number-rows-spanned="{high}"'
        return f"<table:table-cell {said}><text:p>{value}</text:p></table:table-cell>"

    body = "".join(
        "<table:table-row>"
        + "".join(cell(row, column, value) for column, value in enumerate(line))
        + "</table:table-row>"
        for row, line in enumerate(lines)
    )
    path = folder / "file.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS % (body + extra))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_an_open_document(tmp_path: Path) -> None:
    assert [row.cells["Sent to"] for row in read(ods(tmp_path, [["Ref", "Sent to"], ["R1", "Kent"]]))] == [
        "Kent"
    ]


# In a table that begins in the second row, its header two rows high in part.
BLOCKS = ((1, 0, 2), (1, 1, 2), (3, 0, 5), (4, 2, 5))
MERGED = [
    ["", "", ""],
    ["Ref", "Sent to", "Text"],
    ["", "", "in words"],
    ["R1", "Kent", "Stop it."],
    ["", "Essex", "Tell them."],
    ["", "Home Office", ""],
    ["", "Nobody", "of its own"],
]


def merged_xlsx(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "file.xlsx") as book:
        found = book.add_worksheet()
        for first, column, last in BLOCKS:
            found.merge_range(first, column, last, column, "")
        for row, line in enumerate(MERGED):
            for column, value in enumerate(line):
                if value:
                    found.write(row, column, value)
    return folder / "file.xlsx"


def merged_xls(folder: Path) -> Path:
    book = xlwt.Workbook()
    found = book.add_sheet("List", cell_overwrite_ok=True)
    for first, column, last in BLOCKS:
        found.merge(first, last, column, column)
    for row, line in enumerate(MERGED):
        for column, value in enumerate(line):
            if value:
                found.write(row, column, value)
    book.save(folder / "file.xls")
    return folder / "file.xls"


def merged_ods(folder: Path) -> Path:
    return ods(folder, MERGED, blocks=BLOCKS)


@pytest.mark.parametrize("make", [merged_xlsx, merged_xls, merged_ods])
def test_what_is_merged_over_rows_stands_in_each_of_them(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    found = read(make(tmp_path))
    assert [[text_of(cell) for cell in row.cells.values()] for row in found] == [
        ["Ref", "Sent to", "in words"],
        ["R1", "Kent", "Stop it."],
        ["R1", "Essex", "Tell them."],
        ["R1", "Home Office", "Tell them."],
        ["", "Nobody", "of its own"],
    ]


def test_a_header_two_rows_high_is_no_row(tmp_path: Path) -> None:
    lines = [["Ref", "Sent to"], ["", ""], ["R1", "Kent"]]
    found = read(ods(tmp_path, lines, blocks=((0, 0, 1), (0, 1, 1))))
    assert [row.number for row in found] == [3]


def test_lines_of_json(tmp_path: Path) -> None:
    lines = [json.dumps({"Ref": "R1", "Sent to": ["Kent", "Essex"], "No": 5}), "", "{broken", json.dumps([1])]
    found = read(put(tmp_path, "\n".join(lines).encode()))
    assert text_of(found[0].cells["Sent to"]) == "Kent\nEssex"
    assert [bool(row.fault) for row in found] == [False, True, True]


def test_html_and_right_to_left_text() -> None:
    assert (
        words_of("<p>Stop&nbsp;it.</p><script>x()</script><ul><li>At once</li></ul>") == "Stop it.\n\nAt once"
    )
    assert words_of("a < b, 5 > 4 & more") == "a < b, 5 > 4 & more"
    assert words_of("\u202bتوصية\u202c") == "\u202bتوصية\u202c"


# --- What is refused --------------------------------------------------------------------------------------------


def bomb(folder: Path, *, entries: int = 1, size: int = 0, lie: bool = False) -> Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(entries):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as out:
                for _ in range(size // 1024 // 1024):
                    out.write(b" " * 1024 * 1024)
    if lie:
        content = bytearray(path.read_bytes())
        for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            at = content.rfind(mark)
            content[at + place : at + place + 4] = (1000).to_bytes(4, "little")
        path.write_bytes(content)
    return path


def external(folder: Path) -> Path:
    path = folder / "entity.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
        )
    return path


def far(folder: Path) -> Path:
    path = folder / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        found = book.add_worksheet()
        found.write(0, 0, "Ref")
        found.write(1_048_575, 900, "far")
    return path


def too_large(folder: Path) -> Path:
    path = folder / "large.csv"
    with path.open("wb") as out:
        out.truncate(LARGEST + 1)
    return path


REPEATED = '<table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row>'


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: bomb(folder, size=180 * 1024 * 1024), "zip bomb"),
        (lambda folder: bomb(folder, size=30 * 1024 * 1024, lie=True), "zip bomb|damaged"),
        (lambda folder: bomb(folder, entries=MOST_ENTRIES), "over 1000 entries"),
        (external, "entities"),
        (far, "cells"),
        (too_large, "larger than 50 MB"),
        (lambda folder: ods(folder, [["Ref"]], extra=REPEATED), "bomb"),
        (lambda folder: put(folder, b""), "empty"),
        (lambda folder: put(folder, b"<html><table><tr><td>Ref"), "web page"),
        (lambda folder: put(folder, b"%PDF-1.7"), "PDF"),
        (lambda folder: put(folder, b"PK\x03\x04 and no more"), "damaged"),
        (lambda folder: put(folder, bytes(range(256)) * 40), "neither a text nor a spreadsheet"),
        (lambda folder: put(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 5000), "cannot be opened"),
        (lambda folder: put(folder, b'Ref,Sent to\nR1,"never closed\n' + b"x" * 2_100_000), "quotation mark"),
        (lambda folder: put(folder, b"Some,Other\nthing,here\n"), "no column 'Ref', 'Sent to'"),
    ],
)  # fmt: skip
def test_it_is_refused_at_once_and_in_words(tmp_path: Path, make: object, words: str) -> None:
    file = make(tmp_path)  # type: ignore[operator]
    started = time.process_time()
    with pytest.raises(ValueError, match=words):
        read(file)
    assert time.process_time() - started < 1


def test_a_sheet_that_takes_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is set low, so that a small file passes it; that the real one holds is a test of tests/faults."""
    file, chance = tmp_path / "many.xlsx", random.Random(1)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        found = book.add_worksheet()
        found.write_row(0, 0, WANTED)
        for number in range(1, 2_000):
            found.write_row(number, 0, [f"R{number}", chance.randbytes(5_000).hex()])
    monkeypatch.setattr(tables, "SHEET_MEGABYTES", 20)
    with pytest.raises(ValueError, match="needs too much memory: save it anew, or as CSV"):
        read(file)


def test_how_many_rows_there_will_be_is_told_while_a_file_is_read(tmp_path: Path) -> None:
    with open_table(put(tmp_path, csv_bytes([ROW] * 20_000)), WANTED) as table:
        for _ in range(10_000):
            next(table.rows)
        assert table.total(10_000) == pytest.approx(20_000, rel=0.05)
    with open_table(sheet(tmp_path), WANTED) as table:
        next(table.rows)
        assert table.total(1) == 6


def test_the_columns_of_a_row_are_the_headers(tmp_path: Path) -> None:
    out = io.BytesIO(csv_bytes([ROW]))
    [found] = read(put(tmp_path, out.getvalue()))
    assert tuple(found.cells) == COLUMNS
