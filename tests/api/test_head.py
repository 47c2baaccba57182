"""The end of the public chain, over the connection that a thread keeps for it."""

import threading

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import make_body
from tracker.models import LedgerHead
from tracker.queries.head import LATELY, head_lately, public_head, snapshot


def backends() -> list[int]:
    """The sessions of this database but this one, that asked for the head last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND query LIKE '%public_number%'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def asked_alone() -> int:
    """The number of the head, as a thread without a connection of its own is told it."""
    connection.close()
    return public_head().number


@pytest.mark.django_db(transaction=True)
def test_the_head_that_is_asked_of_the_kept_connection_is_the_one_that_was_committed_last() -> None:
    before = asked_alone()
    with transaction.atomic():
        make_body("A body")
        inside = public_head().number
    after = asked_alone()
    # Two lines: the body and its source are published. Within the transaction nothing is sealed yet.
    assert (inside, after) == (before, before + 2)


@pytest.mark.django_db(transaction=True)
def test_one_question_serves_all_who_ask_within_a_moment_and_no_longer() -> None:
    before = head_lately(at=100.0)
    assert before == public_head()
    make_body("A body")
    after = public_head()
    assert after != before
    # From the first question on, not from the last: who keeps asking does not keep it old.
    assert [head_lately(at=100.0 + LATELY * part) for part in (0.6, 0.9)] == [before, before]
    assert head_lately(at=100.0 + 1.5 * LATELY) == after
    # Within a transaction the head is that one's own.
    with transaction.atomic():
        LedgerHead.objects.update(public_number=after.number + 7)
        assert head_lately(at=100.0 + 1.5 * LATELY).number == after.number + 7
        transaction.set_rollback(True)
    assert head_lately(at=100.0 + 1.5 * LATELY) == after
    # A clock that began anew says nothing of how long ago that was.
    make_body("Another body")
    assert head_lately(at=1.0) == public_head()


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_that_the_server_ended_is_made_anew() -> None:
    before = asked_alone()
    kept = backends()
    assert kept
    with connection.cursor() as cursor:
        for pid in kept:
            cursor.execute("SELECT pg_terminate_backend(%s, 1000)", [pid])
    assert asked_alone() == before
    assert backends()
    assert not set(backends()) & set(kept)


def read_only() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_snapshot_is_read_by_whoever_uses_the_connection_next() -> None:
    for _ in range(2):
        with snapshot():
            assert read_only() == "on"
        assert read_only() == "off"
        with snapshot():
            pass
        make_body("A body")
        with snapshot():
            pass
        connection.close()
    with pytest.raises(DatabaseError), snapshot():
        read_only()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    assert read_only() == "off"


@pytest.mark.django_db(transaction=True)
def test_while_the_end_of_a_snapshot_is_awaited_other_threads_go_on() -> None:
    going_on, done = [0], threading.Event()

    def go_on() -> None:
        while not done.wait(0.001):
            going_on[0] += 1

    other = threading.Thread(target=go_on)
    other.start()
    with snapshot():
        assert read_only() == "on"
    # A server that takes its time to say that it has ended.
    connection.ensure_connection()
    connection.connection.pgconn.send_query(b"SELECT pg_sleep(1)")
    connection.ending = True
    before = going_on[0]
    assert read_only() == "off"
    after = going_on[0]
    done.set()
    other.join()
    # A second in turns of a millisecond or a little more.
    assert after - before > 50


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_whose_server_is_gone_ends_quietly() -> None:
    with snapshot() as moment:
        assert moment.head.number >= 0  # it begins
        server = connection.connection.info
        with psycopg.connect(server.dsn, password=server.password, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 1000)", [server.backend_pid])
    connection.close()
    assert read_only() == "off"


@pytest.mark.django_db(transaction=True)
def test_each_thread_keeps_one_of_its_own() -> None:
    """libpq takes one question at a time on a connection."""
    told: list[int] = []
    asking = [
        threading.Thread(target=lambda: told.extend(asked_alone() for _ in range(50))) for _ in range(4)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert told == [asked_alone()] * 200
