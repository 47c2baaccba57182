"""The change feed: in order, complete, verifiable, and with cursors that nobody can make up."""

import base64
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import connection, transaction
from django.test import Client

from tests.api.conftest import AT, Register, seal
from tests.factories import STAFF, make_body, make_source, remove
from tracker.actions.correcting import correct
from tracker.actions.publishing import withdraw
from tracker.models import LedgerHead, PublicSeal
from tracker.queries.by_id import fact_models
from tracker.queries.changes import Cursor, NoSuchCursor, changes, place
from tracker.vocabulary import Noun

CONTENT = ("after", "kind", "occurred_on", "reason", "recorded_at", "role", "subject", "v")


@pytest.fixture
def some_lines(db: None) -> None:
    """Six public lines."""
    make_source()
    for n in range(5):
        make_body(f"Body {n}")
    seal()


def read(client: Client, **asked: Any) -> dict[str, Any]:
    response = client.get("/api/v1/changes/", asked)
    assert response.status_code == 200, response.content
    return orjson.loads(response.content)


def follow(client: Client, size: int = 200) -> list[dict[str, Any]]:
    """All lines, page by page."""
    page = read(client, page_size=size)
    lines = page["results"]
    while page["results"]:
        page = orjson.loads(client.get(page["next"]).content)
        lines += page["results"]
    return lines


def verify(lines: list[dict[str, Any]]) -> None:
    """What the documentation of a line tells a mirror to do, with nothing of the register's own code."""
    chain = bytes(32)
    for line in lines:
        leaf = bytes.fromhex(line["leaf"])
        if not line["erased"]:
            content = {name: line[name] for name in CONTENT}
            text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert hashlib.sha256(bytes.fromhex(line["salt"]) + text.encode()).digest() == leaf, line
        chain = hashlib.sha256(chain + leaf).digest()
        assert chain.hex() == line["hash"]


@pytest.mark.django_db
def test_a_mirror_can_verify_every_line(client: Client, register: Register) -> None:
    correct(
        fact=register.report,
        values={"title": 'Ünï "cödé"\n\t\\ 漢字 \u2028 \x7f 🦓 </script>'},
        reason="Letters of every kind.",
        by=STAFF,
        at=AT,
    )
    seal()
    lines = follow(client, size=7)
    assert [line["number"] for line in lines] == list(range(1, PublicSeal.objects.count() + 1))
    verify(lines)
    whole = {name: value for name, value in lines[-1].items() if name in CONTENT}
    assert "🦓" in whole["after"]["title"]


@pytest.mark.django_db
def test_next_is_always_given_so_that_one_can_poll(client: Client, some_lines: None) -> None:
    last = read(client, page_size=200)
    again = orjson.loads(client.get(last["next"]).content)
    assert again["results"] == []
    assert again["next"] == last["next"]
    make_body("A new body")
    seal()
    assert [line["kind"] for line in orjson.loads(client.get(last["next"]).content)["results"]] == [
        "body.published"
    ]


@pytest.mark.django_db
def test_an_empty_register_can_be_polled_from_the_start(client: Client) -> None:
    page = read(client)
    assert page["results"] == [] and page["next"]
    make_source()
    seal()
    assert len(orjson.loads(client.get(page["next"]).content)["results"]) == 1


@pytest.mark.django_db
def test_what_is_withdrawn_leaves_a_tombstone(client: Client, register: Register) -> None:
    before = read(client, page_size=200)["next"]
    withdraw(facts=[register.ask], reason="It was never made.", by=STAFF, at=AT)
    seal()
    told = orjson.loads(client.get(before).content)["results"]
    stones = [line for line in told if line["kind"].endswith(".withdrawn")]
    subjects = {line["subject"]["id"] for line in stones}
    assert subjects >= {"safe/1", *(each.ref for each in register.addressees[:3])}
    assert all(line["after"] == {} for line in stones)
    assert {line["reason"] for line in stones} == {"It was never made."}


@pytest.mark.django_db
def test_an_erased_line_says_so_and_the_chain_still_verifies(client: Client, some_lines: None) -> None:
    victim = PublicSeal.objects.get(number=5)
    model = fact_models()[Noun(victim.event.subject_type)]
    remove(model.objects.get(pk=victim.event.subject_id))
    seal()
    lines = follow(client)
    erased = lines[4]
    assert erased["erased"] is True
    assert [erased[name] for name in ("after", "reason", "salt", "v")] == [None] * 4
    assert erased["subject"]["id"] is None
    [said] = [line for line in lines if line["subject"] == {"type": "event", "id": "line-5"}]
    assert said["kind"] == "content.erased"
    verify(lines)


@pytest.mark.django_db
def test_a_cursor_that_was_never_given_is_refused(client: Client, some_lines: None) -> None:
    good = read(client, page_size=3)["results"][-1]["cursor"]
    for at in range(len(good)):
        for other in "Az0-_".replace(good[at], ""):
            with pytest.raises(NoSuchCursor):
                changes(Cursor.read(good[:at] + other + good[at + 1 :]), 1, LedgerHead.objects.get().epoch)
    raw = base64.urlsafe_b64decode(good)
    for forged in (
        "",
        "0",
        "1",
        good * 2,
        good[:-4],
        good + "=",
        base64.urlsafe_b64encode(raw[:-1]).decode(),
        "é",
    ):
        problem = client.get("/api/v1/changes/", {"after": forged})
        assert problem.status_code == 400, forged
        assert orjson.loads(problem.content)["errors"][0]["parameter"] == "after"


@pytest.mark.django_db
def test_a_cursor_made_by_the_rules_but_not_by_the_chain_is_refused(client: Client, some_lines: None) -> None:
    epoch = LedgerHead.objects.get().epoch
    for forged in (place(epoch, 3, bytes(32)), place(epoch, 2**62, b"x" * 32), place(epoch, 0, b"x" * 32)):
        assert client.get("/api/v1/changes/", {"after": str(forged)}).status_code == 400


@pytest.mark.django_db
def test_a_cursor_of_a_lost_history_is_gone(client: Client, some_lines: None) -> None:
    """A cursor from before a restore is good while the chain knows it, and 410 beyond."""
    third = PublicSeal.objects.get(number=3)
    known = place(uuid4(), 3, bytes(third.hash))
    assert read(client, after=str(known))["results"][0]["number"] == 4
    lost = client.get("/api/v1/changes/", {"after": str(place(uuid4(), 3, b"another history....."))})
    assert lost.status_code == 410
    assert lost.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_cursor_reads_back_as_it_was_written(some_lines: None) -> None:
    seal_ = PublicSeal.objects.get(number=2)
    cursor = place(LedgerHead.objects.get().epoch, 2, bytes(seal_.hash))
    assert Cursor.read(str(cursor)) == cursor
    assert changes(cursor, 1, cursor.epoch).lines[0].number == 3


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_follows_skips_nothing_while_others_write(client: Client) -> None:
    """Four writers whose transactions end in another order than they began, and a reader who asks all the time."""
    make_source()

    def write(writer: int) -> None:
        try:
            for n in range(6):
                with transaction.atomic():
                    make_body(f"Body {writer} {n}")
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_sleep(%s)", [0.01 * ((writer + n) % 4)])
        finally:
            connection.close()

    page = read(client)
    seen = [line["subject"]["id"] for line in page["results"]]
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, n) for n in range(4)]
        while not all(each.done() for each in writers):
            page = orjson.loads(client.get(page["next"]).content)
            seen += [line["subject"]["id"] for line in page["results"]]
        for each in writers:
            each.result()
    page = orjson.loads(client.get(page["next"]).content)
    seen += [line["subject"]["id"] for line in page["results"]]
    assert len(seen) == len(set(seen)) == PublicSeal.objects.count() == 25
