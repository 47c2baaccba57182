"""How those who were asked stand, by body, group, publisher, theme and report: counts with what they are a share of.

A scorecard counts the public addressees that the filter of the same name finds on the same day. There is no rank.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db import connections
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from tracker.models import Addressee, Answer, Theme
from tracker.queries.challenges import still_contested
from tracker.queries.outcomes import with_outcome
from tracker.queries.readers import reading_from
from tracker.queries.references import BodyRef, Ends, GroupRef, ReportRef, ThemeRef, spoken
from tracker.queries.sentences import of_answers_in_time, of_promises, of_scorecard
from tracker.queries.subjects import KINDS, ScorecardFilter, Subject, members
from tracker.queries.tallies import Tally
from tracker.vocabulary import ADVERSE_VERDICTS, STATUSES, Implementation, Position, Status, View

# Below this many cases there is no percentage and no median: two of three says nothing of a body.
FEWEST_CASES = 5
# Of more addressees than this it is cheaper to go through all challenges than to look for those of each.
MANY = 20_000

_OF_ADDRESSED = ("with_deadline", "answered_for_it", "deferral_ended")
_OF_DEADLINES = ("answered_in_time", "late", "undated", "overdue", "ignored", "not_yet_due", "under_review")


@dataclass(frozen=True)
class Share:
    """So many of so many; `percent` is null below five cases, and 0 or 100 only where it is none or all."""

    count: int
    of: int
    percent: int | None


@dataclass(frozen=True)
class MedianView:
    """Half took so many days or fewer; `of` is how many it is taken from. Null below five."""

    days: int | None
    of: int


@dataclass(frozen=True)
class ViewsView:
    """How far it was delivered, as each of the four views last saw it: side by side, never mixed."""

    claimed: dict[str, Share]
    independent: dict[str, Share]
    affected: dict[str, Share]
    verdict: dict[str, Share]


@dataclass(frozen=True)
class ScorecardView:
    """How the asks put to a body or the members of a group, made by a publisher or in a report, or on a theme, stand.

    Of all addressed: `own_positions` (a body's own answer in force), `deferral_ended` (own answers that waited for
    what has come), `answered_for_it` (none of its own, another body answered: never among its own), and
    `implementation`. Of those with a confirmed deadline to answer (`with_deadline`): `answered_in_time` and `late` (by
    the first answer, own or on behalf, and the deadline in force that day), `undated` (answered, but an answer shows
    no date: neither in time nor late), `overdue` (`ignored` among them), `not_yet_due`, and `under_review` (late or
    silent by the record, which staff are looking into: in none of the others). `promises_missed` is a
    share of what was promised with a day to keep it by. `median_days_to_answer` runs from the ask to the first day
    of the first answer, own or on behalf; of two middle ones the lower.
    """

    resource: ClassVar[str] = "scorecards"

    id: str
    as_of: date
    kind: str = field(metadata={"words": KINDS})
    body: BodyRef | None
    group: GroupRef | None
    publisher: BodyRef | None
    report: ReportRef | None
    theme: ThemeRef | None
    addressed: int
    with_deadline: Share
    answered_in_time: Share
    late: Share
    undated: Share
    overdue: Share
    ignored: Share
    not_yet_due: Share
    under_review: Share
    answered_for_it: Share
    deferral_ended: Share
    own_positions: dict[str, Share]
    implementation: ViewsView
    median_days_to_answer: MedianView
    promises_missed: Share
    sentence: str


@dataclass
class _Measure:
    """What was counted of the addressees of one subject."""

    counted: Mapping[str, int] = field(default_factory=Counter)
    median: int | None = None
    spoken_for: Counter[int] = field(default_factory=Counter)
    contested: Counter[str] = field(default_factory=Counter)

    @property
    def tally(self) -> Tally:
        by_status = Counter({word: self.counted[f"status_{word}"] for word in STATUSES})
        return Tally(by_status, self.spoken_for, contested=self.contested)


_Key = tuple[str, int]


def scorecards(subjects: Sequence[Any], wanted: ScorecardFilter) -> list[ScorecardView]:
    """The scorecards of the public subjects given, as of a day, in their order; at most six queries."""
    rows = [Subject(*row) for row in subjects]
    if not rows:
        return []
    measures = _measures(rows, wanted)
    authors = [pk for measure in measures.values() for pk in measure.spoken_for]
    of = {kind: [row.pk for row in rows if row.kind == kind] for kind in KINDS}
    ends = Ends.load(
        bodies=[*of["body"], *of["publisher"], *authors], groups=of["group"], reports=of["report"]
    )
    themes = Theme.objects.public().in_bulk(of["theme"])
    return [_view(row, measures[row.kind, row.pk], ends, themes, wanted) for row in rows]


def _view(
    row: Subject, measure: _Measure, ends: Ends, themes: Mapping[int, Theme], wanted: ScorecardFilter
) -> ScorecardView:
    counted, addressed = measure.counted, measure.counted["addressed"]
    theme = themes.get(row.pk) if row.kind == "theme" else None
    return ScorecardView(
        id=f"{row.kind}/{row.ref}",
        as_of=wanted.as_of,
        kind=row.kind,
        body=ends.body(row.pk) if row.kind == "body" else None,
        group=ends.group(row.pk) if row.kind == "group" else None,
        publisher=ends.body(row.pk) if row.kind == "publisher" else None,
        report=ends.report(row.pk) if row.kind == "report" else None,
        theme=ThemeRef(theme.ref, theme.name) if theme else None,
        addressed=addressed,
        **{name: share(counted[name], addressed) for name in _OF_ADDRESSED},
        **{name: share(counted[name], counted["with_deadline"]) for name in _OF_DEADLINES},
        own_positions=_shares("own", Position.values, counted),
        implementation=ViewsView(
            **{view.value: _shares(view.value, Implementation.values, counted) for view in View}
        ),
        median_days_to_answer=MedianView(
            measure.median if counted["timed"] >= FEWEST_CASES else None, counted["timed"]
        ),
        promises_missed=share(counted["promises_missed"], counted["promises"]),
        sentence=_sentence(row, measure, ends, theme, wanted),
    )


def share(count: int, of: int) -> Share:
    """So many of so many. Rounding never says none, or all, of what is not."""
    if of < FEWEST_CASES:
        return Share(count, of, None)
    rounded = (200 * count + of) // (2 * of)
    return Share(count, of, rounded if count in (0, of) else min(99, max(1, rounded)))


def _shares(prefix: str, words: Iterable[str], counted: Mapping[str, int]) -> dict[str, Share]:
    return {word: share(counted[f"{prefix}_{word}"], counted["addressed"]) for word in words}


def _sentence(
    row: Subject, measure: _Measure, ends: Ends, theme: Theme | None, wanted: ScorecardFilter
) -> str:
    counted = measure.counted
    timely = of_answers_in_time(
        counted["with_deadline"],
        counted["answered_in_time"],
        counted["late"],
        counted["undated"],
        counted["under_review"],
    )
    kept = of_promises(counted["promises"], counted["promises_missed"])
    return of_scorecard(
        measure.tally,
        put=_put(row, ends, theme),
        own="its own" if row.kind == "body" else "the body's own",
        besides=[*timely, *kept],
        speakers=ends.bodies,
        narrowed=wanted.narrowing,
        on=wanted.as_of,
    )


def _put(row: Subject, ends: Ends, theme: Theme | None) -> str:
    """To whom, by whom or on what the asks of a scorecard were put."""
    if row.kind == "body":
        return f"put to {spoken(ends.bodies[row.pk])}"
    if row.kind == "group":
        return f"put to {ends.groups[row.pk].members_called} ({ends.groups[row.pk].name})"
    if row.kind == "publisher":
        return f"put to bodies by {spoken(ends.bodies[row.pk])}"
    return f"put to bodies on the theme {theme.name}" if theme else "put to bodies"


def _measures(rows: Sequence[Subject], wanted: ScorecardFilter) -> dict[_Key, _Measure]:
    """What is counted of each subject. Two queries, however many addressees there are."""
    found: dict[_Key, _Measure] = defaultdict(_Measure)
    counted, values = members(rows, wanted)
    on = wanted.as_of
    with connections[reading_from()].cursor() as cursor:
        statement, given = _counting(on)
        cursor.execute(f"WITH {_MEMBER.format(counted)}, {statement}", [*values, *given])
        for kind, subject, median, *counts in cursor.fetchall():
            found[kind, subject] = _Measure(Counter(dict(zip(_CONDITIONS, counts, strict=True))), median)
        few = sum(measure.counted["addressed"] for measure in found.values()) <= MANY
        statement, given = _speaking(on, "SELECT addressee FROM member" if few else "")
        cursor.execute(f"WITH {_MEMBER.format(counted)}, {statement}", [*values, *given])
        for kind, subject, author, by_whom, count in cursor.fetchall():
            measure = found[kind, subject]
            if author is None:
                measure.contested[by_whom] = count
            else:
                measure.spoken_for[author] = count
    return found


def _counting(on: date) -> tuple[str, Sequence[Any]]:
    """The median and the counts of each subject. Nobody took a time that no date shows, nor less than no time."""
    outcomes, given = _outcomes(on)
    counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in _CONDITIONS.values())
    statement = f"""
        outcome AS MATERIALIZED ({outcomes})
        SELECT kind, subject, percentile_disc(0.5) WITHIN GROUP (ORDER BY days_taken), {counted}
        FROM member JOIN (
            SELECT *, CASE WHEN NOT undated AND first_on IS NOT NULL THEN greatest(first_on - asked_on, 0) END
                AS days_taken
            FROM outcome
        ) AS one ON one.id = member.addressee
        GROUP BY kind, subject
    """
    return statement, [*given, *(word for _, words in _CONDITIONS.values() for word in words)]


def _speaking(on: date, among: str) -> tuple[str, Sequence[Any]]:
    """For how many of each subject which author answered on their behalf, and of how many what is said is contested."""
    authors, given = _authors(on)
    statement = f"""
        given (author, addressee) AS ({authors}), argued (addressee, by_whom) AS MATERIALIZED ({still_contested(among)})
        SELECT kind, subject, author, NULL, count(DISTINCT addressee) FROM member JOIN given USING (addressee)
        GROUP BY kind, subject, author
        UNION ALL
        SELECT kind, subject, NULL, by_whom, count(DISTINCT addressee) FROM member JOIN argued USING (addressee)
        GROUP BY kind, subject, by_whom
    """
    return statement, given


_MEMBER = "member (kind, subject, addressee) AS MATERIALIZED ({})"
_IS_MEMBER = RawSQL("SELECT addressee FROM member", ())


def _outcomes(on: date) -> tuple[str, Sequence[Any]]:
    """What became of each member, by a day."""
    rows = with_outcome(Addressee.objects.filter(pk__in=_IS_MEMBER), on)
    shown = rows.values(
        "id", "status_on", "position_on", "position_shown", "reviewed_since", "on_behalf_on", "due_on", "undated",
        "first_on", "counted_on",
        "due_then", "act_on", "promised", "promise_missed", *(f"view_{view.value}" for view in View),
        asked_on=F("recommendation__asked_latest"),
    )  # fmt: skip
    return shown.order_by().query.sql_with_params()


def _authors(on: date) -> tuple[str, Sequence[Any]]:
    """Who answered for each member by a day."""
    rows = (
        Answer.objects.public(given=("addressee",))
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))
        .filter(on_behalf=True, holding=False, addressee__in=_IS_MEMBER)
    )
    return rows.values_list("response__author", "addressee").order_by().query.sql_with_params()


def _conditions() -> dict[str, tuple[str, tuple[str, ...]]]:
    """What is counted, by its name: a condition on an outcome, and its values."""
    answered = "position_on IS NOT NULL AND due_on IS NOT NULL"
    late = f"{answered} AND NOT undated AND counted_on > due_then"
    rests = f"(position_on IS NULL AND status_on = %s AND due_on IS NOT NULL OR {late})"
    silent = (Status.OVERDUE.value, Status.IGNORED.value)
    found: dict[str, tuple[str, tuple[str, ...]]] = {
        "addressed": ("true", ()),
        "with_deadline": ("due_on IS NOT NULL", ()),
        "answered_in_time": (f"{answered} AND NOT undated AND counted_on <= due_then", ()),
        "late": (f"{late} AND reviewed_since IS NULL", ()),
        "undated": (f"{answered} AND undated", ()),
        "overdue": ("status_on IN (%s, %s)", silent),
        "ignored": ("status_on = %s", (Status.IGNORED.value,)),
        "not_yet_due": ("status_on = %s AND due_on IS NOT NULL", (Status.AWAITING.value,)),
        "under_review": (f"reviewed_since IS NOT NULL AND {rests}", (Status.UNDER_REVIEW.value,)),
        "answered_for_it": ("status_on = %s", (Status.ANSWERED_FOR_IT.value,)),
        "deferral_ended": ("status_on = %s", (Status.DEFERRAL_ENDED.value,)),
        "timed": ("days_taken IS NOT NULL", ()),
        "promises": ("promised AND act_on IS NOT NULL", ()),
        "promises_missed": ("promise_missed", ()),
    }
    for status in STATUSES:
        found[f"status_{status}"] = ("status_on = %s", (str(status),))
    for position in Position.values:
        found[f"own_{position}"] = ("position_shown = %s AND NOT on_behalf_on", (position,))
    for view in View.values:
        for word in Implementation.values:
            rests = view == View.VERDICT and word in ADVERSE_VERDICTS
            found[f"{view}_{word}"] = (
                f"view_{view} = %s{' AND reviewed_since IS NULL' if rests else ''}",
                (word,),
            )
    return found


_CONDITIONS = _conditions()
