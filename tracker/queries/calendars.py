"""Deadlines as a calendar has them: both clocks, what is to come and what has just passed, where nothing came yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Least

from tracker.models import Addressee
from tracker.queries.changes import last_told
from tracker.queries.outcomes import undelivered, with_outcome
from tracker.vocabulary import Clock, Status

# From a month back to two years ahead, in steps: what is nearest mostly fills a calendar, and statuses are dear.
_STEPS = [timedelta(days=days) for days in (-31, 29, 2 * 366 + 1)]
MOST = 2_000
_UNANSWERED = [Status.AWAITING.value, Status.OVERDUE.value, Status.IGNORED.value]
_SHOWN = (
    "recommendation__report__ref",
    "recommendation__report__title",
    "recommendation__number",
    "recommendation__title",
    "body__name",
)


@dataclass(frozen=True)
class Due:
    """A day on which a clock of some asks of one report ends, for some bodies."""

    report: str
    title: str
    clock: Clock
    on: date
    bodies: tuple[str, ...]
    asks: tuple[str, ...]
    updated_at: datetime | None


def due_days(matching: QuerySet[Addressee], on: date) -> list[Due]:
    """The days that are near for the public addressees given: of each report and clock one for each day.

    From what the public sees alone; at most `MOST` addressees, those whose day comes first. Two or three queries.
    """
    rows: list[dict[str, Any]] = []
    for first, after in pairwise(_STEPS):
        near = (on + first, on + after - timedelta(days=1))
        rows += _outstanding(matching, near, on)[: MOST - len(rows)] if len(rows) < MOST else ()
    told = last_told([row["pk"] for row in rows])
    found: dict[tuple[date, str, Clock], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for clock, day in ((Clock.ANSWER, row["answer_on"]), (Clock.ACT, row["deliver_on"])):
            if day:
                found[day, row["recommendation__report__ref"], clock].append(row)
    return [_due(key, found[key], told) for key in sorted(found)]


def _outstanding(
    matching: QuerySet[Addressee], near: tuple[date, date], on: date
) -> QuerySet[Addressee, dict[str, Any]]:
    """Those of whom a day between two is one, and nothing came, the first day first."""
    of_then = matching.filter(Q(answer_due_on__range=near) | Q(act_by__range=near))
    rows = Addressee.objects.filter(pk__in=of_then.order_by().values("pk"))
    answers = When(status_on__in=_UNANSWERED, due_on__range=near, then=F("due_on"))
    acts = When(undelivered() & Q(act_on__range=near), then=F("act_on"))
    rows = with_outcome(rows, on).annotate(
        answer_on=Case(answers, output_field=DateField()), deliver_on=Case(acts, output_field=DateField())
    )
    rows = rows.annotate(first_on=Least("answer_on", "deliver_on")).exclude(first_on=None)
    return rows.order_by("first_on", "ref").values("pk", "answer_on", "deliver_on", "first_on", *_SHOWN)


def _due(key: tuple[date, str, Clock], rows: Sequence[dict[str, Any]], told: Mapping[int, datetime]) -> Due:
    day, report, clock = key
    asks = {f"{row['recommendation__number']} {row['recommendation__title']}".strip() for row in rows}
    return Due(
        report=report,
        title=rows[0]["recommendation__report__title"],
        clock=clock,
        on=day,
        bodies=tuple(sorted({row["body__name"] for row in rows})),
        asks=tuple(sorted(asks)),
        updated_at=max((told[row["pk"]] for row in rows if row["pk"] in told), default=None),
    )
