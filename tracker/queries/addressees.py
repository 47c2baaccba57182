"""An addressee as it is shown to anyone, on a day: the one place from which pages, API, alerts and admin take it.

The rules are those of `statuses.py`; the facts are the public ones of `facts.py`. The SQL twin in `statuses.py`
here only filters and orders lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from django.db.models import prefetch_related_objects

from tracker.deadlines import days_overdue
from tracker.models import Addressee, Answer, Assessment, Challenge, JointAuthor
from tracker.queries.challenges import Argued, ChallengeView, about_addressees, argued, bodies_of
from tracker.queries.changes import last_told
from tracker.queries.deadlines import basis_in_force
from tracker.queries.facts import PublicRecord, public_records, wait_ended_on
from tracker.queries.lateness import days_late_of
from tracker.queries.promises import act_by_in_force, promise_missed
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
    spoken,
    written,
)
from tracker.statuses import (
    AnswerFacts,
    AssessmentFacts,
    answer_due,
    assessment_from,
    current_answer,
    holding_reply,
    status_on,
)
from tracker.vocabulary import (
    ADVERSE_VERDICTS,
    FOR_A_GROUP,
    FOR_IT,
    STATUSES,
    Basis,
    Challenger,
    Clock,
    Implementation,
    Position,
    Precision,
    Reason,
    ResponseKind,
    Status,
    Strength,
    View,
    acknowledged_label,
    contesters,
    is_our_refusal,
    position_label,
    status_label,
)


@dataclass(frozen=True)
class WaitView:
    """What a deferred answer waits for: in words, and the public report or ask it is, where it is one."""

    what: str
    report: ReportRef | None
    recommendation: RecommendationRef | None
    ended_on: date | None


@dataclass(frozen=True)
class ResponseRef:
    """The document that says it."""

    resource: ClassVar[str] = "responses"

    id: str
    title: str
    kind: ResponseKind


@dataclass(frozen=True)
class AnswerView:
    """What was said. `answered_on` is written as well as it is known: 2021-12-03, 2021-12 or 2021.

    `position` and `reason` are null while a refusal that is the register's reading rests: it is under review.
    """

    position: Position | None
    position_label: str
    basis: Basis
    reason: Reason | None
    conditions: str
    summary: str
    quote: str
    given_by: BodyRef
    joint_authors: list[BodyRef]
    on_behalf: bool
    answered_on: str | None
    date_precision: Precision | None
    date_unknown: bool
    waits_for: WaitView | None
    points_to: BodyRef | None
    alternative: RecommendationRef | None
    decision: str | None
    response: ResponseRef
    source: SourceView


@dataclass(frozen=True)
class AssessmentView:
    """How far it was delivered, as one view sees it."""

    implementation: Implementation
    assessed_on: str
    date_precision: Precision
    summary: str
    made_by: BodyRef | None
    source: SourceView


@dataclass(frozen=True)
class FourViews:
    """The four views side by side; only the register's verdict closes anything."""

    claimed: AssessmentView | None
    independent: AssessmentView | None
    affected: AssessmentView | None
    verdict: AssessmentView | None


@dataclass(frozen=True)
class AddresseeView:
    """One recommendation as put to one body, on the day `as_of`.

    Whether it is contested or under review is as of now, whatever the day: what is doubted is the record as it stands.
    """

    resource: ClassVar[str] = "addressees"

    id: str
    as_of: date
    recommendation: RecommendationRef
    report: ReportRef
    body: BodyRef
    duty_holder: BodyRef | None
    via_group: GroupRef | None
    answer_due_on: date | None
    first_answer_due_on: date | None
    answer_due_basis: str
    answer_due_strength: Strength | None
    status: str = field(metadata={"words": STATUSES})
    status_label: str
    days_overdue: int
    days_late: int | None
    acknowledged_on: str | None
    answer: AnswerView | None
    implementation: FourViews
    act_by: date | None
    first_act_by: date | None
    act_by_basis: str
    promise_missed: bool
    checked_on: date | None
    contested: bool
    contested_by: list[Challenger]
    challenges: list[ChallengeView]
    under_review: bool
    under_review_since: date | None
    updated_at: datetime | None


@dataclass(frozen=True)
class _Page:
    """What was loaded, once, for all the addressees of a page."""

    on: date
    ends: Ends
    joint: dict[int, list[int]]
    challenges: dict[int, list[Challenge]]
    told_at: dict[int, datetime]


def describe(addressees: Sequence[Addressee], on: date) -> list[AddresseeView]:
    """The addressees given, which are taken to be public, as they stood on a day; in their order.

    A fixed number of queries however many there are.
    """
    rows = list(addressees)
    if not rows:
        return []
    prefetch_related_objects(rows, "recommendation__report", "body")
    records = public_records(rows)
    joint = _joint_authors(records)
    challenges = about_addressees(records)
    ends = _ends(records, joint, [each for few in challenges.values() for each in few])
    page = _Page(on, ends, joint, challenges, last_told([row.pk for row in rows]))
    return [_view(records[row.pk], page) for row in rows]


def _joint_authors(records: dict[int, PublicRecord]) -> dict[int, list[int]]:
    """The joint authors of each response, in its order."""
    responses = {answer.response_id for record in records.values() for answer in record.answers}
    found: dict[int, list[int]] = {}
    for response, body in JointAuthor.objects.filter(response__in=responses).values_list("response", "body"):
        found.setdefault(response, []).append(body)
    return found


def _ends(
    records: dict[int, PublicRecord], joint: dict[int, list[int]], challenges: Sequence[Challenge]
) -> Ends:
    """The public ends of all that the page may point to."""
    rows = [record.addressee for record in records.values()]
    answers = [answer for record in records.values() for answer in record.answers]
    assessments = [each for record in records.values() for each in record.assessments]
    asks = [row.recommendation for row in rows]
    return Ends.load(
        bodies=[
            *(row.duty_holder_id for row in rows),
            *(answer.points_to_id for answer in answers),
            *(answer.response.author_id for answer in answers),
            *(each.made_by_id for each in assessments),
            *(body for bodies in joint.values() for body in bodies),
            *bodies_of(challenges),
        ],
        groups=[
            *(row.via_group_id for row in rows),
            *(answer.response.on_behalf_of_group_id for answer in answers),
        ],
        regimes=[pk for ask in asks for pk in (ask.answer_regime_id, ask.report.regime_id)],
        reports=[answer.waits_for_report_id for answer in answers],
        recommendations=[
            pk for answer in answers for pk in (answer.alternative_id, answer.waits_for_recommendation_id)
        ],
    )


def _view(record: PublicRecord, page: _Page) -> AddresseeView:
    row, facts, on = record.addressee, record.facts(), page.on
    status = status_on(facts, on)
    due, act_by = answer_due(facts, on), act_by_in_force(record, on)
    answer = current_answer(facts.answers, on)
    holding = holding_reply(facts.answers, on)
    ended = row.body.ended_on is not None and row.body.ended_on <= on
    argument = argued(page.challenges.get(row.pk, []), page.ends)
    return AddresseeView(
        id=row.ref,
        as_of=on,
        recommendation=recommendation_ref(row.recommendation),
        report=report_ref(row.recommendation.report),
        body=body_ref(row.body),
        duty_holder=page.ends.body(row.duty_holder_id) if ended else None,
        via_group=page.ends.group(row.via_group_id),
        answer_due_on=due,
        first_answer_due_on=row.first_answer_due_on,
        answer_due_basis=basis_in_force(record, Clock.ANSWER, due, on),
        answer_due_strength=Strength(row.answer_due_strength) if row.answer_due_strength else None,
        status=str(status),
        status_label=_label(record, status, due, answer, holding, page, argument),
        days_overdue=days_overdue(due, on) if status in (Status.OVERDUE, Status.IGNORED) else 0,
        days_late=days_late_of(record, on, page.ends.regimes),
        acknowledged_on=written(holding.answered_on)[0] if holding else None,
        answer=_answer_view(_row_of(record, answer), page, facts.under_review) if answer else None,
        implementation=_implementation(record, page),
        act_by=act_by,
        first_act_by=row.first_act_by,
        act_by_basis=basis_in_force(record, Clock.ACT, act_by, on),
        promise_missed=promise_missed(record, on),
        checked_on=_last_checked(record, on),
        **argument._asdict(),
        under_review=row.under_review_since is not None,
        under_review_since=row.under_review_since,
        updated_at=page.told_at.get(row.pk),
    )


def _row_of(record: PublicRecord, answer: AnswerFacts) -> Answer:
    return next(row for row in record.answers if row.pk == answer.key)


def _last_checked(record: PublicRecord, on: date) -> date | None:
    """The last day by then on which somebody looked for an answer."""
    looked = (check.checked_on for check in record.checks if check.clock == Clock.ANSWER)
    return max((day for day in looked if day <= on), default=None)


def _label(
    record: PublicRecord,
    status: str,
    due: date | None,
    answer: AnswerFacts | None,
    holding: AnswerFacts | None,
    page: _Page,
    argument: Argued,
) -> str:
    """The one public wording of the status, with the facts it rests on."""
    row = _row_of(record, answer) if answer else None
    nothing = [day for day in record.nothing_found_on(Clock.ANSWER) if day <= page.on]
    return status_label(
        status,
        due_on=due,
        days_overdue=days_overdue(due, page.on),
        checked_on=max(nothing, default=None),
        position=row.position if row else "",
        basis=row.basis if row else "",
        given_by=spoken(row.response.author) if row else "",
        given_for=_given_for(row, page) if row else "",
        waited_for=row.waits_for if row else "",
        came_on=answer.wait_ended_on if answer else None,
        acknowledged=_acknowledged(holding),
        reviewed_on=record.addressee.under_review_since,
        contested_by=contesters(argument.contested_by),
    )


def _given_for(row: Answer, page: _Page) -> str:
    """On whose behalf: all forces, or it alone."""
    group = page.ends.groups.get(row.response.on_behalf_of_group_id or 0)
    return FOR_A_GROUP.format(members_called=group.members_called) if group else FOR_IT


def _acknowledged(holding: AnswerFacts | None) -> str:
    """When a holding reply came, as it stands after "acknowledged"."""
    if holding is None:
        return ""
    span = holding.answered_on
    return acknowledged_label(span.latest, span.precision) if span else acknowledged_label(None, "")


def _answer_view(row: Answer, page: _Page, under_review: bool) -> AnswerView:
    response = row.response
    rests = under_review and is_our_refusal(row.position, row.basis)
    on, precision = written(response.answered_on)
    return AnswerView(
        position=None if rests else Position(row.position),
        position_label=Status.UNDER_REVIEW.label if rests else position_label(row.position, row.basis),
        basis=Basis(row.basis),
        reason=Reason(row.reason) if row.reason and not rests else None,
        conditions=row.conditions,
        summary="" if rests else row.summary,
        quote=row.quote,
        given_by=body_ref(response.author),
        joint_authors=page.ends.bodies_of(page.joint.get(response.pk, [])),
        on_behalf=row.on_behalf,
        answered_on=on,
        date_precision=precision,
        date_unknown=on is None,
        waits_for=_wait(row, page),
        points_to=page.ends.body(row.points_to_id),
        alternative=page.ends.recommendation(row.alternative_id),
        decision=row.decision or None,
        response=ResponseRef(response.ref, response.title, ResponseKind(response.kind)),
        source=source_view(response.source),
    )


def _wait(row: Answer, page: _Page) -> WaitView | None:
    if not row.waits_for:
        return None
    ended = wait_ended_on(row)
    return WaitView(
        row.waits_for,
        page.ends.report(row.waits_for_report_id),
        page.ends.recommendation(row.waits_for_recommendation_id),
        ended if ended and ended <= page.on else None,
    )


def _implementation(record: PublicRecord, page: _Page) -> FourViews:
    """The latest of each view by the day. A verdict of ours that nothing was done rests while staff look."""
    made = list(zip(record.assessment_facts(), record.assessments, strict=True))
    shown: dict[str, AssessmentView | None] = {}
    for view in View:
        latest = assessment_from(view, [facts for facts, _ in made], page.on)
        row = next((row for facts, row in made if facts is latest), None)
        rests = view == View.VERDICT and record.addressee.under_review_since
        if row and rests and row.implementation in ADVERSE_VERDICTS:
            row = None
        shown[view.value] = _assessment_view(row, latest, page) if row and latest else None
    return FourViews(**shown)


def _assessment_view(row: Assessment, facts: AssessmentFacts, page: _Page) -> AssessmentView:
    assert row.source is not None  # nothing is public without one
    return AssessmentView(
        implementation=Implementation(row.implementation),
        assessed_on=facts.assessed_on.written,
        date_precision=facts.assessed_on.precision,
        summary=row.summary,
        made_by=page.ends.body(row.made_by_id),
        source=source_view(row.source),
    )
