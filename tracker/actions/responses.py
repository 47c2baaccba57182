"""Recording what bodies answered: one document, many answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._checked import needs_source, not_before_the_ask, not_in_the_future
from tracker.actions._clocks import lock, settle
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, New, Writing, change, reasoned, record
from tracker.actions.entering import name_fact
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Body, Membership, Recommendation, Response
from tracker.models.base import span_of
from tracker.queries.days import register_day
from tracker.vocabulary import EventKind, Position, ResponseDate, ResponseKind


@transaction.atomic
def record_response(
    *,
    response: Response,
    answers: Sequence[Answer],
    joint_authors: Sequence[Body] = (),
    by: Actor,
    at: datetime,
) -> Response:
    """Enter one document and what it says to each addressee, as drafts.

    1. The addressees are locked, in the order the sweep uses.
    2. Each answer is the addressee's own (author or joint author), or given on its behalf.
    3. Drafts hold back the clocks until they are published or withdrawn.

    Raises ValidationError without a source, for a date before the ask or not come yet, for an answer to
    somebody on whose behalf the author does not speak (that is a development), and for no answer at all.
    """
    needs_source(response.source, "response")
    if not answers:
        raise ValidationError({"answers": ["Choose at least one addressee that the response answers."]})
    for name in ResponseDate.values:
        not_in_the_future(f"{name}_on", span_of(response, name), register_day(at))
    addressees = {row.pk: row for row in lock([answer.addressee for answer in answers])}
    name_fact(
        response,
        f"{response.author.ref} {response.answered_on.written if response.answered_on else ''}",
    )
    writing = Writing(by, at)
    record([New(response, {"joint_authors": joint_authors})], writing)
    _enter(answers, response, joint_authors, addressees, writing)
    return response


@transaction.atomic
def add_answers(*, response: Response, answers: Sequence[Answer], by: Actor, at: datetime) -> None:
    """Enter what a response on record says to further addressees, as drafts.

    A letter of which more was read than when it was entered. Raises ValidationError as `record_response` does.
    """
    addressees = {row.pk: row for row in lock([answer.addressee for answer in answers])}
    joint_authors = Body.objects.filter(joint_author_rows__response=response)
    _enter(answers, response, joint_authors, addressees, Writing(by, at))


def _enter(
    answers: Sequence[Answer],
    response: Response,
    joint_authors: Iterable[Body],
    addressees: Mapping[int, Addressee],
    writing: Writing,
) -> None:
    """Write answers to addressees that are locked, and settle their clocks."""
    spoken_for = _spoken_for(response, register_day(writing.at))
    own = {response.author_id, *(body.pk for body in joint_authors)}
    for answer in answers:
        _prepare(answer, response, addressees[answer.addressee_id], own, spoken_for, writing.at)
    record([New(answer) for answer in answers], writing)
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
    not_before_the_ask("answered_on", response.answered_on, addressee.recommendation)
    answer.response, answer.recorded_at = response, at
    answer.ref = f"{response.ref}/{addressee.ref}"
    answer.holding = response.kind == ResponseKind.HOLDING
    if answer.holding:
        answer.position = ""
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


def addressee_of(recommendation: Recommendation, body: Body) -> Addressee:
    """The addressee that a body is for a recommendation. Raises ValidationError if it was not addressed."""
    found = Addressee.objects.filter(recommendation=recommendation, body=body).first()
    if found is None:
        raise ValidationError(
            {"addressee": [f"{body} was not addressed by {recommendation.ref}: record it as a development."]}
        )
    return found


@transaction.atomic
def record_waits_ended(*, answers: Sequence[Answer], on: date, reason: str, by: Actor, at: datetime) -> None:
    """Say that what deferred answers waited for has come, and when."""
    not_in_the_future("on", on, register_day(at))
    reason = reasoned(reason)
    lock([answer.addressee for answer in answers])
    wrong = [answer for answer in answers if answer.position != Position.DEFERRED]
    if wrong:
        raise ValidationError({"answers": [f"{wrong[0].ref} is no deferred answer."]})
    change(
        [Change(answer, {"wait_ended_on": on}) for answer in answers],
        Writing(by, at),
        kind=EventKind.WAIT_ENDED,
        occurred_on=on,
        public=public_ids(answers),
        reason=reason,
    )
