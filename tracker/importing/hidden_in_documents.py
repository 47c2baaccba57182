"""What office files, web pages and e-mails hide: who wrote them, comments, tracked changes, text nobody sees."""

import re
from collections.abc import Iterator, Mapping
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser

_TOLD_BY_OFFICE = {
    "creator": "who wrote it",
    "lastModifiedBy": "who changed it last",
    "initial-creator": "who began it",
    "Company": "the company",
    "Manager": "the manager",
    "printed-by": "who printed it",
}
_MARKS = (
    (rb"<w:(?:ins|del|moveFrom|moveTo)\b", "Tracked changes: what was struck out can still be read."),
    (rb"<text:tracked-changes\b", "Tracked changes: what was struck out can still be read."),
    (rb"<w:vanish(?:\s*/>|\s+w:val=\"(?:1|true|on)\")", "Hidden text."),
    (rb"<text:hidden-(?:text|paragraph)\b|text:display=\"none\"", "Hidden text."),
    (rb"<w:color\s+w:val=\"FFFFFF\"|fo:color=\"#ffffff\"", "White text, which can be copied out."),
    (
        rb"<w:shd\b[^>]*w:fill=\"000000\"|fo:background-color=\"#000000\"",
        "Text on black, which can be copied out.",
    ),
    (rb"<w:highlight\s+w:val=\"black\"", "Text on black, which can be copied out."),
    (rb"<office:annotation\b", "Comments in the margin."),
)


def in_office(parts: Mapping[str, bytes]) -> list[str]:
    """What a docx or odt hides."""
    found = [*_told_by_office(parts)]
    if any(re.match(r"word/comments.*\.xml", name) for name in parts):
        found.append("Comments in the margin.")
    bodies = b"".join(content for name, content in parts.items() if name.endswith(".xml"))
    found += [words for mark, words in _MARKS if re.search(mark, bodies)]
    images = [name for name in parts if re.match(r"(?:word/media|Pictures)/", name)]
    if images:
        found.append(f"{len(images)} pictures inside, whose own metadata was not looked at.")
    if any("embeddings/" in name or name.startswith("Object ") for name in parts):
        found.append("Other files inside it.")
    return list(dict.fromkeys(found))


def _told_by_office(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"):
        text = parts.get(name, b"").decode("utf-8", "replace")
        for tag, words in _TOLD_BY_OFFICE.items():
            if said := re.search(rf"<(?:\w+:)?{tag}\b[^>]*>([^<]+)<", text):
                yield f"Metadata: {words} is “{said[1][:80]}”."
        if name.endswith("custom.xml") and "<property" in text:
            yield "Metadata: properties of somebody's own making."


class _Page(HTMLParser):
    """A web page, read for what a reader does not see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_comment(self, data: str) -> None:
        if data.strip():
            self.found.append(f"A comment in the page: “{data.strip()[:80]}”.")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        look = told.get("style", "").replace(" ", "").lower()
        if "hidden" in told or "display:none" in look or "visibility:hidden" in look:
            self.found.append("Hidden parts of the page.")
        if tag == "input" and told.get("type") == "hidden":
            self.found.append("Hidden fields, which may name a person or a session.")
        if tag == "script":
            self.found.append("A script.")
        if tag == "meta" and told.get("name", "").lower() in ("author", "generator"):
            self.found.append(f"Metadata: {told['name'].lower()} is “{told.get('content', '')[:80]}”.")


def in_html(content: bytes) -> list[str]:
    """What a stored web page hides."""
    page = _Page()
    page.feed(content.decode("utf-8", "replace"))
    return list(dict.fromkeys(page.found))


def in_mail(content: bytes) -> list[str]:
    """What a stored e-mail tells besides its text."""
    mail = BytesParser(policy=policy.compat32).parsebytes(content)
    found = []
    for name in ("From", "To", "Cc", "Bcc", "Reply-To"):
        if (said := mail.get(name)) is not None:
            found.append(f"{name} is “{str(said)[:80]}”.")
    if mail.get_all("Received") or mail.get("X-Originating-IP"):
        found.append("The way it came, with addresses of machines.")
    files = [str(part.get_filename()) for part in mail.walk() if part.get_filename()]
    if files:
        found.append(f"Attachments: {', '.join(files)[:200]}.")
    return found
