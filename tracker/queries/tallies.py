"""How many addressees stand where, on a day: every count that is shown, with what it is a share of."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Count, F, Q

from tracker.models import Addressee, Answer
from tracker.queries.challenges import still_contested
from tracker.queries.days import register_midnight_after
from tracker.queries.sql import ENDED, IDS, LOOKED, ON, Among, Prepared, array, written_out
from tracker.queries.statuses import asked_by, standing
from tracker.statuses import RECHECK_AFTER
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
    contested: Counter[str] = field(
        default_factory=Counter
    )  # by whom -> addressees of whom something is contested

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.by_status + other.by_status,
            self.spoken_for + other.spoken_for,
            self.via + other.via,
            self.contested + other.contested,
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
    def under_review(self) -> int:
        return self.by_status[Status.UNDER_REVIEW]

    @property
    def own_read(self) -> int:
        return self.addressed - self.none_found - self.unread - self.under_review

    @property
    def overdue(self) -> int:
        return self.by_status[Status.OVERDUE] + self.by_status[Status.IGNORED]

    @property
    def ignored(self) -> int:
        return self.by_status[Status.IGNORED]


@dataclass(frozen=True)
class Counts:
    """Numbers of addressees; `addressed` is what each of the others is a share of.

    `overdue` holds those whose silence is confirmed (`ignored` in `by_status`) too. Those of whom nothing adverse is
    said while staff look into a challenge are in `under_review` alone.
    """

    addressed: int
    own_answer_read: int
    own_answer_unread: int
    none_found: int
    overdue: int
    under_review: int
    by_status: dict[str, int]


def counts(tally: Tally) -> Counts:
    return Counts(
        tally.addressed,
        tally.own_read,
        tally.unread,
        tally.none_found,
        tally.overdue,
        tally.under_review,
        {str(status): tally.by_status[status] for status in STATUSES},
    )


def tallies(key: str, ids: Collection[int], on: date) -> dict[int, Tally]:
    """The tally of the public addressees of each of `ids`; `key` leads from an addressee to it. Three queries.

    By the SQL twin of the rules: a report may have thousands.
    """
    found: dict[int, Tally] = defaultdict(Tally)
    asked = {"ids": array(ids), "on": on, "ended": register_midnight_after(on), "looked": on - RECHECK_AFTER}
    for pk, status, group, n in _stood(key).rows(asked):
        found[pk].by_status[status] += n
        found[pk].via[group] += n
    for pk, author, n in _given(key).rows({"ids": array(ids), "on": on}):
        found[pk].spoken_for[author] += n
    for pk, by_whom, n in _argued(key).rows({"ids": array(ids), "on": on}):
        found[pk].contested[by_whom] += n
    return found


@cache
def _argued(key: str) -> Prepared:
    """Of how many of them something is contested, and by whom."""
    rows = asked_by(Addressee.objects.public(), ON).filter(Among(F(key), IDS)).order_by()
    return Prepared(f"""
        WITH few AS MATERIALIZED ({written_out(rows.values("id", of=F(key)))}),
        argued (addressee, by_whom) AS MATERIALIZED ({still_contested("SELECT id FROM few")})
        SELECT of, by_whom, count(*) FROM few JOIN argued ON argued.addressee = few.id GROUP BY of, by_whom
    """)


@cache
def _stood(key: str) -> Prepared:
    """How the addressees stood: made, and planned, once."""
    rows = asked_by(Addressee.objects.public(), ON).filter(Among(F(key), IDS)).order_by()
    stood = standing(rows, ON, ENDED, LOOKED).values("status_on", "via_group", of=F(key))
    # The status of a row is worked out once, below; to group by it, it would be worked out twice.
    counted = (
        f"SELECT of, status_on, via_group, count(*) FROM ({written_out(stood)} OFFSET 0) AS stood"
        " GROUP BY of, status_on, via_group"
    )
    return Prepared(counted)


@cache
def _given(key: str) -> Prepared:
    """For how many of them somebody else answered."""
    given = (
        Answer.objects.public()
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=ON))
        .filter(on_behalf=True, holding=False, addressee__recommendation__asked_earliest__lte=ON)
        .filter(Among(F(f"addressee__{key}"), IDS))
        .order_by()
        .values("response__author", of=F(f"addressee__{key}"))
        .annotate(n=Count("addressee", distinct=True))
        .values_list("of", "response__author", "n")
    )
    return Prepared(written_out(given))
