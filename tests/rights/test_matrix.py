"""Every line of docs/rights.md is asked for real, as each role; a route or an act that has no line fails."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.api.conftest import build, taken
from tests.api.test_two_registers import NOW, enter_drafts
from tests.factories import AT, STAFF, make_addressee, make_body, make_challenge, make_silence, make_user
from tests.rights import matrix
from tests.rights.matrix import ANYBODY, KEY, Line
from tracker.actions.publishing import publish
from tracker.actions.steps import record_steps
from tracker.admin.facts import ActingAdmin, FactAdmin
from tracker.admin.site import site
from tracker.alerts.interests import follow
from tracker.models import (
    Address,
    Endpoint,
    Fact,
    Import,
    Partner,
    Proposal,
    ReceivedChallenge,
    ReplyLink,
    SecondLook,
    User,
)
from tracker.partners.keys import make_key
from tracker.partners.proposals import Proposed, receive
from tracker.vocabulary import Channel, ImportState, News, Noun, ProposalKind, Scope, StaffRole, StepKind

pytestmark = pytest.mark.django_db
LINES = list(matrix.lines())


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every route of the service, and the view behind it."""
    for each in patterns or get_resolver().url_patterns:
        whole = f"{before}{each.pattern}"
        if isinstance(each, URLPattern):
            yield spelled(whole), each.callback
        else:
            yield from routes(each.url_patterns, whole)


def spelled(route: str) -> str:
    """A route without what is regular expression in it: `^bodies/(?P<ref>…)/?$` is `bodies/<ref>/`."""
    out, depth, place = "", 0, 0
    while place < len(route):
        if depth == 0 and route.startswith("(?P<", place):
            end = route.index(">", place)
            out += f"<{route[place + 4 : end]}>"
            depth, place = 1, end
        elif depth:
            depth += {"(": 1, ")": -1}.get(route[place], 0)
        else:
            out += route[place]
        place += 1
    return out.replace("^", "").replace("/?$", "/").replace("$", "")


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    there = {route for route, _ in routes()}
    told = {line.route for line in LINES}
    assert there - told == set(), "these routes have no line in tests/rights/matrix.py"
    assert told - there == set(), "these lines have no route"


def test_every_method_of_the_api_has_a_line() -> None:
    for route, view in routes():
        methods = {method.upper() for method in getattr(view, "actions", None) or ()} - {"HEAD"}
        told = {line.method for line in LINES if line.route == route}
        assert not methods or told == methods, f"{route} answers {methods}"


def test_every_act_has_a_line() -> None:
    told = {
        (line.route.split("/")[2], line.state.partition(":")[0]) for line in LINES if "/act/" in line.route
    }
    for model, shelf in site._registry.items():
        for act in shelf.all_acts() if isinstance(shelf, ActingAdmin) else ():
            assert (model._meta.model_name, act.name) in told, f"no line for {act.name}"


def test_the_published_table_is_the_one_that_is_asked() -> None:
    assert Path("docs/rights.md").read_text(encoding="utf-8") == matrix.written(), "run `make rights`"


class World:
    """A register with a draft and a published fact of every noun, and somebody of every role."""

    def __init__(self) -> None:
        register = build()
        enter_drafts(register)
        record_steps(
            addressees=register.addressees[:1],
            kind=StepKind.LETTER,
            taken_on=AT.date(),
            summary="Wrote to them.",
            by=STAFF,
            at=AT,
        )
        make_challenge(register.addressees[0])
        make_silence(make_addressee(body=make_body("A silent body")), checked_on=date(2025, 9, 1))
        self.drafts: dict[str, Fact] = {}
        self.published: dict[str, Fact] = {}
        for model in apps.get_models():
            if issubclass(model, Fact):
                self._find(model)
        partner = Partner.objects.create(name="A partner", contact="x@partner.example")
        ends = NOW + timedelta(days=30)
        key, written = make_key(
            partner=partner, scopes=list(Scope), expires_at=ends, by=User.objects.first(), at=NOW
        )
        somebody = make_user("somebody")
        self.others = {
            "address": Address.objects.create(
                email="eve@example.org", digest="0", created_at=NOW, suspended_at=NOW, suspended_because="-"
            ),
            "partner": partner,
            "subscription": follow(
                reader=somebody, wanted={}, kinds=[News.ANSWERED], channel=Channel.DAILY, at=NOW
            ),
            "key": key,
            "proposal": _proposal(partner, register.report.ref),
            "receivedchallenge": ReceivedChallenge.objects.first(),
            "replylink": ReplyLink.objects.first(),
            "user": somebody,
            "secondlook": SecondLook.objects.create(
                noun="answer",
                fact_id=self.drafts["answer"].pk,
                fact_ref="",
                asked_by=make_user("x"),
                asked_at=NOW,
            ),
            "endpoint": Endpoint.objects.create(url="https://example.org/hook", secret="s", created_at=NOW),
            "import": Import.objects.create(
                file_name="a.csv", file_size=1, state=ImportState.PLANNED, created_at=NOW
            ),
        }
        self.clients = {who: self._client(who) for who in matrix.ASKED}
        self.clients[KEY] = Client(headers={"Authorization": f"Bearer {written}"})
        self.cookies = {who: client.cookies.output(header="") for who, client in self.clients.items()}

    def _find(self, model: type[Fact]) -> None:
        noun = model._meta.model_name or ""
        drafts = list(model._default_manager.drafts().order_by("pk"))
        shown = model._default_manager.filter(published_at__isnull=False, withdrawn_at=None).first()
        if shown is None and len(drafts) > 1:
            shown = drafts.pop()
            publish(facts=[shown], by=STAFF, at=NOW)
        self.drafts[noun] = drafts[0]
        self.published[noun] = shown or drafts[0]

    def _client(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        if who != ANYBODY:
            role = who if who in StaffRole.values else ""
            client.force_login(User.objects.filter(username=who).first() or make_user(who, role))
        return client

    def row(self, line: Line) -> Any:
        """The row that a line is about."""
        noun = line.route.split("/")[2] if line.route.startswith("admin/tracker/") else ""
        if noun in self.drafts:
            published = "published" in line.state and "at once" not in line.state
            return (self.published if published else self.drafts)[noun]
        return self.others.get(noun)

    def address(self, line: Line) -> str:
        row = self.row(line)
        number = str(row.pk) if row else "1"
        name = line.state.partition(":")[0].replace("no such act", "nothing")
        gaps = {
            "<path:object_id>": number,
            "<path:content_type_id>": "1",
            "<int:pk>": number,
            "<id>": number,
            "<slug:name>": name,
            "<slug:what>": name,
            "<path:ref>": "nothing",
            "<str:token>": "nothing",
            "<app_label>": "tracker",
            "<url>": "no-such-page",
            "<ref>": "nothing",
            "<name>": "nothing",
            "<place>": "v1",
            "<str:kind>": "nothing",
        }
        route = line.route
        for gap, value in gaps.items():
            route = route.replace(gap, value)
        return f"/{route}"

    def ask(self, line: Line, who: str) -> Any:
        """Ask for one line, and undo what came of it."""
        row = self.row(line)
        sent = dict(line.sent)
        if "/act/" in line.route and row is not None:
            sent["facts"] = str(row.pk)
        if line.route.endswith("autocomplete/"):
            sent = {"app_label": "tracker", "model_name": "report", "field_name": "source", "term": "a"}
        client = self.clients[who]
        client.cookies.load(self.cookies[who])  # whoever logged out is here again
        with transaction.atomic():
            if line.route.startswith("api/"):
                response = client.generic(line.method, self.address(line), "{}", "application/json")
            elif line.method == "GET":
                response = client.get(self.address(line), sent)
            else:
                response = client.post(self.address(line), sent)
            taken(response)
            transaction.set_rollback(True)
        return response


def _proposal(partner: Partner, ref: str) -> Proposal:
    source = {"url": "https://example.org/", "title": "A page"}
    receive(
        partner=partner,
        idempotency_key="one",
        fingerprint="",
        proposed=Proposed(ProposalKind.CORRECTION, Noun.REPORT, ref, {"summary": "Wrong.", "source": source}),
        answer=lambda _: "",
        at=NOW,
    )
    return Proposal.objects.get()


def let_in(response: Any) -> bool:
    """Not refused, and not led to the log-in page. What came of it is other tests' business, if it is no crash."""
    if response.status_code == 302 and "/login/" in response.headers["Location"]:
        return False
    return response.status_code not in (401, 403)


def asked_in_short(line: Line) -> list[str]:
    """All who are refused, and the least of those who are not."""
    asked = everybody(line)
    refused = [who for who in asked if not line.may(who)]
    return [*refused, *[who for who in asked if line.may(who)][:1]]


def everybody(line: Line) -> list[str]:
    """A partner's key is shown to the API alone."""
    return [*matrix.ASKED, *([KEY] if line.route.startswith("api/") else [])]


def wrong_answers(who: Callable[[Line], Sequence[str]]) -> str:
    """The lines that do not hold, all asked in one world."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        world = World()
        wrong = []
        for line in LINES:
            for each in who(line):
                response = world.ask(line, each)
                if let_in(response) != line.may(each) or response.status_code == 500:
                    wrong.append(
                        f"{line.method} /{line.route} [{line.state}] as {each}: {response.status_code}"
                    )
    return "\n".join(wrong)


def test_every_line_holds(caplog: pytest.LogCaptureFixture) -> None:
    """For whoever is refused, and for the least role that is not."""
    caplog.set_level("CRITICAL")
    assert wrong_answers(asked_in_short) == ""
    assert len(LINES) > 300


@pytest.mark.faults
def test_every_line_holds_for_every_role(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    assert wrong_answers(everybody) == ""


def test_every_noun_is_asked_in_both_states() -> None:
    nouns = {
        model._meta.model_name for model, shelf in site._registry.items() if isinstance(shelf, FactAdmin)
    }
    assert nouns == set(matrix.FACTS)
