"""What is refused before a file is opened: too large, a zip bomb, a spreadsheet with entities from elsewhere.

Nothing here trusts what a file says of itself: entries are counted before they are listed, and inflated piece by
piece, no further than they declare.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LARGEST = 50 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_INFLATED = 100 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024  # below it, any ratio is harmless
MOST_CELLS = 6_000_000
MOST_COLUMNS = 1_000
PIECE = 256 * 1024

_END = struct.Struct("<4sHHHHLLH")  # the end of a zip's central directory
_LOCAL = struct.Struct("<4sHHHHHLLLHH")  # what stands before an entry's bytes
_FOREIGN = (b"<!DOCTYPE", b"<!ENTITY")
_CELL = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="([0-9]+)"')


def check_size(size: int) -> None:
    """Raises ValueError for a file that is too large, or empty."""
    if size > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1024 // 1024} MB: split it into several files")
    if size == 0:
        raise ValueError("it is empty: choose the file again")


def check_zip(file: Path) -> list[str]:
    """The names of the entries of a spreadsheet that is a zip. Raises ValueError for one that must not be opened.

    1. The entries are counted by the last bytes of the file, before anything lists them.
    2. What they declare is bounded: in all, and against what they take.
    3. Each is inflated, piece by piece, no further than declared, and its XML looked at.
    4. The cells of sheets are looked at last: that takes longer than all the rest.
    """
    with file.open("rb") as stream:
        _check_directory(stream)
    try:
        with zipfile.ZipFile(file) as archive, file.open("rb") as stream:
            entries = archive.infolist()
            _check_declared(entries)
            for entry in entries:
                _check_entry(entry, stream)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") or entry.filename == "content.xml":
                    _check_extent(entry, stream)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError) as error:
        raise ValueError(f"the spreadsheet is damaged ({error}): save it anew") from None
    return [entry.filename for entry in entries]


def _check_directory(stream: BinaryIO) -> None:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_535 - _END.size))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ValueError("the spreadsheet is damaged (it has no end): save it anew")
    _, _, _, here, entries, length, _, _ = _END.unpack_from(tail, at)
    if max(entries, here) > MOST_ENTRIES or length > MOST_ENTRIES * 600:
        raise ValueError(f"it has over {MOST_ENTRIES} entries: it is no spreadsheet that anybody typed")


def _check_declared(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ValueError(f"it has over {MOST_ENTRIES} entries: it is no spreadsheet that anybody typed")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ValueError("two of its entries have one name: save it anew")
    for entry in entries:
        if entry.flag_bits & 1:
            raise ValueError("it is locked with a password: save it without one")
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise ValueError(f"{_printed(entry)} unpacks to {MOST_RATIO} times its size: it is a zip bomb")
    if sum(entry.file_size for entry in entries) > MOST_INFLATED:
        raise ValueError(
            f"it unpacks to over {MOST_INFLATED // 1024 // 1024} MB: split it, or save it as CSV"
        )


def _printed(entry: zipfile.ZipInfo) -> str:
    return repr(entry.filename[:60])


def _check_entry(entry: zipfile.ZipInfo, stream: BinaryIO) -> None:
    """Inflate an entry, and refuse what its XML must not have."""
    inflated, before = 0, b""
    is_xml = entry.filename.endswith((".xml", ".rels"))
    for piece in _pieces(entry, stream):
        if not inflated:
            is_xml = is_xml or piece.lstrip()[:1] == b"<"
            if is_xml and piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
                raise ValueError(f"{_printed(entry)} is not UTF-8: save the spreadsheet anew")
        inflated += len(piece)
        if inflated > entry.file_size:
            raise ValueError(f"{_printed(entry)} unpacks to more than it declares: it is a zip bomb")
        if is_xml and any(word in before + piece[:16] or word in piece for word in _FOREIGN):
            raise ValueError(f"{_printed(entry)} declares entities or a DTD: it is no plain spreadsheet")
        before = piece[-16:]


def _check_extent(entry: zipfile.ZipInfo, stream: BinaryIO) -> None:
    """Refuse a sheet that reaches further than anybody typed."""
    before, extent = b"", _Extent()
    for piece in _pieces(entry, stream):
        extent.read(before + piece)
        before = piece[-64:]


class _Extent:
    """How far the cells of a sheet reach: it is opened as a table without gaps."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0

    def read(self, xml: bytes) -> None:
        found = _CELL.findall(xml)
        if found:
            self.rows = max(self.rows, *(int(row) for _, row in found))
            self.columns = max(self.columns, *(_number(name) for name in {name for name, _ in found}))
        for what, times in _REPEATED.findall(xml):
            # LibreOffice says so of the empty rest of a sheet; more than a sheet has, nobody says.
            if int(times) > (1_048_576 if what == b"rows" else 16_384):
                raise ValueError("a cell is repeated more often than a sheet has places: it is a bomb")
        if self.columns > MOST_COLUMNS:
            raise ValueError(f"a sheet has cells beyond column {MOST_COLUMNS}: remove what is not meant")
        if self.rows * self.columns > MOST_CELLS:
            raise ValueError(f"a sheet reaches over {MOST_CELLS:,} cells: split it, or save it as CSV")


def _number(name: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _pieces(entry: zipfile.ZipInfo, stream: BinaryIO) -> Iterator[bytes]:
    """The inflated bytes of an entry as they stand, whatever it declares."""
    stream.seek(entry.header_offset)
    head = _LOCAL.unpack(stream.read(_LOCAL.size))
    stream.seek(head[9] + head[10], 1)
    left = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError(f"{_printed(entry)} is packed in an unusual way: save the spreadsheet anew")
    inflater = zlib.decompressobj(-15)
    while left > 0 and (packed := stream.read(min(PIECE, left))):
        left -= len(packed)
        while packed:
            yield inflater.decompress(packed, PIECE)
            packed = inflater.unconsumed_tail
    if rest := inflater.flush():
        yield rest
