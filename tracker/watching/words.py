"""What a page says to people, so that two readings of it can be compared."""

from html.parser import HTMLParser

from tracker.egress import Answer


class _Text(HTMLParser):
    """The text of a page without scripts, styles and the like, and without its markup."""

    _UNREAD = frozenset({"script", "style", "noscript", "template", "svg", "iframe"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in self._UNREAD

    def handle_endtag(self, tag: str) -> None:
        self._inside = max(0, self._inside - (tag in self._UNREAD))

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words += data.split()


def words_of(answer: Answer) -> bytes:
    """What is compared: of a page its text, of everything else its bytes; of both the first 64 kB."""
    if "html" not in answer.headers.get("content-type", "").lower():
        return answer.body
    page = _Text()
    page.feed(answer.body.decode("utf-8", "replace"))
    return " ".join(page.words).encode()
