"""Several questions in one journey: each answered in its turn, or none; and what a connection keeps of them."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tracker.queries import asking
from tracker.queries.asking import KEPT, Question, asked

ONE, TWO = Question(b"SELECT 1"), Question(b"SELECT $1::text, $2::int", ["two", 2])
BROKEN = Question(b"SELECT 1 / $1::int", [0])
KEPT_HERE = "SELECT name, statement FROM pg_prepared_statements ORDER BY prepare_time"


@pytest.fixture
def server(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, on which nothing was asked."""
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as made:
        yield made


def kept(server: psycopg.Connection[Any]) -> list[str]:
    return [text for _, text in server.execute(KEPT_HERE).fetchall()]


def test_each_is_answered_in_its_turn(server: psycopg.Connection[Any]) -> None:
    for _ in range(2):
        assert asked(server, [ONE, TWO, ONE]) == [[(1,)], [("two", 2)], [(1,)]]
        assert asked(server, [TWO._replace(binary=False)]) == [[("two", 2)]]
        assert asked(server, []) == []
    assert kept(server) == ["SELECT 1", "SELECT $1::text, $2::int"]


def test_a_text_with_other_kinds_of_values_is_another(server: psycopg.Connection[Any]) -> None:
    either = Question(b"SELECT $1")
    assert asked(server, [either._replace(values=["a"]), either._replace(values=[True])]) == [
        [("a",)],
        [(True,)],
    ]
    assert kept(server) == ["SELECT $1"] * 2


def test_the_first_error_is_raised_and_nobody_gets_anothers_answer(server: psycopg.Connection[Any]) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            asked(server, [ONE, BROKEN, TWO])
        assert asked(server, [TWO, ONE]) == [[("two", 2)], [(1,)]]


def test_a_value_that_cannot_be_written_costs_nobody_the_connection(server: psycopg.Connection[Any]) -> None:
    for value in ("\ud800", "a\x00b", object()):
        with pytest.raises((psycopg.Error, ValueError)):
            asked(server, [ONE, TWO._replace(values=[value, 2])])
        assert asked(server, [ONE, TWO]) == [[(1,)], [("two", 2)]]


def test_a_text_that_could_not_be_planned_is_planned_anew(server: psycopg.Connection[Any]) -> None:
    late = Question(b"SELECT n FROM late")
    with pytest.raises(psycopg.errors.UndefinedTable):
        asked(server, [late, ONE])
    server.execute("CREATE TEMPORARY TABLE late AS SELECT 7 AS n")
    assert asked(server, [ONE, late]) == [[(1,)], [(7,)]]


def test_plans_that_the_server_has_no_more_are_made_anew(server: psycopg.Connection[Any]) -> None:
    asked(server, [ONE, TWO])
    server.execute("DEALLOCATE ALL")
    with pytest.raises(psycopg.errors.InvalidSqlStatementName):
        asked(server, [ONE])
    assert asked(server, [ONE, TWO]) == [[(1,)], [("two", 2)]]


def test_a_connection_keeps_so_many_plans_and_no_more(server: psycopg.Connection[Any]) -> None:
    for number in range(KEPT + 5):
        assert asked(server, [Question(b"SELECT %d" % number), ONE]) == [[(number,)], [(1,)]]
    assert len(kept(server)) == KEPT
    # What is used stays, what comes once is not kept, and what was forgotten is planned again.
    assert ONE.text.decode() in kept(server) and "SELECT 0" not in kept(server)
    asked(server, [Question(b"SELECT 0", kept=False)])
    assert "SELECT 0" not in kept(server)
    assert asked(server, [Question(b"SELECT 0")]) == [[(0,)]]


def test_a_plan_that_could_not_be_forgotten_is_forgotten_later(server: psycopg.Connection[Any]) -> None:
    for number in range(KEPT):
        asked(server, [Question(b"SELECT %d" % number)])
    with pytest.raises(psycopg.errors.DivisionByZero):
        asked(server, [Question(b"SELECT 0"), BROKEN])
    assert len(kept(server)) == KEPT + 1
    asked(server, [ONE])
    assert len(kept(server)) == KEPT
    assert asked(server, [Question(b"SELECT %d" % number) for number in range(3)]) == [[(0,)], [(1,)], [(2,)]]


def test_a_journey_that_is_broken_off_leaves_no_answer_to_the_next(
    server: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(asking, "fetch", interrupted)
        asked(server, [ONE])
    with pytest.raises(psycopg.OperationalError):
        asked(server, [TWO])
    assert server.closed


def test_a_server_that_is_gone_is_said_to_be(server: psycopg.Connection[Any]) -> None:
    asked(server, [ONE])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 1000)", [server.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        asked(server, [ONE, TWO])
    assert server.closed


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_first_in_a_transaction_is_asked_in_it() -> None:
    which = Question(b"SELECT pg_current_xact_id()::text")
    with transaction.atomic():
        assert connection.ask([which]) == connection.ask([which])
    assert connection.ask([which]) != connection.ask([which])
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.ask([BROKEN])
    assert connection.ask([ONE]) == [[(1,)]]
