"""A register with something of everything that is public, and drafts in every place where one could show."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.factories import (
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_body,
    make_check,
    make_extension,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_source,
)
from tests.kept import KEPT, Kept
from tracker.actions.entering import (
    add_members,
    add_themes,
    link_recommendations,
    record_claims,
    record_developments,
)
from tracker.actions.publishing import publish, withdraw
from tracker.actions.reports import add_recommendations, address
from tracker.models import (
    Addressee,
    Body,
    Claim,
    Development,
    Fact,
    Group,
    Link,
    Membership,
    Recommendation,
    Report,
    Source,
    Theme,
)
from tracker.models.base import span_columns
from tracker.spans import parse_span
from tracker.vocabulary import BodyKind, DevelopmentKind, LinkKind, Relation, Verification, View

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# What no public answer may hold: every draft says it somewhere, every private field too.
DRAFT = "zebra"
# What only the lines told before it was withdrawn may hold.
WITHDRAWN = "quagga"
DRAFTED: dict[str, Any] = {"published": False}
FACTS = [model for model in apps.get_models() if issubclass(model, Fact)]


@pytest.fixture
def client() -> Client:
    """Every request under one name, so that two answers can be compared to the last byte of their headers."""
    return Client(headers={"X-Request-ID": "the-same-request"})


def taken(answer: Any) -> bytes:
    """What an answer holds, taken to its end: a streamed one holds a slot until then."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def seal() -> None:
    """Number and hash what was written so far in the transaction of this test, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def show(*facts: Any) -> None:
    publish(facts=list(facts), by=STAFF, at=AT)


def make_link(recommendation: Recommendation, other: Recommendation, **how: Any) -> Link:
    shown = how.pop("published", True)
    link = Link(recommendation=recommendation, other=other, **{"kind": LinkKind.DEPENDS_ON, **how})
    link_recommendations(links=[link], by=STAFF, at=AT)
    if shown:
        show(link)
    return link


def make_theme(name: str, *, published: bool = True) -> Theme:
    theme = Theme(name=name)
    add_themes(themes=[theme], by=STAFF, at=AT)
    if published:
        show(theme)
    return theme


def make_themed(
    title: str, *, number: str, report: Report, themes: list[Theme], published: bool = True, **fields: Any
) -> Recommendation:
    ask = Recommendation(
        title=title,
        number=number,
        report=report,
        source=report.source,
        verification=Verification.EXCERPT,
        **fields,
    )
    add_recommendations(recommendations=[ask], themes={0: themes}, by=STAFF, at=AT)
    if published:
        show(ask)
    return ask


@dataclass
class Register:
    """A report that asks three forces and a department, and what they said and did."""

    inspectorate: Body
    council: Body
    department: Body
    forces: list[Body]
    group: Group
    report: Report
    ask: Recommendation
    whole: Recommendation
    limbs: list[Recommendation]
    addressees: list[Addressee]


@pytest.fixture(scope="session")
def kept(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Kept[Register]]:
    keeps = Kept(_built, django_db_blocker)
    request.config.stash[KEPT] = keeps
    keeps.open()  # for the test that asks first; for all others see pytest_runtest_setup
    yield keeps
    keeps.close()


def _built() -> Register:
    made = build()
    seal()
    return made


@pytest.fixture
def register(kept: Kept[Register], db: None) -> Register:
    """In a transaction of the test's own, within the one that keeps the rows."""
    assert connection.savepoint_ids, "a test that commits calls `build` itself"
    return deepcopy(kept.made)


def build() -> Register:
    """Entered as drafts, then published at once: one action, not forty."""
    make_source(note=DRAFT, **DRAFTED)
    inspectorate = make_body("An inspectorate", kind=BodyKind.INSPECTORATE, note=DRAFT, **DRAFTED)
    force = {"kind": BodyKind.POLICE_FORCE, "overseen_by": inspectorate, **DRAFTED}
    forces = [make_body(f"Force {n}", **force) for n in "ABC"]
    group = make_group("Chiefs", bodies=forces, members_called="forces", **DRAFTED)
    council = make_body(
        "National Council",
        kind=BodyKind.NATIONAL_POLICING_BODY,
        speaks_for=group,
        other_names=["NC"],
        **DRAFTED,
    )
    department = make_body("Home Office", contacts=[{"purpose": DRAFT, "address": "x"}], **DRAFTED)
    report = make_report(
        "Safe?", regime=make_regime(**DRAFTED), publishers=[inspectorate], note=DRAFT, **DRAFTED
    )
    theme = make_theme("Firewall", **DRAFTED)
    ask = make_themed("Stop it", number="1", report=report, themes=[theme], note=DRAFT, **DRAFTED)
    whole = make_recommendation("Review it", number="2", report=report, **DRAFTED)
    limbs = [
        make_recommendation(
            f"The {limb}", number="2", limb=limb, part_of=whole, report=report, position=n, **DRAFTED
        )
        for n, limb in enumerate(("review", "firewall"))
    ]
    address(recommendations=[ask], groups=[group], by=STAFF, at=AT)
    addressees = list(Addressee.objects.order_by("ref"))
    one, two, three = addressees
    make_answer(one, position="accepted", answered="2025-07-01", note=DRAFT, **DRAFTED)
    make_answer(
        two, position="rejected", answered="2025-07-20", author=council, on_behalf_of_group=group, **DRAFTED
    )
    make_assessment(one, view=View.CLAIMED, note=DRAFT, made_by=one.body, **DRAFTED)
    make_extension(three, until=date(2025, 8, 31), note=DRAFT, granted_by=inspectorate, **DRAFTED)
    make_check(three, checked_on=date(2025, 10, 1), **DRAFTED)
    put = [make_addressee(recommendation=limb, body=department, **DRAFTED) for limb in limbs]
    for addressee, position in zip(put, ("accepted", "rejected"), strict=True):
        make_answer(addressee, position=position, answered="2025-07-10", decision="the-review", **DRAFTED)
    earlier = make_recommendation(
        "Stop it, please",
        number="9",
        report=make_report("Before", dated="2018-12-18", publishers=[department], **DRAFTED),
        **DRAFTED,
    )
    make_link(ask, earlier, kind=LinkKind.REPEATS, relation=Relation.SAME, **DRAFTED)
    make_link(ask, whole, **DRAFTED)
    _around(ask, department)
    show(*(fact for model in FACTS for fact in model.objects.drafts()))
    made = Register(
        inspectorate, council, department, forces, group, report, ask, whole, limbs, [*addressees, *put]
    )
    for fact in (
        inspectorate,
        council,
        department,
        *forces,
        group,
        report,
        ask,
        whole,
        *limbs,
        *made.addressees,
    ):
        fact.refresh_from_db()
    return made


def _around(ask: Recommendation, department: Body) -> None:
    source = Source.objects.get(ref="a-page")
    told: dict[str, Any] = {"source": source, "verification": Verification.EXCERPT}
    happened = Development(
        title="A debate",
        kind=DevelopmentKind.PARLIAMENT,
        summary="Somebody spoke.",
        **span_columns("happened", parse_span("2025-09")),
        **told,
    )
    record_developments(
        developments=[happened], bodies={0: [department]}, recommendations={0: [ask]}, by=STAFF, at=AT
    )
    claim = Claim(text="It does harm.", report=ask.report, **told)
    record_claims(claims=[claim], made_by={0: [department]}, contested_by={0: [department]}, by=STAFF, at=AT)


@pytest.fixture
def drafts(register: Register) -> Callable[[], None]:
    """Adds drafts to everything, and something that was withdrawn: nothing of it may be told."""

    def add() -> None:
        _drafts_of_bodies(register)
        _drafts_of_asks(register)
        _drafts_of_answers(register)
        _withdrawn(register)
        seal()

    return add


def _drafts_of_bodies(register: Register) -> None:
    hidden = make_body(f"{DRAFT} body", published=False)
    crowd = make_group(f"{DRAFT} crowd", bodies=[hidden], published=False)
    make_body(
        "Body with hidden ends",
        parent=hidden,
        overseen_by=hidden,
        speaks_for=crowd,
        ended_on=date(2026, 1, 1),
        successor=hidden,
    )
    members = [
        Membership(group=register.group, body=hidden),
        Membership(group=crowd, body=register.department),
    ]
    add_members(memberships=members, by=STAFF, at=AT)
    show(*members)
    rule = make_regime(f"{DRAFT} rule", published=False, amount=7)
    root = make_report(f"{DRAFT} root", published=False)
    make_report("With hidden ends", regime=rule, arises_from=root, publishers=[hidden, register.inspectorate])


def _drafts_of_asks(register: Register) -> None:
    hidden = Body.objects.get(name=f"{DRAFT} body")
    crowd = Group.objects.get(name=f"{DRAFT} crowd")
    report = make_report(f"{DRAFT} report", published=False)
    under = make_recommendation(f"{DRAFT} under a draft", report=report)
    make_addressee(recommendation=under, body=register.department)
    draft = make_recommendation(f"{DRAFT} ask", number="77", report=register.report, published=False)
    make_addressee(recommendation=draft, body=register.department)
    make_recommendation(f"{DRAFT} limb", number="2", limb=DRAFT, part_of=register.whole, report=register.report,
                        published=False)  # fmt: skip
    make_addressee(recommendation=register.ask, body=hidden)
    make_addressee(recommendation=register.ask, body=register.department, published=False)
    theme = make_theme(f"{DRAFT} theme", published=False)
    ends = make_themed(
        "Ask with hidden ends", number="5", report=register.report, themes=[theme],
        delivered_by=hidden, offered_instead_of=draft,
    )  # fmt: skip
    address(recommendations=[ends], groups=[crowd], bodies=[register.council], by=STAFF, at=AT)
    show(*Addressee.objects.filter(recommendation=ends))
    make_link(register.ask, draft, kind=LinkKind.REPEATS, relation=Relation.SAME)
    make_link(under, register.ask, kind=LinkKind.REPEATS, relation=Relation.WIDER)
    make_link(register.ask, register.limbs[0], kind=LinkKind.RELATED_TO, published=False)


def _drafts_of_answers(register: Register) -> None:
    hidden = Body.objects.get(name=f"{DRAFT} body")
    report = Report.objects.get(title=f"{DRAFT} report")
    draft = Recommendation.objects.get(title=f"{DRAFT} ask")
    one, two, three, *_ = register.addressees
    make_answer(three, position="rejected", quote=DRAFT, published=False)
    make_answer(two, position="accepted", author=hidden, on_behalf_of_body=two.body, quote=DRAFT)
    make_answer(
        one, position="deferred", answered="2025-08-01", joint_authors=[hidden], waits_for="a review",
        waits_for_report=report, waits_for_recommendation=draft, points_to=hidden, alternative=draft,
    )  # fmt: skip
    make_assessment(one, implementation="stalled", published=False)
    make_assessment(one, view=View.INDEPENDENT, made_by=hidden)
    make_extension(three, until=date(2031, 12, 31), published=False)
    make_check(three, checked_on=date(2026, 2, 27), published=False)
    _hidden_happenings(register, hidden, draft)


def _hidden_happenings(register: Register, hidden: Body, draft: Recommendation) -> None:
    told: dict[str, Any] = {"source": register.report.source, "verification": Verification.EXCERPT}
    shown = Development(title="A statement", kind=DevelopmentKind.STATEMENT, summary="Said.", **told)
    kept = Development(title=f"{DRAFT} debate", kind=DevelopmentKind.STATEMENT, summary="Said.", **told)
    record_developments(
        developments=[shown, kept],
        bodies={0: [hidden], 1: [register.department]},
        recommendations={0: [register.ask, draft], 1: [register.ask]},
        by=STAFF,
        at=AT,
    )
    claim = Claim(text="Contested.", report=register.report, **told)
    secret = Claim(text=f"{DRAFT} claim", report=register.report, **told)
    record_claims(
        claims=[claim, secret],
        made_by={0: [hidden]},
        contested_by={0: [hidden], 1: [hidden]},
        by=STAFF,
        at=AT,
    )
    show(shown, claim)


def _withdrawn(register: Register) -> None:
    page = make_source(f"{WITHDRAWN} page")
    make_body(f"{WITHDRAWN} under a withdrawn source", source=page)
    withdraw(facts=[page], reason="It is not what it said it was.", by=STAFF, at=AT)
    gone = make_recommendation(f"{WITHDRAWN} ask", number="88", report=register.report)
    make_answer(make_addressee(recommendation=gone, body=register.department), quote=WITHDRAWN)
    withdraw(facts=[gone], reason="It was never made.", by=STAFF, at=AT)
