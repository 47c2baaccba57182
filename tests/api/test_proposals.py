"""Proposals: what is taken, that it waits, that it is taken once, and that nothing of a draft is told by it."""

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import DRAFT, Register, build
from tests.api.partner import bearer, gunicorn, partner_key, proposal, staff
from tests.api.test_manners import told
from tests.factories import make_answer, make_body, make_recommendation
from tests.faults.at_once import at_once
from tracker.alerts import interests, telling
from tracker.models import Answer, Event, Notice, Proposal
from tracker.partners import proposals
from tracker.vocabulary import Channel, News

PLACE = "/api/v1/proposals/"
PROGRESS = {
    "kind": "progress",
    "about": {"type": "addressee", "id": "safe/1/force-a"},
    "source": {"url": "https://force.example/plan", "title": "The plan", "publisher": "The force"},
    "summary": "It has trained everybody.",
    "implementation": "implemented",
    "view": "claimed",
    "assessed_on": "2025-11",
    "comment": "We rang them.",
}
CORRECTION = {
    "kind": "correction",
    "about": {"type": "body", "id": "home-office"},
    "source": {"url": "https://example.org/names", "title": "Names", "dated_on": "2024"},
    "summary": "It has another name.",
    "field": "name",
    "should_be": "The Home Office",
}


@pytest.fixture
def key(db: None) -> str:
    return partner_key()[1]


def send(client: Client, key: str, body: Any, *, once: str = "first-of-all", **headers: str) -> Any:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    given = bearer(key, **{"Idempotency-Key": once, **headers})
    return client.post(PLACE, content, content_type="application/json", headers=given)


@pytest.mark.parametrize(
    "body", [proposal(), PROGRESS, CORRECTION], ids=["response", "progress", "correction"]
)
def test_it_waits_for_staff_and_the_partner_sees_what_became_of_it(
    client: Client, register: Register, key: str, body: dict[str, Any]
) -> None:
    lines = Event.objects.count()
    sent = send(client, key, body)
    assert sent.status_code == 201, sent.content
    found = sent.json()
    assert (found["kind"], found["about"], found["state"]) == (body["kind"], body["about"], "waiting")
    assert found["said"] == {k: v for k, v in body.items() if k not in ("kind", "about")}
    assert sent.headers["Location"] == found["url"]
    assert sent.headers["Cache-Control"] == "private, no-store"
    assert client.get(found["url"], headers=bearer(key)).json() == found
    assert client.get(PLACE, headers=bearer(key)).json()["results"] == [found]
    proposals.decline(
        proposals=list(Proposal.objects.all()),
        reason="It is another letter.",
        by=staff(),
        at=register.ask.updated_at,
    )
    after = client.get(found["url"], headers=bearer(key)).json()
    assert (after["state"], after["reason"]) == ("declined", "It is another letter.")
    assert Event.objects.count() == lines


def test_a_proposal_changes_no_public_answer(client: Client, register: Register, key: str) -> None:
    places = ("/api/v1/addressees/", "/api/v1/responses/", "/api/v1/changes/")
    before = [(client.get(place).content, client.get(place).headers["ETag"]) for place in places]
    answers = Answer.objects.count()
    assert send(client, key, proposal()).status_code == 201
    assert [(client.get(place).content, client.get(place).headers["ETag"]) for place in places] == before
    assert Answer.objects.count() == answers


def test_nobody_sees_the_proposals_of_another(client: Client, register: Register, key: str) -> None:
    mine = send(client, key, proposal()).json()
    other = partner_key("Another")[1]
    assert client.get(PLACE, headers=bearer(other)).json()["results"] == []
    hidden = client.get(mine["url"], headers=bearer(other))
    never = client.get(f"{PLACE}00000000-0000-4000-8000-000000000000/", headers=bearer(other))
    assert hidden.status_code == 404 and hidden.content == never.content
    assert send(client, other, proposal()).status_code == 201  # its own idempotency keys


def test_lists_come_in_pages_and_by_state(client: Client, register: Register, key: str) -> None:
    made = [send(client, key, proposal(), once=f"number-{n}").json()["id"] for n in range(5)]
    proposals.take_up(proposals=[Proposal.objects.get(ref=made[0])], by=staff(), at=register.ask.updated_at)
    seen, place = [], f"{PLACE}?page_size=2"
    while place:
        page = client.get(place, headers=bearer(key)).json()
        seen += [each["id"] for each in page["results"]]
        place = page["next"]
    assert seen == made[::-1]
    waiting = client.get(f"{PLACE}?state=waiting", headers=bearer(key)).json()["results"]
    assert {each["id"] for each in waiting} == {*made[1:]}
    assert told(client.get(f"{PLACE}?state=lost", headers=bearer(key)))["status"] == 400


def test_the_same_again_is_answered_the_same_to_the_byte_even_after_it_was_decided(
    client: Client, register: Register, key: str
) -> None:
    first = send(client, key, proposal())
    again = send(client, key, dict(reversed(proposal().items())))
    quoted = send(client, key, proposal(), once='"first-of-all"')
    proposals.decline(
        proposals=list(Proposal.objects.all()), reason="No.", by=staff(), at=register.ask.updated_at
    )
    later = send(client, key, proposal())
    for each in (again, quoted, later):
        assert (each.status_code, each.content, each.headers["Location"]) == (
            201,
            first.content,
            first.headers["Location"],
        )
    assert Proposal.objects.count() == 1


def test_another_body_under_the_same_idempotency_key_is_422(
    client: Client, register: Register, key: str
) -> None:
    assert send(client, key, proposal()).status_code == 201
    for other in (proposal(position="rejected"), PROGRESS, {"kind": "nonsense"}, []):
        problem = told(send(client, key, other))
        assert (problem["status"], problem["errors"][0]["code"]) == (422, "idempotency_key_used")
    assert Proposal.objects.count() == 1


def test_an_idempotency_key_is_needed(client: Client, key: str) -> None:
    for once in ("", "short", "a" * 129, "with spaces in it", "é" * 10, '"', "\x00" * 9):
        given = {"HTTP_IDEMPOTENCY_KEY": once} if once else {}
        sent = client.post(PLACE, orjson.dumps(proposal()), "application/json", headers=bearer(key), **given)
        problem = told(sent)
        assert (problem["status"], problem["errors"][0]["parameter"]) == (400, "Idempotency-Key"), once
    assert not Proposal.objects.exists()


def test_what_was_refused_may_be_sent_again_put_right(client: Client, register: Register, key: str) -> None:
    assert send(client, key, proposal(position="perhaps")).status_code == 400
    assert send(client, key, proposal()).status_code == 201


def _status(address: str, key: str, once: str) -> tuple[int, bytes]:
    asked = Request(
        f"{address}{PLACE}",
        orjson.dumps(proposal()),
        bearer(key, **{"Idempotency-Key": once, "Content-Type": "application/json"}),
    )
    try:
        with urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_make_one_row_and_are_answered_the_same() -> None:
    """Against the real server in two processes: a hundred requests, started in one moment."""
    build()
    _, key = partner_key()
    answers: list[tuple[int, bytes]] = []
    with gunicorn(RATE_LIMIT_KEY="0") as address:
        at_once(*[lambda: answers.append(_status(address, key, "all-at-once"))] * 100)
    assert Counter(status for status, _ in answers) == {201: 100}
    assert len({content for _, content in answers}) == 1
    assert Proposal.objects.count() == 1


WRONG: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"position": "perhaps"}, "position", "invalid_choice"),
    ({"position": 3}, "position", "invalid_choice"),
    ({"position": None}, "position", "null"),
    ({"summary": ""}, "summary", "blank"),
    ({"summary": 7}, "summary", "invalid"),
    ({"summary": True}, "summary", "invalid"),
    ({"summary": ["a"]}, "summary", "invalid"),
    ({"summary": "a\x00b"}, "summary", "null_characters_not_allowed"),
    ({"summary": "a" * 5_001}, "summary", "max_length"),
    ({"written_on": "0000-01-01"}, "written_on", "invalid"),
    ({"written_on": "2025-02-30"}, "written_on", "invalid"),
    ({"written_on": "next week"}, "written_on", "invalid"),
    ({"written_on": 2025}, "written_on", "invalid"),
    ({"implementation": "implemented"}, "implementation", "unknown"),
    ({"published": True}, "published", "unknown"),
    ({"about": "safe/1"}, "about.non_field_errors", "invalid"),
    ({"about": {"type": "body", "id": "force-a"}}, "about", "wrong_type"),
    ({"about": {"type": "event", "id": "1"}}, "about.type", "invalid_choice"),
    ({"about": {"type": "addressee", "id": "safe/1/nobody"}}, "about.id", "unknown"),
    ({"about": {"type": "addressee", "id": "safe/1/force-a", "pk": 1}}, "about.pk", "unknown"),
    ({"source": {}}, "source.url", "required"),
    ({"source": {"url": "ftp://a.example/", "title": "x"}}, "source.url", "invalid"),
    ({"source": {"url": "javascript:alert(1)", "title": "x"}}, "source.url", "invalid"),
    ({"kind": "publication"}, "kind", "invalid_choice"),
    ({"kind": None}, "kind", "null"),
)


def test_what_is_wrong_is_named(client: Client, register: Register, key: str) -> None:
    for change, parameter, code in WRONG:
        problem = told(send(client, key, {**proposal(), **change}))
        assert problem["status"] == 400
        named = [(each["parameter"], each["code"]) for each in problem["errors"]]
        assert (parameter, code) in named, (change, named)
    assert not Proposal.objects.exists()


BODIES = (
    (b"", 400),
    (b"null", 400),
    (b"[]", 400),
    (b"3", 400),
    (b'"x"', 400),
    (b"{", 400),
    (b'{"kind": "\\ud800"}', 400),
    (b"\xff\xfe{}", 400),
    (b"[" * 30_000, 400),
    (b'{"a":' * 17 + b"1" + b"}" * 17, 400),
    (b'{"kind": NaN}', 400),
    (b'{"kind": ' + b"9" * 5_000 + b"}", 400),
    (b" " * (64 * 1024 + 1), 413),
    (b'{"a": "' + b"a" * 10_000_000 + b'"}', 413),
)


def test_no_body_breaks_it(client: Client, key: str) -> None:
    for body, status in BODIES:
        assert told(send(client, key, body))["status"] == status, body[:40]


def test_only_json_is_taken(client: Client, key: str) -> None:
    given = bearer(key, **{"Idempotency-Key": "first-of-all"})
    for said in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "x", ""):
        answer = client.post(PLACE, orjson.dumps(proposal()), content_type=said, headers=given)
        assert told(answer)["status"] == 415


def test_a_draft_is_as_unknown_as_what_never_was(client: Client, register: Register, key: str) -> None:
    hidden = make_body(f"{DRAFT} body", published=False)
    ask = make_recommendation(f"{DRAFT} ask", number="77", report=register.report, published=False)
    answer = make_answer(register.addressees[0], position="rejected", published=False)
    for kind, fact in (("body", hidden), ("recommendation", ask), ("answer", answer)):
        draft, never = (
            send(client, key, {**CORRECTION, "about": {"type": kind, "id": name}})
            for name in (fact.ref, "never")
        )
        assert draft.status_code == 400
        assert (draft.content, dict(draft.headers)) == (never.content, dict(never.headers))


def test_a_partner_cannot_bury_the_desk(
    client: Client, register: Register, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MOST_WAITING", 2)
    for n in range(2):
        assert send(client, key, proposal(), once=f"number-{n}").status_code == 201
    assert told(send(client, key, proposal(), once="number-3"))["status"] == 409
    assert send(client, key, proposal(), once="number-1").status_code == 201
    proposals.take_up(proposals=[Proposal.objects.all()[0]], by=staff(), at=register.ask.updated_at)
    assert send(client, key, proposal(), once="number-3").status_code == 201


def test_no_page_of_another_site_proposes(client: Client, register: Register, key: str) -> None:
    page = {"Origin": "https://partner.example"}
    asked = {
        **page,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    preflight = client.options("/api/v1/bodies/", headers=asked)
    assert "POST" not in preflight.headers["Access-Control-Allow-Methods"]
    assert "Authorization" not in preflight.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in send(client, key, proposal(), **page).headers


def test_staff_who_follow_proposals_hear_of_each_once(client: Client, register: Register, key: str) -> None:
    keeper = staff()
    kinds, at = [News.PROPOSAL], timezone.now()
    interests.follow(reader=keeper, wanted={}, kinds=kinds, channel=Channel.AT_ONCE, at=at)
    send(client, key, proposal())
    assert [telling.tell_of_proposals(at=timezone.now()) for _ in range(2)] == [1, 0]
    send(client, key, PROGRESS, once="second-of-all")
    assert telling.tell_of_proposals(at=timezone.now()) == 1
    assert "safe/1/force-a" in Notice.objects.first().matter
    assert telling.tell_of_proposals(at=timezone.now() + timedelta(days=4)) == 0
