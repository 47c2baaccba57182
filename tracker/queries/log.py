"""Complaints, corrections and removals, by year: counts that anybody may read, each with what it is a share of.

Only what is public is counted, so that nobody can tell from a number that something waits.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Count
from django.db.models.functions import ExtractYear

from tracker.models import Addressee, Challenge, Event, LedgerHead
from tracker.queries.scorecards import FEWEST_CASES, MedianView
from tracker.vocabulary import (
    CORRECTIONS,
    LOGGED,
    RETRACTIONS,
    WITHDRAWALS,
    ChallengeOutcome,
    Challenger,
    DeclineReason,
    EventKind,
)

# What of a challenge is counted: their words are long, and nothing of them is told here.
_COUNTED = ("by_whom", "received_on", "outcome", "settled_on", "declined_because")


@dataclass(frozen=True)
class Year:
    """What came in and was decided in one year, and what the register took back of what it had said.

    Challenges count in the year in which they were received. Lines count by action: one letter corrected is one.
    """

    year: int
    received: int
    from_bodies: int
    from_affected: int
    open: int
    upheld: int
    partly_upheld: int
    not_upheld: int
    declined: int
    declined_because: list[tuple[str, int]]
    days_to_settle: MedianView
    reviews_begun: int
    corrections: int
    withdrawals: int
    retractions: int
    removals: int


@dataclass(frozen=True)
class Log:
    """The years, the latest first, and how much there is that could have been wrong."""

    years: list[Year]
    addressees: int
    public_lines: int


def log_of() -> Log:
    """The whole log. Four queries, by what is public alone."""
    challenges: dict[int, list[Challenge]] = defaultdict(list)
    for row in Challenge.objects.public().only(*_COUNTED):
        challenges[row.received_on.year].append(row)
    lines = _lines()
    head = LedgerHead.objects.filter(pk=1).first()
    years = sorted({*challenges, *lines}, reverse=True)
    return Log(
        [_year(year, challenges[year], lines[year]) for year in years],
        Addressee.objects.public().count(),
        head.public_number if head else 0,
    )


def _lines() -> dict[int, Counter[str]]:
    """How many actions wrote public lines of each kind, by the year in which they were recorded."""
    rows = Event.objects.filter(is_public=True, kind__in=LOGGED).order_by()
    counted = rows.annotate(year=ExtractYear("recorded_at")).values("year", "kind")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for row in counted.annotate(n=Count("action", distinct=True)):
        found[row["year"]][row["kind"]] += row["n"]
    return found


def _year(year: int, challenges: Sequence[Challenge], lines: Counter[str]) -> Year:
    outcomes = Counter(row.outcome for row in challenges)
    declined = Counter(row.declined_because for row in challenges if row.declined_because)
    days = [(row.settled_on - row.received_on).days for row in challenges if row.settled_on]
    return Year(
        year=year,
        received=len(challenges),
        from_bodies=sum(row.by_whom == Challenger.BODY for row in challenges),
        from_affected=sum(row.by_whom == Challenger.AFFECTED for row in challenges),
        open=outcomes[""],
        upheld=outcomes[ChallengeOutcome.UPHELD],
        partly_upheld=outcomes[ChallengeOutcome.PARTLY_UPHELD],
        not_upheld=outcomes[ChallengeOutcome.NOT_UPHELD],
        declined=outcomes[ChallengeOutcome.DECLINED],
        declined_because=[(word.label, declined[word]) for word in DeclineReason if declined[word]],
        days_to_settle=median_of(days),
        reviews_begun=lines[EventKind.REVIEW_BEGUN],
        corrections=sum(lines[kind] for kind in CORRECTIONS),
        withdrawals=sum(lines[kind] for kind in WITHDRAWALS),
        retractions=sum(lines[kind] for kind in RETRACTIONS),
        removals=lines[EventKind.CONTENT_ERASED],
    )


def median_of(days: Sequence[int]) -> MedianView:
    return MedianView(median_low(days) if len(days) >= FEWEST_CASES else None, len(days))


def kept_for(on: date, head: tuple[object, ...]) -> str:
    """The key under which the log of one state of the register is kept."""
    return f"log-{on.isoformat()}-{'-'.join(map(str, head))}"
