"""Drafts cannot be told from nothing: two registers, restored from one, of which one has drafts, answer alike.

Everything that can be asked is asked of both (`tests/api/everything.py`), each in a process of its own, and every byte
of status, headers and body is compared.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tests.api.conftest import AT, DRAFT, DRAFTED, Register, build, make_link, make_theme, make_themed
from tests.api.everything import Asked, routes
from tests.api.partner import partner_key
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
    make_user,
)
from tests.servers import ROOT
from tracker.actions.challenges import record_challenges
from tracker.actions.correcting import correct
from tracker.actions.entering import add_members, record_claims, record_developments
from tracker.actions.publishing import publish
from tracker.actions.replies import ask_for_reply, receive_from_affected, reply_by_link
from tracker.actions.silences import propose_silences
from tracker.actions.steps import record_steps
from tracker.ledger import Actor, lines
from tracker.models import (
    Addressee,
    Body,
    Check,
    Claim,
    Development,
    Fact,
    Membership,
    ReceivedChallenge,
    Recommendation,
    Report,
    Theme,
    User,
)
from tracker.vocabulary import CameBy, Challenger, Role, StepKind, Verification

NOW = AT + timedelta(days=30)
SECONDS = 900  # a machine that is busy with other things needs minutes
COPY = "the_same_without_drafts"
ASK = "import django; django.setup(); from tests.api.everything import main; main()"
# One of each kind, public and hidden, is tried with every parameter.
FEW = (Body, Report, Theme, Recommendation, Addressee)


def server_url(name: str) -> str:
    server = connection.settings_dict
    return f"postgresql://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{name}"


@contextmanager
def a_copy() -> Iterator[None]:
    """The register as it is now, a second time; row numbers, epoch and chains and all."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(server_url("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {COPY}_{name} WITH (FORCE)")
        # A server that an earlier test has just stopped may still be letting go: nothing is copied from under anybody.
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        server.execute(f"CREATE DATABASE {COPY}_{name} TEMPLATE {name}")
        try:
            yield
        finally:
            connection.close()
            server.execute(f"DROP DATABASE IF EXISTS {COPY}_{name} WITH (FORCE)")


@contextmanager
def in_the_copy() -> Iterator[None]:
    """What is done here is done to the register without drafts."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = f"{COPY}_{name}"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def enter_drafts(register: Register) -> None:
    """A draft of every noun, wherever one can hang on something public; edits of drafts; notes for staff."""
    told: dict[str, Any] = {"source": register.report.source, "verification": Verification.EXCERPT}
    one, two, three, *_ = register.addressees
    make_source(f"{DRAFT} source", url="https://example.org/zebra", **DRAFTED)
    hidden = make_body(f"{DRAFT} body", overseen_by=register.inspectorate, **DRAFTED)
    make_group(f"{DRAFT} crowd", bodies=[hidden, register.department], **DRAFTED)
    add_members(memberships=[Membership(group=register.group, body=hidden)], by=STAFF, at=AT)
    theme = make_theme(f"{DRAFT} theme", **DRAFTED)
    rule = make_regime(f"{DRAFT} rule", amount=7, **DRAFTED)
    report = make_report(f"{DRAFT} report", regime=rule, publishers=[register.inspectorate], **DRAFTED)
    under = make_recommendation(f"{DRAFT} under a draft", report=report, **DRAFTED)
    ask = make_themed(f"{DRAFT} ask", number="77", report=register.report, themes=[theme], **DRAFTED)
    make_recommendation(
        f"{DRAFT} limb", number="2", limb=DRAFT, part_of=register.whole, report=register.report, **DRAFTED
    )
    for recommendation in (register.ask, ask, under):
        make_answer(make_addressee(recommendation=recommendation, body=hidden, **DRAFTED), **DRAFTED)
    make_link(register.ask, ask, **DRAFTED)
    make_link(under, register.ask, **DRAFTED)
    make_answer(two, position="rejected", quote=DRAFT, **DRAFTED)
    make_answer(
        one, position="deferred", answered="2025-08-01", waits_for=DRAFT, waits_for_report=report, **DRAFTED
    )
    make_assessment(two, implementation="stalled", **DRAFTED)
    make_extension(two, until=date(2031, 12, 31), **DRAFTED)
    make_check(three, checked_on=date(2026, 2, 27), **DRAFTED)
    kept = Development(title=f"{DRAFT} debate", kind="statement", summary="Said.", **told)
    record_developments(
        developments=[kept],
        bodies={0: [register.department]},
        recommendations={0: [register.ask]},
        by=STAFF,
        at=AT,
    )
    claim = Claim(text=f"{DRAFT} claim", report=register.report, **told)
    record_claims(
        claims=[claim], made_by={0: [hidden]}, contested_by={0: [register.department]}, by=STAFF, at=AT
    )
    propose_silences(
        checks=[Check.objects.public()[0]],
        told_on=AT.date(),
        told_how="By letter.",
        by=Actor(Role.STAFF, make_user("ada")),
        at=AT,
    )
    record_steps(
        addressees=register.addressees[:1],
        kind=StepKind.CALL,
        taken_on=AT.date(),
        summary=f"{DRAFT} call",
        by=STAFF,
        at=AT,
    )
    enter_challenges(register)
    later = AT + timedelta(days=1)
    for fact, values in (
        (hidden, {"name": f"{DRAFT} bodies"}),
        (ask, {"title": f"{DRAFT} asks"}),
        (register.report, {"note": "Rang them up."}),
    ):
        correct(fact=fact, values=values, reason="For the file.", by=STAFF, at=later)


def enter_challenges(register: Register) -> None:
    """What waits to be read, from a body and from those affected, a link that was sent, and one entered as a draft."""
    one, *_ = register.addressees
    ada = Actor(Role.STAFF, User.objects.get(username="ada"))
    correct(
        fact=one.body,
        values={"contacts": [{"purpose": DRAFT, "address": "office@example.org"}]},
        reason="They wrote.",
        by=STAFF,
        at=AT,
    )
    link = ask_for_reply(addressees=[one], address="office@example.org", by=ada, at=AT)
    reply_by_link(link=link, addressees=[one], words=f"{DRAFT}: it is wrong.", at=AT)
    ReceivedChallenge.objects.update(receipt=UUID(int=1))  # chance is one and the same here: `same_salts`
    receive_from_affected(addressee=one, words=f"{DRAFT}: we were harmed.", at=AT)
    record_challenges(
        subjects=[one],
        by_whom=Challenger.AFFECTED,
        body=None,
        came_by=CameBy.LETTER,
        received_on=AT.date(),
        words=f"{DRAFT}: a letter.",
        by=STAFF,
        at=AT,
    )


def hidden_names() -> dict[type[Fact], list[str]]:
    models = [model for model in apps.get_models() if issubclass(model, Fact)]
    return {
        model: list(
            model.objects.exclude(pk__in=model.objects.public().values("pk")).values_list("ref", flat=True)
        )
        for model in models
    }


def what_to_ask(key: str, *, thorough: bool) -> Asked:
    hidden = hidden_names()
    assert all(hidden.values()), f"no draft of {[m.__name__ for m, names in hidden.items() if not names]}"
    few = [hidden[model][0] for model in FEW]
    shown = [model.objects.public()[0].ref for model in FEW]
    return Asked(
        at=NOW.isoformat(),
        key=key,
        names=sorted({name for names in hidden.values() for name in names[-1:]} | {*few, *shown})
        if thorough
        else [*few[:2], shown[0]],
        values=1_000 if thorough else 1,
        lists_alone=not thorough,
        few=[few[-1], shown[-1], *(few[:-1] if thorough else ())],
        words=[DRAFT],
        abouts=[(model.noun.value, name) for model, names in hidden.items() for name in (names[0], "never")],
    )


def answers(asked: Asked, folder: Path) -> list[dict[str, Any]]:
    """What the register with drafts and the one without answer, asked the same at the same moment."""
    name = connection.settings_dict["NAME"]
    connection.close()
    (folder / "asked").write_text(json.dumps(asdict(asked)))
    runs = []
    for database in (name, f"{COPY}_{name}"):
        given = {
            **os.environ,
            "DATABASE_URL": server_url(database),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        given |= {"LOG_LEVEL": "ERROR", "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "0"}
        with (folder / "asked").open() as asking, (folder / database).open("w") as told:
            command = [sys.executable, "-c", ASK]
            log = subprocess.DEVNULL
            runs.append(subprocess.Popen(command, cwd=ROOT, env=given, stdin=asking, stdout=told, stderr=log))
    try:
        assert [run.wait(SECONDS) for run in runs] == [0, 0]
    finally:
        for run in runs:
            run.kill()  # whoever still asks would hold what is emptied next
            run.wait()
    texts = [(folder / database).read_text() for database in (name, f"{COPY}_{name}")]
    return [{line[0]: line[1:] for line in map(json.loads, text.splitlines())} for text in texts]


def different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where the two differ; in the whole of it."""
    places = one.keys() | other.keys()
    return [
        f"{place}\n  {one.get(place)}\n  {other.get(place)}"
        for place in sorted(places)
        if one.get(place) != other.get(place)
    ]


@pytest.fixture
def same_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Salts are drawn for each line; here they are one, so that chains of the same lines are the same."""
    monkeypatch.setattr(lines.os, "urandom", lambda length: b"\x01" * length)


@pytest.mark.parametrize(
    "thorough", [False, pytest.param(True, marks=pytest.mark.faults)], ids=["a-share", "everything"]
)
@pytest.mark.django_db(transaction=True)
def test_a_register_with_drafts_answers_to_the_byte_as_one_without(
    same_salts: None, tmp_path: Path, thorough: bool
) -> None:
    """Then eight drafts are published, the last after the other seven: nothing tells that they had been drafts."""
    register = build()
    _, key = partner_key(at=NOW)
    with a_copy():
        enter_drafts(register)
        eight = Eight(register)
        eight.enter_and_rewrite()
        asked = what_to_ask(key, thorough=thorough)
        with_drafts, without = answers(asked, tmp_path)
        assert different(with_drafts, without) == []
        assert {name for name in with_drafts if name.startswith("POST")}
        assert len(with_drafts) > (700 if thorough else 150)
        assert all(content[0] < 500 for content in with_drafts.values())
        eight.publish()
        with in_the_copy():
            at_last = Eight(Register(**vars(register)))
            at_last.enter_and_publish()
        # Each parameter was asked for above; the long run asks again.
        values = asked.values if thorough else 0
        asked = replace(asked, names=[], few=["safe/27/home-office", "safe/27"], abouts=[], values=values)
        with_drafts, without = answers(asked, tmp_path)
        assert different(with_drafts, without) == []
        assert "The eighth" in with_drafts["GET /api/v1/recommendations/  {}"][2]


class Eight:
    """Eight asks and their answers: in one register drafts for weeks, in the other entered and published at once."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def _enter(self, n: int, title: str, at: datetime) -> list[Fact]:
        ask = make_recommendation(
            title, number=str(20 + n), report=self.register.report, published=False, at=at
        )
        addressee = make_addressee(recommendation=ask, body=self.register.department, published=False, at=at)
        answer = make_answer(addressee, position="noted", published=False, at=at)
        return [ask, addressee, answer.response, answer]

    def enter_and_rewrite(self) -> None:
        self.made = []
        for n in range(8):
            made = self._enter(n, f"{DRAFT} {n}", AT + timedelta(days=n))
            for m in range(n + 1):
                correct(
                    fact=made[0],
                    values={"title": _title(n) if m == n else f"{DRAFT} again {m}"},
                    reason="It reads better.",
                    by=STAFF,
                    at=AT + timedelta(days=n, hours=m + 1),
                )
            self.made.append(made)

    def publish(self) -> None:
        for n, made in enumerate(self.made):
            for fact in made:
                fact.refresh_from_db()
            publish(facts=made, by=STAFF, at=_published_at(n))

    def enter_and_publish(self) -> None:
        for n in range(8):
            made = self._enter(n, _title(n), _published_at(n))
            publish(facts=made, by=STAFF, at=_published_at(n))


def _title(n: int) -> str:
    return "The eighth" if n == 7 else f"Number {n}"


def _published_at(n: int) -> datetime:
    return AT + timedelta(days=10 + n)


def test_every_route_is_asked() -> None:
    """The walk finds what the resolver has, the public pages and the API alike."""
    found = {address for address, _ in routes()}
    assert {"/", "/healthz", "/api/v1/", "/api/v1/bodies", "/api/v1/changes", "/api/schema/"} <= found
    assert any(gaps for _, gaps in routes())
    assert not [address for address in found if address.startswith("/admin")]
