"""The paper behind a source: read by its bytes, looked through for what it hides, public only as a permitted copy."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.admin import papers_made as made
from tests.admin.pages import act, kinds
from tests.factories import make_source, make_user
from tracker.importing.papers import LARGEST, read_paper
from tracker.models import Event, Source


@pytest.mark.parametrize(
    ("content", "extension", "found"),
    [
        (made.CLEAN, "pdf", ""),
        (made.COVERED, "pdf", "text under a shape or picture can be copied out: “A secret name”"),
        (made.WHITE, "pdf", "white text can be copied out"),
        (made.INVISIBLE, "pdf", "invisible text can be copied out"),
        (made.AUTHORED, "pdf", "Author is “A. Clerk”"),
        (made.NOTED, "pdf", "1 Text laid over it"),
        (made.SAVED_OVER, "pdf", "Earlier versions"),
        (made.DOCX, "docx", "Tracked changes"),
        (made.DOCX, "docx", "Hidden text"),
        (made.DOCX, "docx", "who wrote it is “A. Clerk”"),
        (made.DOCX, "docx", "Comments in the margin"),
        (made.ODT, "odt", "Comments in the margin"),
        (made.ODT, "odt", "who began it is “A. Clerk”"),
        (made.HTML, "html", "author is “A. Clerk”"),
        (made.HTML, "html", "A comment in the page: “psst”"),
        (made.HTML, "html", "Hidden parts"),
        (made.MAIL, "eml", "From is “clerk@example.org”"),
        (made.jpeg(gps=True), "jpg", "tells where it was taken"),
        (made.png(note="A. Clerk"), "png", "A note: “Author”"),
        (made.png(), "png", ""),
        (made.png() + b"cut off", "png", "behind the end of the picture"),
        (b"We accept.\n", "txt", ""),
    ],
)
def test_a_paper_is_known_by_its_bytes_and_says_what_it_hides(
    content: bytes, extension: str, found: str
) -> None:
    paper = read_paper(content)
    assert paper.extension == extension
    assert found in " ".join(paper.findings) if found else paper.findings == ()


def test_a_photograph_without_a_place_says_only_so() -> None:
    [finding] = read_paper(made.jpeg(gps=False)).findings
    assert "Exif" in finding and "where" not in finding


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"%PDF-1.4\nnothing of the sort",
        b"PK\x03\x04 broken",
        made.BOMB,
        made.office({"evil.exe": "x"}),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"x" * (LARGEST + 1),
    ],
    ids=[
        "empty",
        "blank",
        "program",
        "no pdf",
        "broken zip",
        "bomb",
        "archive",
        "broken png",
        "broken jpeg",
        "large",
    ],
)
def test_what_cannot_be_looked_through_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        read_paper(content)


@pytest.fixture
def letter(db: None, settings: Any, tmp_path: Path) -> Source:
    settings.MEDIA_ROOT = tmp_path
    return make_source("The letter", kind="letter", url="")


def send(desk: Client, source: Source, **told: Any) -> Any:
    files = {
        name: SimpleUploadedFile("x.exe", told.pop(name)) for name in ("original", "redacted") if name in told
    }
    url = act(source, "papers").partition("?")[0]
    fields = {"facts": source.pk, "act": "papers", "reason": "As it came by post.", "save": "do"}
    return desk.post(url, {**fields, **files, **told})


def test_the_original_is_for_staff_only(desk: Client, letter: Source) -> None:
    assert send(desk, letter, original=made.COVERED).status_code == 302
    letter.refresh_from_db()
    assert letter.file.name.endswith(".pdf"), "by its bytes, not its name"
    assert kinds(letter)[-1] == ("source.corrected", False)
    given = desk.get(f"/admin/tracker/source/{letter.pk}/original/")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(given.streaming_content) == made.COVERED  # type: ignore[arg-type]
    outside = Client()
    assert outside.get(f"/sources/{letter.ref}/copy").status_code == 404
    assert outside.get(f"/admin/tracker/source/{letter.pk}/original/").status_code == 302
    outside.force_login(make_user("nobody", role=""))
    assert outside.get(f"/admin/tracker/source/{letter.pk}/original/").status_code == 302


def test_a_copy_that_hides_something_is_refused_until_somebody_looked(desk: Client, letter: Source) -> None:
    lines = Event.objects.count()
    refused = send(desk, letter, redacted=made.COVERED, may_be_published="on").content.decode()
    assert "text under a shape or picture can be copied out" in refused
    assert Event.objects.count() == lines
    assert (
        send(desk, letter, redacted=made.COVERED, may_be_published="on", findings_seen="on").status_code
        == 302
    )
    letter.refresh_from_db()
    assert "under a shape" in letter.redacted_findings and letter.may_be_published


def test_the_public_gets_the_copy_as_a_file_and_only_with_permission(desk: Client, letter: Source) -> None:
    send(desk, letter, redacted=made.CLEAN)
    outside = Client()
    assert outside.get(f"/sources/{letter.ref}/copy").status_code == 404, "nobody permitted it"
    send(desk, letter, may_be_published="on")
    given = outside.get(f"/sources/{letter.ref}/copy")
    assert b"".join(given.streaming_content) == made.CLEAN  # type: ignore[arg-type]
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Type"] == "application/pdf"
    assert kinds(letter)[-1] == ("source.corrected", True)
    send(desk, letter)
    assert outside.get(f"/sources/{letter.ref}/copy").status_code == 404, "the permission was taken back"


def test_the_copy_of_a_draft_cannot_be_told_from_none(desk: Client, letter: Source, settings: Any) -> None:
    draft = make_source("A draft letter", kind="letter", url="", published=False)
    send(desk, draft, redacted=made.CLEAN, may_be_published="on")
    missing = Client().get("/sources/no-such/copy")
    hidden = Client().get(f"/sources/{draft.ref}/copy")
    assert hidden.status_code == missing.status_code == 404


def test_permission_without_a_copy_is_refused(desk: Client, letter: Source) -> None:
    assert "the original stays here" in send(desk, letter, may_be_published="on").content.decode()


def test_a_word_in_the_address_is_no_file(desk: Client, letter: Source) -> None:
    url = f"{act(letter, 'papers').partition('?')[0]}?original=x"
    told = {"facts": letter.pk, "act": "papers", "reason": "Nothing came.", "save": "do"}
    assert desk.post(url, told).status_code == 302
    letter.refresh_from_db()
    assert letter.file.name == ""


def test_the_public_line_names_no_file(desk: Client, letter: Source) -> None:
    send(desk, letter, original=made.CLEAN, redacted=made.CLEAN, may_be_published="on")
    line = Event.objects.filter(subject_type="source", subject_id=letter.pk, is_public=True).latest("pk")
    public = bytes(line.content.public)
    assert b"may_be_published" in public and b"sources/" not in public and b"sha256" not in public
