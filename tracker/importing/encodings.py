"""Which characters the bytes of a text stand for, and the repair of text that was read by the wrong table before.

A file that is valid UTF-8 is UTF-8. Else Mac Roman and Windows-1252 are told apart by what each makes of the bytes
above 127 (letters, quotes and dashes in one, stray signs in the other) and where they would stand: no name
has a quote in its midst, and no quotation begins with an accent. charset-normalizer is asked about the rest.
"""

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

PIECE = 1024 * 1024
SAMPLE = 256 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What people type above 127, and what only a wrong table makes of it.
_LIKELY = set(
    "‘’“”–—…•£€§°éèêëáàâäãåçíìîïñóòôöõøúùûüæœßÉÈÁÅÇÖÜØÑ½¼®©\u00a0"  # noqa: RUF001
)


_LETTER = r"[^\W\d_]"
# Where nobody puts them: signs within a word (but as in "force's", "O'Neill"), and letters where signs would stand.
_SHORT = "am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|on|or|so|to|up|us|we"
_MISPLACED = re.compile(
    rf"(?<={_LETTER})[“”‘…•£§°](?={_LETTER})"  # noqa: RUF001
    rf"|(?<={_LETTER})(?<!\b[OoDdLl])’(?={_LETTER})(?!(?:s|t|d|m|ll|re|ve)\b)"  # noqa: RUF001
    # A dash may stand between two words without spaces; what is left of a name beside it is no word.
    rf"|(?:(?<=\b{_LETTER})(?<!\b[AaI])|(?<=\b{_LETTER}{{2}})(?<!\b(?:{_SHORT})))[–—](?={_LETTER})"  # noqa: RUF001
    rf"|(?<={_LETTER})[–—](?={_LETTER}{{1,2}}\b)(?!(?:a|{_SHORT})\b)"  # noqa: RUF001
    rf"|\b[ìíîñ]\b|[ìíîïñ](?=[A-Z])|\bì(?={_LETTER})|(?<={_LETTER})î\b|(?<=[a-zß-ÿ])[À-ÖØ-Þ]"
)


def encoding_of(file: Path) -> str:
    """The name of the encoding of a text file. Raises ValueError where nothing fits."""
    with file.open("rb") as stream:
        start = stream.read(4)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        stream.seek(0)
        if _is_utf8(stream):
            return "utf-8"
        sample = _sample(file)
    if b"\x00" in sample:
        raise ValueError("it is neither a text nor a spreadsheet: save it as XLSX or CSV")
    best = max(("cp1252", "mac_roman"), key=lambda name: _likeness(sample, name) - _misplaced(sample, name))
    if _likeness(sample, best) > 0.6:
        return best
    found = from_bytes(sample).best()
    if found is None:
        raise ValueError("its characters cannot be told: save it as UTF-8")
    return found.encoding


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sample(file: Path) -> bytes:
    """The lines that have bytes above 127, so many of them."""
    found = bytearray()
    with file.open("rb") as stream:
        while len(found) < SAMPLE and (piece := stream.read(PIECE)):
            for line in re.split(rb"[\r\n]", piece):
                if not line.isascii():
                    found += line + b"\n"
    return bytes(found[:SAMPLE])


def _likeness(sample: bytes, encoding: str) -> float:
    """The share of the characters above 127 that people type."""
    text = sample.decode(encoding, errors="replace")
    above = [character for character in text if character > "\x7f"]
    return sum(character in _LIKELY for character in above) / len(above) if above else 0


def _misplaced(sample: bytes, encoding: str) -> float:
    """The share of the characters above 127 that stand where nobody puts them."""
    text = sample.decode(encoding, errors="replace")
    above = sum(character > "\x7f" for character in text)
    return len(_MISPLACED.findall(text)) / above if above else 0


def _byte_of(code: int) -> str:
    """What Windows-1252 shows for a byte; the five it leaves open stand for themselves."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_BYTES = {_byte_of(code): code for code in range(0x80, 0x100)}


def _any_of(first: int, last: int) -> str:
    shown = (character for character, code in _BYTES.items() if first <= code <= last)
    return "[" + re.escape("".join(shown)) + "]"


_REST = _any_of(0x80, 0xBF)
_SEQUENCE = re.compile(
    f"{_any_of(0xC2, 0xDF)}{_REST}|{_any_of(0xE0, 0xEF)}{_REST}{{2}}|{_any_of(0xF0, 0xF4)}{_REST}{{3}}"
)
TWICE = 3


def repaired(text: str) -> str:
    """Text with every UTF-8 sequence put right that was read as Windows-1252, once, twice or three times.

    Only whole sequences are touched: `é` alone stays, and so do other scripts beside a damaged word.
    """
    if text.isascii():
        return text
    for _ in range(TWICE):
        better = _SEQUENCE.sub(_decoded, text)
        if better == text:
            break
        text = better
    return text


def _decoded(sequence: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[character] for character in sequence.group()).decode("utf-8")
    except UnicodeDecodeError:
        return sequence.group()
