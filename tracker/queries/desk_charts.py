"""Two small pictures for the desk: what was answered of late, and who is silent. Counted once in five minutes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import Coalesce, TruncMonth

from tracker.models import Answer
from tracker.queries.desk import FRESH_FOR, missed_and_unanswered
from tracker.queries.outcomes import held_open_by
from tracker.vocabulary import Position

MONTHS = 12
BODIES = 10
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "yes": (
        "Accepted, wholly or in part",
        (
            Position.ACCEPTED,
            Position.ACCEPTED_IN_PRINCIPLE,
            Position.PARTIALLY_ACCEPTED,
            Position.ALREADY_IN_PLACE,
        ),
    ),
    "no": ("Not accepted, or disputed", (Position.REJECTED, Position.DISPUTED, Position.NOT_APPLICABLE)),
    "open": (
        "Deferred, pointed elsewhere, noted or not settled",
        (
            Position.DEFERRED,
            Position.REFERS_ELSEWHERE,
            Position.NOTED,
            Position.UNCLEAR,
            Position.UNREAD,
        ),
    ),
}
KIND_OF = {position: kind for kind, (_, positions) in GROUPS.items() for position in positions}


@dataclass(frozen=True)
class Month:
    """The published answers of one month, by position, and by kind of position as they are drawn."""

    month: date
    positions: dict[str, int]

    @property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(GROUPS, 0)
        for position, many in self.positions.items():
            found[KIND_OF[position]] += many
        return found

    @property
    def total(self) -> int:
        return sum(self.positions.values())


@dataclass(frozen=True)
class SilentBody:
    """A body and how many of its deadlines passed with no answer on record."""

    ref: str
    name: str
    count: int


def answers_by_month(on: date) -> list[Month]:
    """The last twelve months, each with its answers; months without any stand too."""
    return cache.get_or_set(f"desk-answers-{on}", lambda: count_answers(on), FRESH_FOR) or []


def count_answers(on: date) -> list[Month]:
    """The same, counted now."""
    months = [_months_before(on, back) for back in reversed(range(MONTHS))]
    rows = (
        Answer.objects.filter(
            response__answered_latest__gte=months[0],
            response__answered_latest__lte=on,
            published_at__isnull=False,
            withdrawn_at=None,
            holding=False,
        )
        .order_by()
        .values("position", month=TruncMonth("response__answered_latest"))
        .annotate(many=Count("pk"))
    )
    found: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(KIND_OF, 0))
    for row in rows:
        found[row["month"]][row["position"]] += row["many"]
    return [Month(month, dict(found[month])) for month in months]


def _months_before(on: date, back: int) -> date:
    months = on.year * 12 + on.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def silence_by_body(on: date) -> list[SilentBody]:
    """The bodies with most deadlines that passed with no answer on record."""
    return cache.get_or_set(f"desk-silence-{on}", count_silence, FRESH_FOR) or []


def count_silence() -> list[SilentBody]:
    """The same, counted now."""
    rows = missed_and_unanswered().order_by().values("body__ref", "body__name").annotate(many=Count("pk"))
    found = rows.order_by("-many", "body__name")[:BODIES]
    return [SilentBody(row["body__ref"], row["body__name"], row["many"]) for row in found]


def open_asks(bodies: list[int], on: date) -> dict[int, int]:
    """What each body answers for and no verdict of the register has closed: what a successor would take over."""
    holder = Coalesce("duty_holder", "body")
    rows = held_open_by(bodies, on).order_by().annotate(holder=holder).values_list("holder")
    return dict(rows.annotate(many=Count("pk", distinct=True)))
