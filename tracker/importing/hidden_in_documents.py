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


# Looks are compared in small letters and without blanks.
_TINY = re.compile(r"(?:^|[;{])font-size:(?:0(?:\.\d+)?|\.\d+)(?:[a-z%]*)(?:!important)?(?:[;}]|$)")
_PALE = r"(?:white|#fff(?:fff)?|rgba?\(255,255,255(?:,[\d.]+)?\))(?:!important)?(?:[;}]|$)"
_WHITE = re.compile(rf"(?:^|[;{{])color:{_PALE}")
_GROUND = re.compile(rf"(?:^|[;{{])background(?:-color)?:(?!{_PALE}|none|transparent)")


def _unseen_by(look: str) -> Iterator[str]:
    """What the declarations of one style hide; white text on a ground of its own colour can be seen."""
    if "display:none" in look or "visibility:hidden" in look:
        yield "Hidden parts of the page."
    if _TINY.search(look) and not re.search(r"font-size:0?\.\d+r?em", look):
        yield "Text of no size, which can be copied out."
    if _WHITE.search(look) and not _GROUND.search(look):
        yield "White text, which can be copied out."


class _Page(HTMLParser):
    """A web page, read for what a reader does not see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            for rule in re.sub(r"\s", "", data).lower().split("}"):
                self.found += _unseen_by(rule.rpartition("{")[2])

    def handle_endtag(self, tag: str) -> None:
        self.in_style = self.in_style and tag != "style"

    def handle_comment(self, data: str) -> None:
        if data.strip():
            self.found.append(f"A comment in the page: “{data.strip()[:80]}”.")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.in_style = self.in_style or tag == "style"
        look = re.sub(r"\s", "", told.get("style", "")).lower()
        if tag == "font" and "color" in told:
            look += f";color:{told['color'].strip().lower()}"
        if "hidden" in told:
            self.found.append("Hidden parts of the page.")
        self.found += _unseen_by(look)
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
