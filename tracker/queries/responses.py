"""A response as it is shown to anyone: the document, and what it says to each public addressee."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import prefetch_related_objects

from tracker.models import Answer, JointAuthor, Response
from tracker.models.base import span_of
from tracker.queries.challenges import Argued, ChallengeView, about_responses, argued, bodies_of
from tracker.queries.references import (
    BodyRef,
    Ends,
    GroupRef,
    RecommendationRef,
    ReportRef,
    SourceView,
    body_ref,
    recommendation_ref,
    report_ref,
    source_view,
    written,
)
from tracker.vocabulary import (
    Basis,
    Challenger,
    Position,
    Precision,
    Reason,
    ResponseKind,
    Status,
    is_our_refusal,
    position_label,
)


@dataclass(frozen=True)
class SaidView:
    """What the response says to one addressee; `id` is the addressee's. A holding reply says nothing yet.

    `position` and `reason` are null too, and `summary` is empty, while a refusal that is the register's reading rests:
    it is under review.
    """

    resource: ClassVar[str] = "addressees"

    id: str
    recommendation: RecommendationRef
    report: ReportRef
    body: BodyRef
    on_behalf: bool
    holding: bool
    position: Position | None
    position_label: str
    basis: Basis
    reason: Reason | None
    conditions: str
    summary: str
    quote: str
    waits_for: str
    points_to: BodyRef | None
    alternative: RecommendationRef | None
    decision: str | None
    under_review: bool


@dataclass(frozen=True)
class ResponseView:
    """A document in which a body answers. `answered_on` is the earliest of its dates that is known.

    `challenges` are those of the response itself, and of how the register reads its answers.
    """

    resource: ClassVar[str] = "responses"

    id: str
    title: str
    kind: ResponseKind
    given_by: BodyRef
    joint_authors: list[BodyRef]
    signed_by: BodyRef | None
    on_behalf_of_body: BodyRef | None
    on_behalf_of_group: GroupRef | None
    answered_on: str | None
    date_precision: Precision | None
    date_unknown: bool
    date_text: str
    written_on: str | None
    received_on: str | None
    published_on: str | None
    answers: list[SaidView]
    contested: bool
    contested_by: list[Challenger]
    challenges: list[ChallengeView]
    source: SourceView | None


def response_views(responses: Sequence[Response], on: date) -> list[ResponseView]:
    """The responses given, which are taken to be public; a fixed number of queries."""
    del on  # a document says on every day what it says
    rows = list(responses)
    if not rows:
        return []
    prefetch_related_objects(rows, "source", "author")
    answers: dict[int, list[Answer]] = defaultdict(list)
    public = Answer.objects.public(given=("response",)).filter(response__in=rows)
    related = ("addressee__recommendation__report", "addressee__body")
    for answer in public.select_related(*related).order_by("addressee__ref"):
        answers[answer.response_id].append(answer)
    joint: dict[int, list[int]] = defaultdict(list)
    signed = JointAuthor.objects.filter(response__in=rows).order_by("position")
    for response, body in signed.values_list("response", "body"):
        joint[response].append(body)
    said = [answer for few in answers.values() for answer in few]
    challenges = about_responses([row.pk for row in rows])
    ends = Ends.load(
        bodies=[
            *(pk for row in rows for pk in (row.signed_by_id, row.on_behalf_of_body_id)),
            *(pk for few in joint.values() for pk in few),
            *(answer.points_to_id for answer in said),
            *bodies_of(each for few in challenges.values() for each in few),
        ],
        groups=[row.on_behalf_of_group_id for row in rows],
        recommendations=[answer.alternative_id for answer in said],
    )
    return [
        _view(row, answers[row.pk], joint[row.pk], argued(challenges[row.pk], ends), ends) for row in rows
    ]


def _view(
    row: Response, answers: list[Answer], joint: list[int], argument: Argued, ends: Ends
) -> ResponseView:
    on, precision = written(row.answered_on)
    return ResponseView(
        id=row.ref,
        title=row.title,
        kind=ResponseKind(row.kind),
        given_by=body_ref(row.author),
        joint_authors=ends.bodies_of(joint),
        signed_by=ends.body(row.signed_by_id),
        on_behalf_of_body=ends.body(row.on_behalf_of_body_id),
        on_behalf_of_group=ends.group(row.on_behalf_of_group_id),
        answered_on=on,
        date_precision=precision,
        date_unknown=on is None,
        date_text=row.date_text,
        written_on=written(span_of(row, "written"))[0],
        received_on=written(span_of(row, "received"))[0],
        published_on=written(span_of(row, "published"))[0],
        answers=[_said(answer, ends) for answer in answers],
        **argument._asdict(),
        source=source_view(row.source) if row.source else None,
    )


def _said(answer: Answer, ends: Ends) -> SaidView:
    addressee = answer.addressee
    reviewed = addressee.under_review_since is not None
    rests = reviewed and is_our_refusal(answer.position, answer.basis)
    label = position_label(answer.position, answer.basis) if answer.position else ResponseKind.HOLDING.label
    return SaidView(
        id=addressee.ref,
        recommendation=recommendation_ref(addressee.recommendation),
        report=report_ref(addressee.recommendation.report),
        body=body_ref(addressee.body),
        on_behalf=answer.on_behalf,
        holding=answer.holding,
        position=Position(answer.position) if answer.position and not rests else None,
        position_label=Status.UNDER_REVIEW.label if rests else label,
        basis=Basis(answer.basis),
        reason=Reason(answer.reason) if answer.reason and not rests else None,
        conditions=answer.conditions,
        summary="" if rests else answer.summary,
        quote=answer.quote,
        waits_for=answer.waits_for,
        points_to=ends.body(answer.points_to_id),
        alternative=ends.recommendation(answer.alternative_id),
        decision=answer.decision or None,
        under_review=reviewed,
    )
