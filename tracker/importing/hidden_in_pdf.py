"""What a PDF hides: metadata, comments, attachments, earlier versions, invisible, white and covered text."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 500
INVISIBLE = 3
DARK = 0.15
LIGHT = 0.97


def in_pdf(content: bytes) -> list[str]:
    """What is found, in sentences. Raises ValidationError for a PDF that cannot be looked through."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise ValidationError("The PDF is locked: it cannot be looked through. Print it to a new one.")
        if len(reader.pages) > MOST_PAGES:
            raise ValidationError(f"The PDF has more than {MOST_PAGES} pages.")
        return [*_of_the_file(reader, content), *_of_the_pages(reader)]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise ValidationError(
            "The PDF is broken: it cannot be looked through. Print it to a new one."
        ) from error


def _of_the_file(reader: PdfReader, content: bytes) -> Iterator[str]:
    told = {name.lstrip("/"): str(value) for name, value in (reader.metadata or {}).items()}
    for name in ("Author", "Title", "Subject", "Keywords", "Creator", "Producer", "Company", "Manager"):
        if told.get(name, "").strip():
            yield f"Metadata: {name} is “{told[name][:80]}”."
    if reader.xmp_metadata is not None:
        yield "Metadata: a block of XMP, which may name people and programs."
    if names := list(reader.attachments):
        yield f"Attachments: {', '.join(names)[:200]}."
    if content.count(b"%%EOF") > 1:
        yield "Earlier versions of it can be brought back: it was changed and saved over itself."
    if b"/JavaScript" in content or b"/JS" in content:
        yield "It holds a script."
    if "/OCProperties" in reader.root_object:
        yield "It has layers, some of which may be switched off."
    if reader.get_fields():
        yield "It holds a form with fields that can be read."


def _of_the_pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        notes = Counter(
            str(each.get_object().get("/Subtype", "?")).lstrip("/") for each in page.get("/Annots") or ()
        )
        notes.pop("Link", None)
        if notes:
            yield f"Page {number}: {', '.join(f'{many} {name}' for name, many in notes.items())} laid over it."
        look = _Look()
        page.extract_text(visitor_operand_before=look.before, visitor_text=look.text)
        yield from look.findings(number)


class _Look:
    """Reading one page: the colour of what is drawn, dark boxes, and the text below them.

    A box that is drawn after a text covers it; the text is still there to be copied. The place of a text is its
    first letter: near enough to say that somebody should look.
    """

    def __init__(self) -> None:
        self.fill = 0.0
        self.mode = 0
        self.pending: list[tuple[float, float, float, float]] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.texts: list[tuple[str, float, float]] = []
        self.invisible: list[str] = []
        self.white: list[str] = []

    def before(self, operator: bytes, operands: Any, cm: Any, _tm: Any) -> None:
        numbers = [float(each) for each in operands if isinstance(each, int | float)]
        match operator:
            case b"g" if numbers:
                self.fill = numbers[0]
            case b"rg" | b"sc" | b"scn" if numbers:
                self.fill = sum(numbers[:3]) / len(numbers[:3])
            case b"k" if len(numbers) == 4:
                self.fill = max(0.0, 1 - numbers[3] - sum(numbers[:3]) / 3)
            case b"Tr" if numbers:
                self.mode = int(numbers[0])
            case b"re" if len(numbers) == 4:
                self.pending.append(_placed(numbers, cm))
            case b"f" | b"F" | b"f*" | b"b" | b"B" | b"B*":
                if self.fill <= DARK:
                    self.boxes += self.pending
                self.pending = []
            case b"n" | b"S" | b"s":
                self.pending = []

    def text(self, text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        said = text.strip()
        if not said:
            return
        x, y = _moved(tm[4], tm[5], cm)
        self.texts.append((said, x, y))
        if self.mode == INVISIBLE:
            self.invisible.append(said)
        elif self.fill >= LIGHT:
            self.white.append(said)

    def findings(self, page: int) -> Iterator[str]:
        covered = [
            said
            for said, x, y in self.texts
            if any(left - 1 <= x <= right and low - 2 <= y <= high for left, low, right, high in self.boxes)
        ]
        for what, found in (
            ("Text under a dark box", covered),
            ("Invisible text", self.invisible),
            ("White text", self.white),
        ):
            if found:
                yield f"Page {page}: {what.lower()} can be copied out: “{' '.join(found)[:80]}”."


def _moved(x: float, y: float, cm: Any) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


def _placed(box: list[float], cm: Any) -> tuple[float, float, float, float]:
    x, y, width, height = box
    (left, low), (right, high) = _moved(x, y, cm), _moved(x + width, y + height, cm)
    return min(left, right), min(low, high), max(left, right), max(low, high)
