"""Asking again: the tag, what it depends on, and that the head is read before the data in one snapshot."""

from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api import views
from tests.api.conftest import Register, build, seal
from tests.factories import make_body, make_source
from tracker.models import Body
from tracker.queries.head import public_head, snapshot

PLACE = "/api/v1/addressees/"


@pytest.mark.django_db
def test_who_holds_the_answer_gets_304_before_anything_is_read(client: Client, register: Register) -> None:
    tag = client.get(PLACE).headers["ETag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}'):
        with CaptureQueriesContext(connection) as queries:
            again = client.get(PLACE, headers={"If-None-Match": held})
        assert again.status_code == 304
        # A cache would take them for those of the answer that it holds.
        assert not {"Content-Type", "Content-Length"} & {*again.headers}
        assert again.content == b""
        assert again.headers["ETag"] == tag
        assert "max-age" in again.headers["Cache-Control"]
        # 1. the head of the public chain
        assert len(queries) == 1
    assert client.get(PLACE, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.django_db
def test_any_answer_at_all_is_304_only_where_there_is_one(client: Client, register: Register) -> None:
    assert client.get(PLACE, headers={"If-None-Match": "*"}).status_code == 304
    assert client.get(f"{PLACE}never/1/", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get(f"{PLACE}?bogus=1", headers={"If-None-Match": "*"}).status_code == 400


@pytest.mark.django_db
def test_the_tag_changes_with_the_head_the_day_the_query_and_the_host(
    client: Client, register: Register
) -> None:
    tags = [client.get(PLACE).headers["ETag"]]
    tags.append(client.get(PLACE, {"page_size": "50"}).headers["ETag"])
    tags.append(client.get(PLACE, headers={"Host": "other.example"}).headers["ETag"])
    with time_machine.travel(datetime(2031, 1, 1, 12, tzinfo=UTC)):
        tags.append(client.get(PLACE).headers["ETag"])
    assert client.get(PLACE).headers["ETag"] == tags[0]
    make_body("One more")
    seal()
    tags.append(client.get(PLACE).headers["ETag"])
    assert len(set(tags)) == 5


@pytest.mark.django_db
def test_the_day_is_the_registers_own(client: Client, register: Register) -> None:
    """In summer the register's midnight in London is 23:00 in UTC."""
    tags = []
    for minute in (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), datetime(2026, 7, 1, 23, 0, tzinfo=UTC)):
        with time_machine.travel(minute, tick=False):
            tags.append((client.get(PLACE).json()["results"][0]["as_of"], client.get(PLACE).headers["ETag"]))
    assert [day for day, _ in tags] == ["2026-07-01", "2026-07-02"]
    assert tags[0][1] != tags[1][1]


@pytest.mark.django_db
def test_caches_may_keep_it_for_a_little_and_must_tell_representations_apart(
    client: Client, register: Register
) -> None:
    answer = client.get(PLACE)
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert answer.headers["Vary"] == "Accept"
    assert "Set-Cookie" not in answer.headers
    assert client.get(f"{PLACE}never/").headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_head_tells_what_get_tells(client: Client, register: Register) -> None:
    got, head = client.get(PLACE), client.head(PLACE)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def write_elsewhere(name: str) -> None:
    """A body published meanwhile, by somebody with a connection of their own."""

    def write() -> None:
        make_body(name)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    writer.join()


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_never_newer_than_its_tag_says(client: Client, monkeypatch: Any) -> None:
    """A body is published between reading the head and reading the rows: the answer does not hold it."""
    make_source()
    make_body("Before")
    matching = views.BodyViewSet.matching

    def late(wanted: Any) -> Any:
        public_head()
        write_elsewhere("Meanwhile")
        return matching(wanted)

    with monkeypatch.context() as patch:
        patch.setattr(views.BodyViewSet, "matching", staticmethod(late))
        torn = client.get("/api/v1/bodies/")
    assert Body.objects.public().count() == 2
    assert [each["name"] for each in torn.json()["results"]] == ["Before"]
    fresh = client.get("/api/v1/bodies/")
    assert [each["name"] for each in fresh.json()["results"]] == ["Before", "Meanwhile"]
    assert fresh.headers["ETag"] != torn.headers["ETag"]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_reads_one_moment_writes_nothing_and_leaves_the_connection_as_it_was() -> None:
    make_source()
    with snapshot():
        before = public_head()
        write_elsewhere("Meanwhile")
        assert public_head() == before
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('transaction_read_only'), current_setting('transaction_isolation')"
            )
            assert cursor.fetchone() == ("on", "repeatable read")
    assert public_head().number == before.number + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('transaction_read_only'), current_setting('transaction_isolation')"
        )
        assert cursor.fetchone() == ("off", "read committed")
    build()  # the connection can write
