"""Showing what is contested beside the record, answering it, settling it; or declining it. The record stays."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import not_in_the_future
from tracker.actions._publishing import publish_rows
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, New, Writing, change, record, unique_ref
from tracker.ledger import Actor
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    Challenge,
    Fact,
    ReceivedChallenge,
    Recommendation,
    Response,
)
from tracker.queries.days import register_day
from tracker.queries.facts import public_records
from tracker.statuses import current_answer
from tracker.vocabulary import (
    SETTLED,
    CameBy,
    ChallengeAbout,
    ChallengeOutcome,
    Challenger,
    DeclineReason,
    EventKind,
    Noun,
    ReceivedState,
    View,
)

Subject = Addressee | Recommendation | Response | Answer | Assessment


@transaction.atomic
def record_challenges(
    *,
    subjects: Sequence[Subject],
    by_whom: Challenger,
    body: Body | None,
    came_by: CameBy,
    received_on: date,
    words: str,
    by: Actor,
    at: datetime,
) -> list[Challenge]:
    """Enter one challenge of some things as drafts, one for each: what came by letter. Raises ValidationError."""
    challenges = _made(subjects, by_whom, body, came_by, received_on, words, register_day(at))
    record([New(each) for each in challenges], Writing(by, at))
    return challenges


def _made(
    subjects: Sequence[Subject],
    by_whom: Challenger,
    body: Body | None,
    came_by: CameBy,
    received_on: date,
    words: str,
    today: date,
) -> list[Challenge]:
    if not subjects:
        raise ValidationError({"about": ["Say what of the record is contested."]})
    if not words.strip():
        raise ValidationError({"words": ["Say what is contested, in the challenger's words."]})
    if by_whom == Challenger.BODY and body is None:
        raise ValidationError({"body": ["Name the body that contests it."]})
    not_in_the_future("received_on", received_on, today)
    return [
        Challenge(
            ref=unique_ref(Challenge, f"{subject.ref[:200]}/challenge-{received_on}"),
            about=ChallengeAbout(subject.noun.value),
            by_whom=by_whom,
            body=body,
            came_by=came_by,
            received_on=received_on,
            words=words.strip(),
            **_columns(subject),
        )
        for subject in subjects
    ]


def _columns(subject: Subject) -> dict[str, Fact]:
    """What a challenge names: its subject, and of an answer or an assessment the addressee too."""
    own: dict[str, Fact] = {subject.noun.value: subject}
    return {**own, "addressee": subject.addressee} if isinstance(subject, Answer | Assessment) else own


@transaction.atomic
def publish_received(
    *, received: Sequence[ReceivedChallenge], about: ChallengeAbout, words: str = "", by: Actor, at: datetime
) -> list[Challenge]:
    """Show what somebody sent beside the record, as theirs.

    1. One row decides: what another person has decided meanwhile is refused.
    2. A challenge of each thing it is about, published in the same transaction; one thing once.
    3. The row says what became of it.

    `words` are theirs with what names a person left out; without them they stand as they came. Raises ValidationError
    where words are typed once for several: they would stand as said by all of them.
    """
    if words and len(received) > 1:
        raise ValidationError(
            {"words": ["These would stand as said by each of them: publish one at a time."]}
        )
    writing = Writing(by, at)
    made: list[Challenge] = []
    for each in _decided(received, ReceivedState.PUBLISHED, by, at):
        addressees = list(each.addressees.select_related("recommendation", "body").order_by("pk"))
        challenges = _made(
            subjects_of(about, addressees),
            Challenger(each.by_whom),
            each.body,
            CameBy(each.came_by),
            register_day(each.received_at),
            words or each.words,
            register_day(at),
        )
        record([New(challenge) for challenge in challenges], writing)
        each.challenges.set(challenges)
        made += challenges
    publish_rows(made, writing, "")
    return made


def subjects_of(about: ChallengeAbout, addressees: Sequence[Addressee]) -> list[Subject]:
    """What of the record of these addressees is contested. Raises ValidationError where there is no such thing."""
    found: dict[tuple[Noun, int], Subject] = {}
    records = public_records(addressees)
    for addressee in addressees:
        record_ = records[addressee.pk]
        current = current_answer(record_.answer_facts(), date.max)
        answer = next((row for row in record_.answers if current and row.pk == current.key), None)
        verdicts = [row for row in record_.assessments if row.view == View.VERDICT] or record_.assessments
        of: dict[ChallengeAbout, Subject | None] = {
            ChallengeAbout.ADDRESSEE: addressee,
            ChallengeAbout.RECOMMENDATION: addressee.recommendation,
            ChallengeAbout.ANSWER: answer,
            ChallengeAbout.RESPONSE: answer.response if answer else None,
            ChallengeAbout.ASSESSMENT: verdicts[-1] if verdicts else None,
        }
        subject = of[about]
        if subject is None:
            raise ValidationError({"about": [f"{addressee} has no public {about}: choose another thing."]})
        found.setdefault((subject.noun, subject.pk), subject)
    return list(found.values())


@transaction.atomic
def decline_received(
    *,
    received: Sequence[ReceivedChallenge],
    declined_because: DeclineReason,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Do not publish what somebody sent. That it came, and was declined, and why in a word, is counted in public."""
    writing = Writing(by, at)
    rows = _decided(
        received, ReceivedState.DECLINED, by, at, declined_because=declined_because, reason=reason.strip()
    )
    counted = [
        Challenge(
            ref=unique_ref(Challenge, f"declined-{each.receipt.hex[:12]}"),
            by_whom=each.by_whom,
            came_by=each.came_by,
            received_on=register_day(each.received_at),
            outcome=ChallengeOutcome.DECLINED,
            settled_on=register_day(at),
            declined_because=declined_because,
        )
        for each in rows
    ]
    record([New(each) for each in counted], writing)
    for each, challenge in zip(rows, counted, strict=True):
        each.challenges.set([challenge])
    publish_rows(counted, writing, "")


def _decided(
    received: Sequence[ReceivedChallenge], state: ReceivedState, by: Actor, at: datetime, **values: str
) -> list[ReceivedChallenge]:
    """Claim what waits, each once. Raises ValidationError for what somebody has decided already."""
    if by.user is None:
        raise ValidationError("A person decides what is shown beside the record.")
    ids = [each.pk for each in received]
    waiting = ReceivedChallenge.objects.select_for_update(of=("self",)).filter(
        pk__any_of=ids, state=ReceivedState.WAITING
    )
    rows = list(waiting.select_related("body").order_by("pk"))
    if len(rows) < len(ids):
        raise ValidationError("Somebody has decided this already: nothing was changed.")
    ReceivedChallenge.objects.filter(pk__any_of=ids).update(
        state=state, decided_at=at, decided_by=by.user, **values
    )
    return rows


@transaction.atomic
def answer_challenges(*, challenges: Sequence[Challenge], reply: str, by: Actor, at: datetime) -> None:
    """Say what the register says to challenges, beside them. It settles nothing."""
    if not reply.strip():
        raise ValidationError({"reply": ["Say what the register says to it: the public reads it."]})
    rows = _open(challenges)
    _write(rows, {"reply": reply.strip()}, EventKind.CHALLENGE_ANSWERED, by, at)


@transaction.atomic
def settle_challenges(
    *, challenges: Sequence[Challenge], outcome: ChallengeOutcome, reply: str, by: Actor, at: datetime
) -> None:
    """Say what came of challenges, and why. The record is corrected before, by an action of its own.

    Raises ValidationError for one that is settled, for a word that is no outcome of one that is shown, without words.
    """
    if outcome not in SETTLED:
        raise ValidationError({"outcome": ["Choose what came of it: upheld, in part, or not."]})
    if not reply.strip():
        raise ValidationError({"reply": ["Say why: the public reads it beside the challenge."]})
    values = {"outcome": outcome, "settled_on": register_day(at), "reply": reply.strip()}
    _write(_open(challenges), values, EventKind.CHALLENGE_SETTLED, by, at)


def _open(challenges: Sequence[Challenge]) -> list[Challenge]:
    """The same rows, locked, none of which is settled."""
    ids = [each.pk for each in challenges]
    rows = list(Challenge.objects.select_for_update(of=("self",)).filter(pk__any_of=ids).order_by("pk"))
    if any(row.outcome or row.withdrawn_at for row in rows):
        raise ValidationError("One of these is settled or withdrawn: nothing was changed.")
    return rows


def _write(
    rows: Sequence[Challenge], values: dict[str, object], kind: EventKind, by: Actor, at: datetime
) -> None:
    change(
        [Change(row, values) for row in rows],
        Writing(by, at),
        kind=kind,
        occurred_on=register_day(at),
        public=public_ids(rows),
    )
