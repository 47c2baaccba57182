"""A report asked in January 2026, due on 1 March, followed by a member of staff; and a box for what is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from tests.factories import (
    STAFF,
    make_body,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_user,
)
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.actions.responses import record_response
from tracker.alerts import fanout, interests, outbox
from tracker.alerts.transports.base import Mail
from tracker.ledger import CLOCK, Actor
from tracker.models import Addressee, Answer, Body, Report, Response, Source, User
from tracker.models.base import span_columns
from tracker.queries.days import register_day
from tracker.spans import parse_span
from tracker.vocabulary import FOLLOWED_NEWS, BodyKind, Channel, ResponseKind, Verification

ASKED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(minutes=1)


class Box:
    """A transport that keeps what it is given, and fails when told to."""

    def __init__(self, *errors: BaseException) -> None:
        self.sent: list[Mail] = []
        self.tried: list[Mail] = []
        self.errors = list(errors)

    def send(self, mail: Mail) -> None:
        self.tried.append(mail)
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(mail)


def make_follower(report: Report, name: str = "ada", *, at: datetime = ASKED_AT) -> User:
    user = User.objects.filter(username=name).first() or make_user(name, email=f"{name}@example.org")
    interests.follow(
        reader=user, wanted={"report": report.ref}, kinds=FOLLOWED_NEWS, channel=Channel.AT_ONCE, at=at
    )
    return user


def make_asked(forces: int = 1, *, title: str = "Safe to share?", followed: bool = True) -> list[Addressee]:
    """One recommendation put to some forces by their group, or to the Home Office where it is one."""
    regime = make_regime(at=ASKED_AT)
    report = make_report(title, dated="2026-01-05", regime=regime, at=ASKED_AT)
    ask = make_recommendation("Stop it", report=report, at=ASKED_AT)
    bodies: list[Body] = []
    if forces == 1:
        bodies = [make_body("Home Office", at=ASKED_AT)]
    else:
        members = [
            make_body(f"Force {n:02}", kind=BodyKind.POLICE_FORCE, at=ASKED_AT) for n in range(1, forces + 1)
        ]
        group = make_group(bodies=members, members_called="forces", at=ASKED_AT)
    addressed = address(
        recommendations=[ask],
        bodies=bodies,
        groups=[group] if forces > 1 else [],
        by=STAFF,
        at=ASKED_AT,
    )
    publish(facts=addressed, by=STAFF, at=ASKED_AT)
    if followed:
        make_follower(report)
    return list(Addressee.objects.filter(recommendation=ask).select_related("recommendation__report", "body"))


def make_letter(
    addressees: Sequence[Addressee],
    *,
    answered: str | None = "2026-02-27",
    published: bool = True,
    at: datetime = AT,
    author: Body | None = None,
    kind: ResponseKind = ResponseKind.FORMAL,
    by: Actor = STAFF,
    **fields: Any,
) -> list[Answer]:
    """One document that answers all of them; joint, so that each answer is the body's own."""
    bodies = [addressee.body for addressee in addressees]
    response = Response(
        title="A letter",
        kind=kind,
        author=author or bodies[0],
        source=Source.objects.first(),
        verification=Verification.EXCERPT,
        **span_columns("written", parse_span(answered) if answered else None),
    )
    values = {"position": "accepted", "summary": "They will.", **fields}
    answers = [Answer(addressee=addressee, **values) for addressee in addressees]
    record_response(response=response, answers=answers, joint_authors=bodies[1:], by=by, at=at)
    if published:
        publish(facts=[response, *answers], by=by, at=at)
    return answers


def sweep(at: datetime = AT) -> int:
    return record_missed_deadlines(on=register_day(at), by=CLOCK, at=at)


def seal() -> None:
    """What a commit does: the deferred triggers run, and the next line is the first of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('register.first_event', '', true)")


def note(at: datetime = AT) -> int:
    seal()
    return fanout.make_notices(at=at)


def send_due(box: Box, at: datetime = AT) -> list[Mail]:
    """Send what is due; the mails of this run."""
    before = len(box.sent)
    outbox.send_due_messages(clock=lambda: at, transport=box)
    return box.sent[before:]


def tell(box: Box, at: datetime = AT) -> list[Mail]:
    """Read the ledger and send what is due; the mails of this run."""
    note(at)
    return send_due(box, at)
