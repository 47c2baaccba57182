"""Recording what bodies answered: one document, many answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import needs_source, not_in_the_future, response_fits, wait_fits
from tracker.actions._clocks import lock, settle
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, New, Writing, change, reasoned, record
from tracker.actions.entering import name_fact
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Body, Membership, Response
from tracker.models.base import span_of
from tracker.queries.days import register_day
from tracker.vocabulary import EventKind, Position, ResponseDate, ResponseKind


@dataclass(frozen=True)
class Letter:
    """One document, what it says to each addressee, and who wrote it together with its author."""

    response: Response
    answers: Sequence[Answer]
    joint_authors: Sequence[Body] = ()


def record_response(
    *,
    response: Response,
    answers: Sequence[Answer],
    joint_authors: Sequence[Body] = (),
    by: Actor,
    at: datetime,
) -> Response:
    """Enter one document and what it says to each addressee, as drafts. See `record_responses`."""
    record_responses(letters=[Letter(response, answers, joint_authors)], by=by, at=at)
    return response


@transaction.atomic
def record_responses(*, letters: Sequence[Letter], by: Actor, at: datetime) -> None:
    """Enter documents and what each says to its addressees, as drafts.

    1. The addressees are locked, in the order the sweep uses.
    2. Each answer is the addressee's own (author or joint author), or given on its behalf.
    3. Drafts hold back the clocks until they are published or withdrawn.

    Raises ValidationError without a source, for a date before the ask or not come yet, for an answer to
    somebody on whose behalf the author does not speak (that is a development), and for no answer at all.
    """
    today = register_day(at)
    for letter in letters:
        needs_source(letter.response.source, "response")
        if not letter.answers:
            raise ValidationError({"answers": ["Choose at least one addressee that the response answers."]})
        for name in ResponseDate.values:
            not_in_the_future(f"{name}_on", span_of(letter.response, name), today)
    answered = [answer.addressee for letter in letters for answer in letter.answers]
    addressees = {row.pk: row for row in lock(answered)}
    for letter in letters:
        on = letter.response.answered_on
        name_fact(letter.response, f"{letter.response.author.ref} {on.written if on else ''}")
    writing = Writing(by, at)
    record([New(each.response, {"joint_authors": each.joint_authors}) for each in letters], writing)
    _enter(letters, addressees, writing)


@transaction.atomic
def add_answers(*, response: Response, answers: Sequence[Answer], by: Actor, at: datetime) -> None:
    """Enter what a response on record says to further addressees, as drafts.

    A letter of which more was read than when it was entered. Raises ValidationError as `record_response` does.
    """
    addressees = {row.pk: row for row in lock([answer.addressee for answer in answers])}
    joint_authors = list(Body.objects.filter(joint_author_rows__response=response))
    _enter([Letter(response, answers, joint_authors)], addressees, Writing(by, at))


def _enter(letters: Sequence[Letter], addressees: Mapping[int, Addressee], writing: Writing) -> None:
    """Write answers to addressees that are locked, and settle their clocks."""
    for letter in letters:
        spoken_for = _spoken_for(letter.response, register_day(writing.at))
        own = {letter.response.author_id, *(body.pk for body in letter.joint_authors)}
        for answer in letter.answers:
            addressee = addressees[answer.addressee_id]
            _prepare(answer, letter.response, addressee, own, spoken_for, writing.at)
    record([New(answer) for letter in letters for answer in letter.answers], writing)
    settle(addressees, writing)


def _prepare(
    answer: Answer,
    response: Response,
    addressee: Addressee,
    own: set[int],
    spoken_for: set[int],
    at: datetime,
) -> None:
    """Fill in what follows from the response: whose answer it is, whether it is a holding reply."""
    response_fits(response, addressee.recommendation)
    answer.response, answer.recorded_at = response, at
    answer.ref = f"{response.ref}/{addressee.ref}"
    answer.holding = response.kind == ResponseKind.HOLDING
    if answer.holding:
        answer.position = ""
    wait_fits("wait_ended_on", answer, answer.wait_ended_on, register_day(at))
    bodies = {addressee.body_id, addressee.duty_holder_id} - {None}
    answer.on_behalf = not bodies & own
    if answer.on_behalf and not bodies & spoken_for:
        raise ValidationError(
            {
                "answers": f"{response.author} does not answer for {addressee.body} here: name on whose "
                "behalf it answers, or record what it says as a development."
            }
        )
    if answer.position == Position.REFERS_ELSEWHERE and answer.points_to_id in bodies:
        raise ValidationError({"points_to": ["Name another body: an answer does not point to itself."]})


def _spoken_for(response: Response, today: date) -> set[int]:
    """The bodies on whose behalf a response is given, on its day."""
    if response.on_behalf_of_body_id:
        return {response.on_behalf_of_body_id}
    if response.on_behalf_of_group_id is None:
        return set()
    on = response.answered_on.latest if response.answered_on else today
    members = Membership.objects.as_of(on).filter(group=response.on_behalf_of_group_id)
    return set(members.values_list("body", flat=True))


@transaction.atomic
def record_waits_ended(*, answers: Sequence[Answer], on: date, reason: str, by: Actor, at: datetime) -> None:
    """Say that what deferred answers waited for has come, and when."""
    not_in_the_future("on", on, register_day(at))
    reason = reasoned(reason)
    lock([answer.addressee for answer in answers])
    wrong = [answer for answer in answers if answer.position != Position.DEFERRED]
    if wrong:
        raise ValidationError({"answers": [f"{wrong[0].ref} is no deferred answer."]})
    for answer in answers:
        wait_fits("on", answer, on, register_day(at))
    change(
        [Change(answer, {"wait_ended_on": on}) for answer in answers],
        Writing(by, at),
        kind=EventKind.WAIT_ENDED,
        occurred_on=on,
        public=public_ids(answers),
        reason=reason,
    )
