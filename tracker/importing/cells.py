"""Cells as a row has them, made into the text, the number or the date that was meant."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from html.parser import HTMLParser

from tracker.importing.encodings import repaired
from tracker.spans import EARLIEST_YEAR, LATEST_YEAR, UNBOUNDED, DateSpan, day, parse_span
from tracker.vocabulary import Precision

Cell = str | int | float | bool | date | None

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH_YEAR = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_NAME})\.?,?[\s-]+(\d{{4}}|\d{{2}})", re.I
)
_MONTH_DAY_YEAR = re.compile(rf"({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I)
_MONTH_YEAR = re.compile(rf"({_NAME})\.?,?\s+(\d{{4}})", re.I)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I)
_TIME = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$", re.I)
_TO = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|\s-\s)\s*", re.I)  # noqa: RUF001
_HYPHEN = re.compile(r"\s*-\s*")
_SHORT_RANGE = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:[-\u2013\u2014]|\bto\b|\buntil\b)\s*"
    rf"(\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_NAME}).*)",
    re.I,
)
_POINT_ZERO = re.compile(r"-?\d+\.0+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ufffe\uffff\ud800-\udfff]")
# Nobody sees these: marks of direction, soft hyphens, marks of byte order. Joiners are part of some scripts, and stay.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SPACE_WITHOUT_WIDTH = "\u200b"
# Excel counts days from here; these numbers are the years 1900 to 2173.
SERIAL_START, FIRST_SERIAL, LAST_SERIAL = date(1899, 12, 30), 61, 99_999
LONGEST_DATE = 200
DATE_ORDERS = ("dmy", "mdy", "ymd")


def text_of(cell: Cell) -> str:
    """A cell as text: line ends made one kind, what was damaged repaired, no control characters, no edge spaces."""
    match cell:
        case str():
            text = repaired(cell)
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = _CONTROL.sub("", text).replace("\u00a0", " ")
    return text.strip()


def reference_of(cell: Cell) -> str:
    """A cell as a reference or a number: `5.0` is the way a spreadsheet writes 5."""
    text = " ".join(as_read(text_of(cell)).split())
    return text.partition(".")[0] if _POINT_ZERO.fullmatch(text) else text


def count_of(cell: Cell) -> int | None:
    """A cell as a count; None where it is blank. Raises ValueError for anything else."""
    text = reference_of(cell)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise ValueError("not a count: write a whole number, or leave it empty")
    return int(text)


class _TextOnly(HTMLParser):
    """The words of a piece of HTML; what breaks a line breaks it here."""

    BREAKS = frozenset({"br", "p", "li", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4"})
    HIDDEN = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN and self.hidden > 0
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def words_of(cell: Cell) -> str:
    """A cell as running text: without the HTML that somebody pasted into it."""
    return without_html(text_of(cell))


def without_html(text: str) -> str:
    """The words of a text; what HTML puts on a line of its own stands on one."""
    if not has_tags(text) and not _ENTITY.search(text):
        return text
    reader = _TextOnly()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_tags(text: str) -> bool:
    """Did somebody paste HTML into it?"""
    return "<" in text and _TAG.search(text) is not None


def visible(text: str) -> str:
    """A text without what nobody sees in it: two that look the same are the same."""
    return text if text.isascii() else _UNSEEN.sub("", text.replace(_SPACE_WITHOUT_WIDTH, " "))


def as_read(text: str) -> str:
    """A name, a word or a date as a person reads it: without HTML, and without what nobody sees."""
    return visible(without_html(text)) if "<" in text or "&" in text else visible(text)


def date_of(cell: Cell, order: str = "dmy") -> DateSpan | None:
    """A cell as a date, None where it is blank. `order` is how 3/4/2021 is meant.

    A range ends on its last day: known to be so by then. Raises ValueError, with what to write, for anything else:
    a day that no calendar has, an order that cannot be.
    """
    if isinstance(cell, bool):
        raise ValueError("not a date: write it as 2021-12-03")
    if isinstance(cell, date):
        return _within(day(cell))
    if isinstance(cell, int | float):
        return _serial(cell)
    text = " ".join(as_read(text_of(cell)).split())
    if len(text) > LONGEST_DATE:
        return _unreadable()
    return _written(text, order)


@lru_cache(maxsize=10_000)
def _written(text: str, order: str) -> DateSpan | None:
    """Rows of one report say the same date again and again."""
    text = _TIME.sub("", _WEEKDAY.sub("", text))
    if not text:
        return None
    return _single(text, order) or _range(text, order) or _unreadable()


def _serial(number: float) -> DateSpan:
    """A number where a date should be: a year, or a day as Excel counts them."""
    if EARLIEST_YEAR <= number <= LATEST_YEAR and float(number).is_integer():
        return parse_span(str(int(number)))
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise ValueError("not a date: write it as 2021-12-03")
    return day(SERIAL_START + timedelta(days=int(number)))


def _single(text: str, order: str) -> DateSpan | None:
    if found := _ISO.fullmatch(text):
        return parse_span(found[1])
    if found := re.fullmatch(r"\d{4}(?:-\d{2})?", text):
        return parse_span(text)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _serial(float(text))
    if found := _YEAR_FIRST.fullmatch(text):
        return _on(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(text):
        return _ordered(int(found[1]), int(found[3]), found[4], order)
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        return _on(_year(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if found := _MONTH_DAY_YEAR.fullmatch(text):
        return _on(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if found := _MONTH_YEAR.fullmatch(text):
        return parse_span(f"{found[2]}-{_MONTHS[found[1].lower()]:02}")
    return None


def _ordered(first: int, second: int, year: str, order: str) -> DateSpan:
    if order == "ymd":
        raise ValueError(
            "these dates are read with their year first; write it as 2021-12-03, or correct the order in the profile"
        )
    number, month = (second, first) if order == "mdy" else (first, second)
    if month > 12:
        raise ValueError(
            f"there is no month {month}: these dates are read as {'month/day' if order == 'mdy' else 'day/month'}"
            "/year; correct the date, or the order in the profile"
        )
    return _on(_year(year), month, number)


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _on(year: int, month: int, number: int) -> DateSpan:
    try:
        return _within(day(date(year, month, number)))
    except ValueError:
        raise ValueError(f"there is no day {number}.{month}.{year}: correct the date") from None


def _within(span: DateSpan) -> DateSpan:
    if not EARLIEST_YEAR <= span.latest.year <= LATEST_YEAR:
        raise ValueError(f"the year {span.latest.year} cannot be meant: correct the date")
    return span


def _range(text: str, order: str) -> DateSpan | None:
    """A range of days: known to be so by its last."""
    if found := _SHORT_RANGE.fullmatch(text):
        ends = _single(found[2], order)
        begins = ends and _on(ends.latest.year, ends.latest.month, int(found[1]))
    else:
        parts = next((both for by in (_TO, _HYPHEN) if len(both := by.split(text)) == 2), None)
        if parts is None:
            return None
        ends = _single(parts[1], order)
        begins = _single(parts[0], order)
        if begins is None and ends is not None:
            begins = _single(f"{parts[0]} {ends.latest.year}", order)
    if begins is None or ends is None:
        return None
    if begins.earliest > ends.latest:
        raise ValueError("the range ends before it begins: correct it")
    return DateSpan(UNBOUNDED, ends.latest, Precision.BY)


def _unreadable() -> DateSpan:
    raise ValueError("not a date: write it as 2021-12-03, 3 December 2021, 2021-12 or 2021")
