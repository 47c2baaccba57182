"""A dozen `make_…` functions: plain defaults, keyword overrides, nothing random. All of it through actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.actions.assessments import assess
from tracker.actions.challenges import record_challenges
from tracker.actions.deadlines import extend_deadlines
from tracker.actions.entering import (
    add_bodies,
    add_groups,
    add_members,
    add_regimes,
    add_sources,
)
from tracker.actions.erasing import remove_facts
from tracker.actions.publishing import publish
from tracker.actions.reports import add_recommendations, add_reports, address
from tracker.actions.responses import record_response
from tracker.actions.silences import propose_silences, record_checks, second_silences
from tracker.ledger import Actor
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    Challenge,
    Check,
    Extension,
    Fact,
    Group,
    Membership,
    Recommendation,
    Regime,
    Report,
    Response,
    Silence,
    Source,
    User,
)
from tracker.models.base import span_columns
from tracker.spans import parse_span
from tracker.vocabulary import (
    BodyKind,
    CameBy,
    Challenger,
    Clock,
    ClockStart,
    Counting,
    DeadlineUnit,
    Finding,
    LegalBasis,
    ReportKind,
    ResponseKind,
    Role,
    SourceKind,
    StaffRole,
    Strength,
    TimeKind,
    Verification,
    View,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAFF = Actor(Role.STAFF)


def make_user(name: str = "ada", role: str = StaffRole.VIEWER, **fields: Any) -> User:
    return User.objects.create_user(name, password="a long pass phrase", role=role, **fields)


def make_source(title: str = "A page", *, published: bool = True, at: datetime = AT, **fields: Any) -> Source:
    fields.setdefault("url", "https://example.org/page")
    source = Source(title=title, kind=fields.pop("kind", SourceKind.PAGE), **fields)
    add_sources(sources=[source], by=STAFF, at=at)
    return _shown(source, published, at)


def make_body(name: str = "Home Office", *, published: bool = True, at: datetime = AT, **fields: Any) -> Body:
    fields.setdefault("source", Source.objects.first() or make_source(at=at))
    fields.setdefault("verification", Verification.EXCERPT)
    body = Body(name=name, kind=fields.pop("kind", BodyKind.GOVERNMENT_DEPARTMENT), **fields)
    add_bodies(bodies=[body], by=STAFF, at=at)
    return _shown(body, published, at)


def make_group(
    name: str = "Forces",
    *,
    bodies: Sequence[Body] = (),
    from_on: date | None = None,
    published: bool = True,
    at: datetime = AT,
    **fields: Any,
) -> Group:
    fields.setdefault("source", Source.objects.first() or make_source(at=at))
    group = Group(name=name, verification=fields.pop("verification", Verification.EXCERPT), **fields)
    add_groups(groups=[group], by=STAFF, at=at)
    members = [Membership(group=group, body=body, from_on=from_on) for body in bodies]
    add_members(memberships=members, by=STAFF, at=at)
    _shown(group, published, at)
    if published:
        publish(facts=members, by=STAFF, at=at)
    return group


def make_regime(
    name: str = "Fifty-six days", *, published: bool = True, at: datetime = AT, **fields: Any
) -> Regime:
    defaults: dict[str, Any] = {
        "source": Source.objects.first() or make_source(at=at),
        "verification": Verification.EXCERPT,
        "kind": TimeKind.PERIOD,
        "amount": 56,
        "unit": DeadlineUnit.CALENDAR_DAYS,
        "counting": Counting.INCLUSIVE,
        "starts_from": ClockStart.PUBLISHED,
        "strength": Strength.STATUTORY,
        "automatic": True,
    }
    regime = Regime(name=name, **{**defaults, **fields})
    add_regimes(regimes=[regime], by=STAFF, at=at)
    return _shown(regime, published, at)


def make_report(
    title: str = "A report",
    *,
    dated: str = "2025-06-02",
    publishers: Sequence[Body] = (),
    published: bool = True,
    at: datetime = AT,
    **fields: Any,
) -> Report:
    fields.setdefault("source", Source.objects.first() or make_source(at=at))
    fields.setdefault("verification", Verification.EXCERPT)
    report = Report(
        title=title,
        kind=fields.pop("kind", ReportKind.INSPECTION_REPORT),
        **span_columns("dated", parse_span(dated)),
        **fields,
    )
    by = list(publishers) or [make_body("An inspectorate", kind=BodyKind.INSPECTORATE, at=at)]
    add_reports(reports=[report], publishers={0: by}, by=STAFF, at=at)
    return _shown(report, published, at)


def make_recommendation(
    title: str = "Stop it", *, number: str = "1", published: bool = True, at: datetime = AT, **fields: Any
) -> Recommendation:
    if "report" not in fields:
        fields["report"] = make_report(at=at)
    fields.setdefault("source", fields["report"].source)
    fields.setdefault("verification", Verification.EXCERPT)
    recommendation = Recommendation(title=title, number=number, **fields)
    add_recommendations(recommendations=[recommendation], themes={}, by=STAFF, at=at)
    return _shown(recommendation, published, at)


def make_addressee(
    *, body: Body | None = None, published: bool = True, at: datetime = AT, **fields: Any
) -> Addressee:
    """One ask put to one body; without a recommendation, one under a rule of 56 days (due 27 July 2025)."""
    recommendation = fields.get("recommendation") or make_recommendation(
        report=make_report(regime=make_regime(at=at), at=at), at=at
    )
    [addressee] = address(
        recommendations=[recommendation], bodies=[body or make_body(at=at)], by=STAFF, at=at
    )
    return _shown(addressee, published, at)


def make_answer(
    addressee: Addressee,
    *,
    position: str = "accepted",
    answered: str | None = "2025-07-01",
    by_then: bool = False,
    author: Body | None = None,
    published: bool = True,
    kind: ResponseKind = ResponseKind.FORMAL,
    at: datetime = AT,
    on_behalf_of_group: Group | None = None,
    on_behalf_of_body: Body | None = None,
    joint_authors: Sequence[Body] = (),
    **fields: Any,
) -> Answer:
    response = Response(
        title="A letter",
        kind=kind,
        author=author or addressee.body,
        source=Source.objects.first(),
        verification=Verification.EXCERPT,
        on_behalf_of_group=on_behalf_of_group,
        on_behalf_of_body=on_behalf_of_body,
        **span_columns("written", parse_span(answered, by=by_then) if answered else None),
    )
    answer = Answer(addressee=addressee, position=position, summary="What it says.", **fields)
    record_response(response=response, answers=[answer], joint_authors=joint_authors, by=STAFF, at=at)
    if published:
        publish(facts=[response, answer], by=STAFF, at=at)
    return answer


def _shown(fact: Any, published: bool, at: datetime) -> Any:
    if published:
        publish(facts=[fact], by=STAFF, at=at)
    return fact


def make_extension(
    addressee: Addressee,
    *,
    until: date,
    granted: str = "2025-07-01",
    clock: Clock = Clock.ANSWER,
    published: bool = True,
    at: datetime = AT,
    **fields: Any,
) -> Extension:
    extension = Extension(
        addressee=addressee,
        clock=clock,
        until_on=until,
        reason="They asked for more time.",
        source=Source.objects.first(),
        verification=Verification.EXCERPT,
        **span_columns("granted", parse_span(granted)),
        **fields,
    )
    extend_deadlines(extensions=[extension], by=STAFF, at=at)
    return _shown(extension, published, at)


def make_check(
    addressee: Addressee,
    *,
    checked_on: date,
    finding: Finding = Finding.NOTHING,
    clock: Clock = Clock.ANSWER,
    published: bool = True,
    at: datetime = AT,
) -> Check:
    [check] = record_checks(
        addressees=[addressee],
        clock=clock,
        checked_on=checked_on,
        where_looked="The body's site and GOV.UK.",
        finding=finding,
        by=STAFF,
        at=at,
    )
    return _shown(check, published, at)


def make_silence(addressee: Addressee, *, checked_on: date) -> Silence:
    """A silence checked, told the next day, and confirmed by a second person thirty days later."""
    moment = datetime.combine(checked_on, AT.timetz())
    ada = User.objects.filter(username="ada").first() or make_user("ada")
    ben = User.objects.filter(username="ben").first() or make_user("ben")
    check = make_check(addressee, checked_on=checked_on, at=moment)
    told_on = checked_on + timedelta(days=1)
    [silence] = propose_silences(
        checks=[check],
        told_on=told_on,
        told_how="By letter to the chief officer.",
        by=Actor(Role.STAFF, ada),
        at=moment + timedelta(days=1),
    )
    second_silences(silences=[silence], by=Actor(Role.STAFF, ben), at=moment + timedelta(days=31))
    return silence


def make_assessment(
    addressee: Addressee,
    *,
    view: View = View.CLAIMED,
    implementation: str = "implemented",
    assessed: str = "2025-09-01",
    published: bool = True,
    at: datetime = AT,
    **fields: Any,
) -> Assessment:
    assessment = Assessment(
        addressee=addressee,
        view=view,
        implementation=implementation,
        summary="What was done.",
        source=Source.objects.first(),
        verification=Verification.EXCERPT,
        **span_columns("assessed", parse_span(assessed)),
        **fields,
    )
    assess(assessments=[assessment], by=STAFF, at=at)
    return _shown(assessment, published, at)


def make_challenge(
    *subjects: Any,
    by_whom: Challenger = Challenger.BODY,
    body: Body | None = None,
    words: str = "That is not what we said.",
    published: bool = True,
    at: datetime = AT,
) -> Challenge:
    """A challenge of some things that came by letter; of a body, of the one addressed."""
    first = subjects[0]
    named = body or (first if isinstance(first, Addressee) else first.addressee).body
    challenges = record_challenges(
        subjects=subjects,
        by_whom=by_whom,
        body=named if by_whom == Challenger.BODY else None,
        came_by=CameBy.LETTER,
        received_on=at.date(),
        words=words,
        by=STAFF,
        at=at,
    )
    for challenge in challenges:
        _shown(challenge, published, at)
    return challenges[0]


def remove(fact: Fact) -> None:
    """Remove a fact by law, and nothing of what stands on it."""
    remove_facts(
        facts=[fact],
        with_all_below=False,
        legal_basis=LegalBasis.PERSONAL_DATA,
        ordered_by="The person",
        reason="A person's name stood in it",
        by=STAFF,
        at=AT,
    )
