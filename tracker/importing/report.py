"""The plan of an import as people read it: counts, and what is wrong with which rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.models import Import, ImportRow
from tracker.vocabulary import Outcome

# Those of the rows add up to the rows read; "gone" are rows that the file no longer has.
COUNTS = (*Outcome.values, "gone")
HEADER = ("row", "outcome", "column", "value", "reason", "fix")


@dataclass(frozen=True)
class Pace:
    """How far an import is, how fast it goes, and when it will be done. `left` is in seconds, None if not known."""

    done: int
    total: int
    rate: float
    left: float | None


def pace(done: int, total: int, seconds: float) -> Pace:
    """The pace of what was begun so many seconds ago."""
    rate = done / max(seconds, 0.01)
    return Pace(done, total, rate, max(total - done, 0) / rate if total and done else None)


PlanLine = tuple[int, str, str, str, str, str]


def problem_rows(of: Import) -> Iterator[PlanLine]:
    """What is wrong, one problem a line: number, outcome, column, value, reason, fix."""
    rows = ImportRow.objects.filter(of=of, outcome__in=(Outcome.CONFLICT, Outcome.REJECTED)).order_by(
        "number"
    )
    for number, outcome, problems in rows.values_list("number", "outcome", "problems").iterator():
        yield from (_line(number, outcome, **each) for each in problems)


def plan_rows(of: Import) -> Iterator[PlanLine]:
    """The whole plan: each change, each problem, and what stays the same."""
    rows = ImportRow.objects.filter(of=of).exclude(outcome="").order_by("number")
    columns = ("number", "outcome", "changes", "problems")
    for number, outcome, changes, problems in rows.values_list(*columns).iterator():
        for what, before, after in changes:
            yield _line(number, outcome, what, str(after), f"it was {before or 'empty'}")
        yield from (_line(number, outcome, **each) for each in problems)
        if not changes and not problems:
            yield _line(number, outcome)


def _line(
    number: int, outcome: str, column: str = "", value: str = "", reason: str = "", fix: str = ""
) -> PlanLine:
    return number, str(outcome), _defused(column), _defused(value), _defused(reason), _defused(fix)


def _defused(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
