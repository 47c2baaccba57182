"""What a body or those affected contest, as shown to anyone beside the record it is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet

from tracker.models import Challenge
from tracker.queries.concerned import CONCERNED
from tracker.queries.references import BodyRef, Ends
from tracker.queries.sql import IDS, Among, Kept, Named, Prepared, array, written_out
from tracker.vocabulary import NO_LONGER_CONTESTED, ChallengeAbout, ChallengeOutcome, Challenger


@dataclass(frozen=True)
class ChallengeView:
    """What is contested, by whom, in their words, and what the register says to it. It changes nothing by itself."""

    id: str
    about: ChallengeAbout
    by_whom: Challenger
    body: BodyRef | None
    words: str
    received_on: date
    reply: str
    outcome: ChallengeOutcome | None
    settled_on: date | None


class Argued(NamedTuple):
    """Whether something is contested, by whom, and all that was said against it."""

    contested: bool
    contested_by: list[Challenger]
    challenges: list[ChallengeView]


def about_addressees(addressees: Collection[int]) -> dict[int, list[Challenge]]:
    """The public challenges of each addressee: of itself, its answers and assessments, its ask, what answered it.

    The addressees are taken to be public. One query, or two where there are any.
    """
    concerned = _concerned().rows({"ids": array(addressees)})
    ids = {pk for pk, _ in concerned}
    rows = {row.pk: row for row in _rows_by_id().models({"ids": array(ids)})} if ids else {}
    found: dict[int, list[Challenge]] = defaultdict(list)
    for pk, addressee in concerned:
        if pk in rows:
            found[addressee].append(rows[pk])
    return {pk: sorted(few, key=lambda row: (row.received_on, row.ref)) for pk, few in found.items()}


@cache
def _concerned() -> Prepared:
    return Prepared(
        f"SELECT id, addressee_id FROM ({CONCERNED}) AS of WHERE addressee_id = ANY(%(ids)s::bigint[])"
    )


@cache
def _rows_by_id() -> Kept:
    return Kept(_public("addressee", "recommendation").filter(Among(F("pk"), IDS)))


def about_recommendations(asks: Collection[int]) -> dict[int, list[Challenge]]:
    """The public challenges of what the register says was asked, by ask. One query."""
    found: dict[int, list[Challenge]] = defaultdict(list)
    for row in rows_about_asks().models({"ids": array(asks)}):
        found[row.recommendation_id or 0].append(row)
    return found


@cache
def rows_about_asks() -> Kept:
    """The challenges of the asks `ids`. Each is about one thing of the record: there are no others to be public."""
    return _kept(_public(*Challenge.ancestors), recommendation=IDS)


def about_responses(responses: Collection[int]) -> dict[int, list[Challenge]]:
    """The public challenges of responses and of the readings of their answers, by response. One query."""
    found: dict[int, list[Challenge]] = defaultdict(list)
    for row in _rows_of_responses().models({"ids": array(responses)}):
        found[row.response_id or (row.answer.response_id if row.answer else 0)].append(row)
    return found


@cache
def _rows_of_responses() -> Kept:
    return _kept(_public("response").select_related("answer"), response=IDS, answer__response=IDS)


def _kept(rows: QuerySet[Challenge], **subjects: Named) -> Kept:
    """Of some challenges those that are about one of the rows given, by any of these links.

    The ids that each link leads to come first, each found by its own index, and stand as an array: of an OR over
    several tables, or of an IN beside so many joins, PostgreSQL makes a walk through all challenges.
    """
    first, *others = (
        Challenge.objects.filter(Among(F(link), ids)).order_by().values("pk")
        for link, ids in subjects.items()
    )
    few = ArraySubquery(first.union(*others, all=True))
    return Kept(rows.filter(Among(F("pk"), few)).order_by("received_on", "ref"))


def _public(*given: str) -> QuerySet[Challenge]:
    return Challenge.objects.public(given=given)


def bodies_of(rows: Iterable[Challenge]) -> list[int | None]:
    """Whom a page must know to show these."""
    return [row.body_id for row in rows]


@cache
def still_contested(among: str = "") -> str:
    """Of whom what is on record is contested, and by whom: a statement of addressees, drafts among them.

    `among` is a statement of the ids of some thousands of them at most, from which their challenges are found, each by
    its index; without it all challenges are gone through.
    """
    standing = written_out(
        _public().exclude(outcome__in=NO_LONGER_CONTESTED).order_by().values("id", "by_whom")
    )
    if not among:
        return (
            f"SELECT DISTINCT of.addressee_id, c.by_whom FROM ({standing}) AS c"
            f" JOIN ({CONCERNED}) AS of ON of.id = c.id"
        )
    return f"""
        WITH near AS MATERIALIZED (
            SELECT id, addressee_id FROM ({CONCERNED}) AS of WHERE addressee_id = ANY(ARRAY({among}))
        )
        SELECT DISTINCT near.addressee_id, c.by_whom FROM near
        JOIN (SELECT * FROM ({standing}) AS s WHERE s.id = ANY(ARRAY(SELECT id FROM near))) AS c ON c.id = near.id
    """


def argued(rows: Sequence[Challenge], ends: Ends) -> Argued:
    """What is shown of the challenges of one thing. One that was upheld is told, and contests no more."""
    standing = {row.by_whom for row in rows if row.outcome not in NO_LONGER_CONTESTED}
    return Argued(
        bool(standing),
        [word for word in Challenger if word in standing],
        [challenge_view(row, ends) for row in rows],
    )


def challenge_view(row: Challenge, ends: Ends) -> ChallengeView:
    return ChallengeView(
        id=row.ref,
        about=ChallengeAbout(row.about),
        by_whom=Challenger(row.by_whom),
        body=ends.body(row.body_id),
        words=row.words,
        received_on=row.received_on,
        reply=row.reply,
        outcome=ChallengeOutcome(row.outcome) if row.outcome else None,
        settled_on=row.settled_on,
    )
