"""What a body or those affected contest, as shown to anyone beside the record it is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from tracker.models import Challenge
from tracker.queries.facts import PublicRecord
from tracker.queries.references import BodyRef, Ends
from tracker.queries.sql import IDS, Among, Kept, array
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


def about_addressees(records: Mapping[int, PublicRecord]) -> dict[int, list[Challenge]]:
    """The public challenges of each addressee: of itself, its answers and assessments, its ask, what answered it.

    The addressees are taken to be public. One query.
    """
    asks: dict[int, list[int]] = defaultdict(list)
    responses: dict[int, list[int]] = defaultdict(list)
    for pk, record in records.items():
        ask = record.addressee.recommendation
        for each in {ask.pk, ask.part_of_id} - {None}:
            asks[each or 0].append(pk)
        for response in {answer.response_id for answer in record.answers}:
            responses[response].append(pk)
    rows = _public("addressee", "recommendation").filter(
        Q(addressee__in=list(records)) | Q(recommendation__in=list(asks)) | Q(response__in=list(responses))
    )
    found: dict[int, list[Challenge]] = defaultdict(list)
    for row in rows.order_by("received_on", "ref"):
        through = [*asks[row.recommendation_id or 0], *responses[row.response_id or 0]]
        concerned = [row.addressee_id] if row.addressee_id else through
        for pk in concerned:
            found[pk].append(row)
    return found


def about_recommendations(asks: Collection[int]) -> dict[int, list[Challenge]]:
    """The public challenges of what the register says was asked, by ask. One query."""
    found: dict[int, list[Challenge]] = defaultdict(list)
    for row in rows_about_asks().models({"ids": array(asks)}):
        found[row.recommendation_id or 0].append(row)
    return found


@cache
def rows_about_asks() -> Kept:
    """The challenges of the asks `ids`."""
    rows = _public("recommendation").filter(Among(F("recommendation"), IDS))
    return Kept(rows.order_by("received_on", "ref"))


def about_responses(responses: Collection[int]) -> dict[int, list[Challenge]]:
    """The public challenges of responses and of the readings of their answers, by response. One query."""
    rows = _public("response").filter(Q(response__in=responses) | Q(answer__response__in=responses))
    found: dict[int, list[Challenge]] = defaultdict(list)
    for row in rows.select_related("answer").order_by("received_on", "ref"):
        found[row.response_id or (row.answer.response_id if row.answer else 0)].append(row)
    return found


def _public(*given: str) -> QuerySet[Challenge]:
    return Challenge.objects.public(given=given)


def bodies_of(rows: Iterable[Challenge]) -> list[int | None]:
    """Whom a page must know to show these."""
    return [row.body_id for row in rows]


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
