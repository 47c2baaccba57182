"""Recommendations pasted as one text, split and numbered as they are printed. It reads text and touches nothing else.

    Recommendation 1: Chief constables should …      1. Chief constables should …      3a) They should also …
    Action 1: The College of Policing should …       (a) a limb of the one before it   and so on

What stands before the first number is handed back, not lost. Without any number, each bullet is an
ask, and without bullets each paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.deadlines import Period, last_day
from tracker.spans import DateSpan
from tracker.vocabulary import Counting, DeadlineUnit, RecommendationKind, TimeKind

LONGEST_TITLE = 120
_WORD = re.compile(
    r"^(?P<word>recommendation|action|commitment|duty|rec\.?|r)\s*(?:no\.?\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)(?:\s*\((?P<limb>[a-z]|[ivx]{1,4})\))?"
    r"\s*(?:[:.)\u2013\u2014-]\s*|\s+(?=\S)|$)(?P<text>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^\(?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*[.):]\)?\s+(?P<text>\S.*)$", re.IGNORECASE
)
_LETTERED = re.compile(r"^(?P<number>\d{1,3}[a-z])\s+(?P<text>\S.*)$")
_NUMBERED_LIMB = re.compile(
    r"^(?P<number>\d{1,3}(?:\.\d{1,2})?)\s?\((?P<limb>[a-z]|[ivx]{1,4})\)[:.]?\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
# Without a mark behind it, a number with a point is an ask's only before a capital: "2.1 million" is a measure.
_POINTED = re.compile(r"^(?P<number>\d{1,3}\.\d{1,2}[a-z]?)\s+(?P<text>[A-Z].*)$")
_BULLET = re.compile(r"^[\u2022\u25aa\u25cf\u25e6\u2023\u00b7*\u2013-]\s+(?P<text>\S.*)$")
_LIMB = re.compile(r"^(?:\((?P<round>[a-z]|[ivx]{1,4})\)|(?P<plain>[a-z]|[ivx]{1,4})[.)])\s+(?P<text>\S.*)$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\u2018(])|[;:](?=\s|$)")
_KINDS = {
    "action": RecommendationKind.ACTION,
    "commitment": RecommendationKind.COMMITMENT,
    "duty": RecommendationKind.DUTY,
}


@dataclass(frozen=True)
class PastedAsk:
    """One ask, or one limb of the ask before it, as it was found in the text."""

    number: str
    limb: str
    kind: RecommendationKind
    lines: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def title(self) -> str:
        return short_title(self.text)


@dataclass(frozen=True)
class Pasted:
    """What was found in a pasted text; `left_out` is what stood before the first number."""

    asks: tuple[PastedAsk, ...]
    left_out: str = ""


def short_title(text: str) -> str:
    """The first sentence, or as many of its words as fit a title."""
    whole = " ".join(text.split())
    first = _SENTENCE.split(whole, maxsplit=1)[0].strip().rstrip(".;:,")
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def split_asks(text: str) -> Pasted:
    """The asks of a pasted text, in order, each with its number as printed."""
    asks: list[PastedAsk] = []
    before: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _begins(line.strip(), asks)
        if found is not None:
            asks.append(found)
        elif asks:
            asks[-1] = replace(asks[-1], lines=(*asks[-1].lines, line.strip()))
        else:
            before.append(line.strip())
    if not asks:
        return _bulleted(before) or Pasted(tuple(_paragraphs(before)))
    return Pasted(tuple(asks), "\n".join(before).strip())


def _begins(line: str, asks: list[PastedAsk]) -> PastedAsk | None:
    """The ask that a line begins, if it begins one."""
    if found := _WORD.match(line):
        word = found["word"].lower().rstrip(".")
        kind = _KINDS.get(word, RecommendationKind.RECOMMENDATION)
        number = f"{word.capitalize()} {found['number']}" if word in _KINDS else found["number"]
        return PastedAsk(number, (found["limb"] or "").lower(), kind, (found["text"].strip(),))
    if found := _NUMBERED_LIMB.match(line):
        kind = RecommendationKind.RECOMMENDATION
        return PastedAsk(found["number"], found["limb"].lower(), kind, (found["text"],))
    if found := _NUMBER.match(line) or _LETTERED.match(line) or _POINTED.match(line):
        return PastedAsk(found["number"], "", RecommendationKind.RECOMMENDATION, (found["text"],))
    if asks and (found := _LIMB.match(line)):
        whole = asks[-1]
        return PastedAsk(whole.number, found["round"] or found["plain"], whole.kind, (found["text"],))
    return None


def _bulleted(lines: list[str]) -> Pasted | None:
    """Asks without numbers, a bullet each; None where there is no bullet. Under a number, bullets are its text."""
    asks: list[PastedAsk] = []
    before: list[str] = []
    for line in lines:
        if found := _BULLET.match(line):
            asks.append(PastedAsk("", "", RecommendationKind.RECOMMENDATION, (found["text"],)))
        elif asks:
            asks[-1] = replace(asks[-1], lines=(*asks[-1].lines, line))
        else:
            before.append(line)
    return Pasted(tuple(asks), "\n".join(before).strip()) if asks else None


def _paragraphs(lines: list[str]) -> Iterator[PastedAsk]:
    """Asks without numbers: a paragraph each."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield PastedAsk("", "", RecommendationKind.RECOMMENDATION, tuple(paragraph))
            paragraph = []


_AMOUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "eighteen": 18, "twenty-eight": 28, "thirty": 30, "fifty-six": 56,
}  # fmt: skip
_WITHIN = re.compile(
    r"\bwithin (?:the next )?(?P<amount>\d{1,3}|[a-z]+(?:-[a-z]+)?) "
    r"(?P<unit>working days?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"\b(immediately|with immediate effect|at once|without delay)\b", re.IGNORECASE)
_UNITS = {
    "working day": DeadlineUnit.WORKING_DAYS,
    "day": DeadlineUnit.CALENDAR_DAYS,
    "week": DeadlineUnit.WEEKS,
    "month": DeadlineUnit.MONTHS,
    "year": DeadlineUnit.MONTHS,
}


@dataclass(frozen=True)
class TimeToAct:
    """By when an ask says it is to be done: its own words, and the day they come to if they come to one."""

    words: str
    kind: TimeKind
    on: date | None = None


def suggested_act_by(text: str, dated: DateSpan | None) -> TimeToAct | None:
    """What an ask says of the time to act, for a person to confirm; None where it says nothing that we read."""
    if found := _WITHIN.search(text):
        written = found["amount"].lower()
        amount = int(written) if written.isdigit() else _AMOUNTS.get(written, 0)
        unit = found["unit"].lower().rstrip("s")
        if not amount:
            return None
        period = Period(amount * (12 if unit == "year" else 1), _UNITS[unit], Counting.EXCLUSIVE)
        return TimeToAct(found[0], TimeKind.PERIOD, last_day(period, dated) if dated else None)
    if found := _AT_ONCE.search(text):
        return TimeToAct(found[0], TimeKind.IMMEDIATE)
    return None
