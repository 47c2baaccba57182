"""What a PDF hides: metadata, comments, attachments, earlier versions, invisible, white and covered text."""

import io
from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tracker.importing.seen_on_page import Look

MOST_PAGES = 500


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
        look = Look([float(each) for each in page.cropbox], page.get("/Resources"))
        page.extract_text(
            visitor_operand_before=look.before, visitor_operand_after=look.after, visitor_text=look.text
        )
        yield from look.findings(number)
