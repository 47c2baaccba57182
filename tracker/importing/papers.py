"""What an uploaded paper is, by its bytes, and what it hides: metadata, comments, covered or invisible text.

A redacted copy is looked at before it may be public. This finds the common slips, not everything: whoever publishes
has looked at every page too.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse

from tracker.importing.hidden_in_documents import in_html, in_mail, in_office
from tracker.importing.hidden_in_images import in_jpeg, in_png
from tracker.importing.hidden_in_pdf import in_pdf

LARGEST = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000


@dataclass(frozen=True)
class Paper:
    """A file that may be stored: what it is, by its bytes, and what it hides."""

    content: bytes
    extension: str
    media_type: str
    findings: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


# By extension: the media type it is served with. Nothing else is stored.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html",
    "eml": "message/rfc822",
    "txt": "text/plain",
}


def read_paper(content: bytes) -> Paper:
    """The paper behind some bytes. Raises ValidationError for what is too large, of another kind, or broken."""
    if len(content) > LARGEST:
        raise ValidationError(f"The file is larger than {LARGEST // 1024 // 1024} MB: send a smaller copy.")
    if not content.strip():
        raise ValidationError("The file is empty.")
    extension = kind_of(content)
    return Paper(content, extension, MEDIA_TYPES[extension], tuple(_findings(extension, content)))


def kind_of(content: bytes) -> str:
    """What a file is, by its first bytes and not by its name."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return _kind_of_text(content)


def _kind_of_zip(content: bytes) -> str:
    parts = parts_of(content)
    if "word/document.xml" in parts:
        return "docx"
    if parts.get("mimetype", b"").strip() == MEDIA_TYPES["odt"].encode():
        return "odt"
    raise ValidationError("This is an archive or another office file: send a PDF, docx or odt.")


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an office file, within bounds: a small file may unpack to a very large one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_UNPACKED:
                raise ValidationError("The file unpacks to more than a letter can hold.")
            return {each.filename: _unpacked(archive, each) for each in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise ValidationError("The file is broken or locked with a password.") from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)[: entry.file_size]


def _kind_of_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\x00" in text or sum(not (each.isprintable() or each in "\r\n\t\f") for each in text[:4_000]) > 8:
        raise ValidationError(
            "This kind of file is not taken: send a PDF, docx, odt, e-mail, text, PNG or JPEG."
        )
    head = text.lstrip()[:400].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<!--", "<head", "<body")) or "<html" in head:
        return "html"
    names = {line.partition(":")[0].lower() for line in text[:4_000].splitlines() if ":" in line}
    return "eml" if {"from", "subject"} <= names and names & {"received", "message-id", "date"} else "txt"


def _findings(extension: str, content: bytes) -> Iterator[str] | Sequence[str]:
    match extension:
        case "pdf":
            return in_pdf(content)
        case "png":
            return in_png(content)
        case "jpg":
            return in_jpeg(content)
        case "docx" | "odt":
            return in_office(parts_of(content))
        case "html":
            return in_html(content)
        case "eml":
            return in_mail(content)
    return ()


def as_download(file: Any, name: str) -> FileResponse:
    """A stored file as an attachment of the type that its bytes were found to be: no browser opens it as a page."""
    extension = file.name.rpartition(".")[2]
    response = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=f"{name[:80]}.{extension}",
        content_type=MEDIA_TYPES.get(extension, "application/octet-stream"),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
