"""How many addressees stand where, on a day: every count that is shown, with what it is a share of."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q

from tracker.models import Addressee, Answer
from tracker.queries.statuses import asked_by, with_status
from tracker.vocabulary import STATUSES, Position, Status

NONE_FOUND = (Status.AWAITING, Status.OVERDUE, Status.IGNORED, Status.ANSWERED_FOR_IT)


@dataclass
class Tally:
    """Some addressees, counted by status; for how many of them somebody else answered; how they were addressed.

    An answer given on behalf is counted by `spoken_for` only, never among an addressee's own.
    """

    by_status: Counter[str] = field(default_factory=Counter)
    spoken_for: Counter[int] = field(default_factory=Counter)  # author -> addressees it answered for
    via: Counter[int | None] = field(default_factory=Counter)  # group -> addressees addressed through it

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.by_status + other.by_status, self.spoken_for + other.spoken_for, self.via + other.via
        )

    @property
    def addressed(self) -> int:
        return self.by_status.total()

    @property
    def unread(self) -> int:
        return self.by_status[Position.UNREAD]

    @property
    def none_found(self) -> int:
        return sum(self.by_status[status] for status in NONE_FOUND)

    @property
    def own_read(self) -> int:
        return self.addressed - self.none_found - self.unread

    @property
    def overdue(self) -> int:
        return self.by_status[Status.OVERDUE] + self.by_status[Status.IGNORED]

    @property
    def ignored(self) -> int:
        return self.by_status[Status.IGNORED]


@dataclass(frozen=True)
class Counts:
    """Numbers of addressees; `addressed` is what each of the others is a share of.

    `overdue` holds those whose silence is confirmed (`ignored` in `by_status`) too.
    """

    addressed: int
    own_answer_read: int
    own_answer_unread: int
    none_found: int
    overdue: int
    by_status: dict[str, int]


def counts(tally: Tally) -> Counts:
    return Counts(
        tally.addressed,
        tally.own_read,
        tally.unread,
        tally.none_found,
        tally.overdue,
        {str(status): tally.by_status[status] for status in STATUSES},
    )


def tallies(key: str, ids: Collection[int], on: date) -> dict[int, Tally]:
    """The tally of the public addressees of each of `ids`; `key` leads from an addressee to it. Two queries.

    By the SQL twin of the rules: a report may have thousands.
    """
    found: dict[int, Tally] = defaultdict(Tally)
    rows = asked_by(Addressee.objects.public(), on).filter(**{f"{key}__in": ids})
    stood = with_status(rows, on).values(key, "status_on", "via_group").annotate(n=Count("pk")).order_by()
    for pk, status, group, n in stood.values_list(key, "status_on", "via_group", "n"):
        found[pk].by_status[status] += n
        found[pk].via[group] += n
    given = (
        Answer.objects.public()
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))
        .filter(on_behalf=True, holding=False, addressee__recommendation__asked_earliest__lte=on)
        .filter(**{f"addressee__{key}__in": ids})
        .values(of=F(f"addressee__{key}"))
        .annotate(n=Count("addressee", distinct=True))
        .order_by()
    )
    for pk, author, n in given.values_list("of", "response__author", "n"):
        found[pk].spoken_for[author] += n
    return found
