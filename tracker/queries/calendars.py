"""Deadlines as a calendar has them: both clocks, what is to come and what has just passed, where nothing came yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from tracker.models import Addressee
from tracker.queries.addressees import AddresseeView, describe
from tracker.vocabulary import Clock, Implementation, Status

PAST, COMING = timedelta(days=31), timedelta(days=2 * 366)
MOST = 2_000
_OUTSTANDING = {Status.AWAITING, Status.OVERDUE, Status.IGNORED}
_OVER = {Implementation.IMPLEMENTED, Implementation.SUPERSEDED, Implementation.WITHDRAWN}


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

    From what the public sees alone; at most `MOST` addressees, those whose day comes first.
    """
    near = (on - PAST, on + COMING)
    rows = matching.filter(Q(answer_due_on__range=near) | Q(act_by__range=near))
    views = describe(list(rows.order_by("answer_due_on", "act_by", "ref")[:MOST]), on)
    found: dict[tuple[date, str, Clock], list[AddresseeView]] = defaultdict(list)
    for view in views:
        for clock, day in _outstanding(view):
            if day and near[0] <= day <= near[1]:
                found[day, view.report.id, clock].append(view)
    return [_due(key, found[key]) for key in sorted(found)]


def _outstanding(view: AddresseeView) -> list[tuple[Clock, date | None]]:
    verdict = view.implementation.verdict
    done = verdict is not None and verdict.implementation in _OVER
    answer = view.answer_due_on if view.status in _OUTSTANDING else None
    return [(Clock.ANSWER, answer), (Clock.ACT, None if done else view.act_by)]


def _due(key: tuple[date, str, Clock], views: Sequence[AddresseeView]) -> Due:
    day, report, clock = key
    asks = {f"{view.recommendation.number} {view.recommendation.title}".strip() for view in views}
    told = [view.updated_at for view in views if view.updated_at]
    return Due(
        report=report,
        title=views[0].report.title,
        clock=clock,
        on=day,
        bodies=tuple(sorted({view.body.name for view in views})),
        asks=tuple(sorted(asks)),
        updated_at=max(told, default=None),
    )
