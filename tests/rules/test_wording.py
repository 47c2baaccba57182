"""The public wording, in Python and in SQL, over one table of cases."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection

from tracker.queries import wording
from tracker.vocabulary import (
    STATUSES,
    Basis,
    Position,
    Precision,
    acknowledged_label,
    position_label,
    status_label,
)

DUE, CHECKED, CAME, REVIEWED = date(2021, 3, 9), date(2026, 3, 3), date(2026, 11, 22), date(2026, 3, 1)
WORDS = ("given_by", "given_for", "waited_for", "acknowledged", "contested_by")
DAYS = ("due_on", "checked_on", "came_on", "reviewed_on")


def cases() -> Iterator[dict[str, Any]]:
    for status, position, basis in product(STATUSES, Position.values, Basis.values):
        for there, days, reviewed in (
            (True, 1, False),
            (True, 41, True),
            (False, 0, False),
            (False, 0, True),
        ):
            yield {
                "reviewed_on": REVIEWED if reviewed else None,
                "contested_by": "the body" if reviewed else "",
                "status": status,
                "position": position,
                "basis": basis,
                "due_on": DUE if there else None,
                "days_overdue": days,
                "checked_on": CHECKED if there else None,
                "came_on": CAME if there else None,
                "given_by": "the NPCC",
                "given_for": "all forces" if there else "it",
                "waited_for": "a review, 100 % of it; 'soon'" if there else "",
                "acknowledged": "in May 2021" if there else "",
            }


@pytest.mark.django_db
def test_every_status_is_worded_alike() -> None:
    table = list(cases())
    names = list(table[0])
    facts = {
        **{name: f"nullif(c.{name}, '')" for name in WORDS},
        **{name: wording.day_words(f"c.{name}") for name in DAYS},
        "days_overdue": wording.days_words("c.days_overdue"),
        "said": f"(SELECT lower(left(s, 1)) || substr(s, 2) FROM ({wording_of_position()}) AS said (s))",
    }
    # A position is worded by its own label, as the answer of an addressee has it.
    words = wording.status_words("c.status", "c.basis", facts)
    kinds = {**dict.fromkeys(DAYS, "date"), "days_overdue": "int"}
    row = "(" + ", ".join(f"%s::{kinds.get(name, 'text')}" for name in names) + ")"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {words} FROM (VALUES {', '.join([row] * len(table))}) AS c ({', '.join(names)})",
            [each[name] for each in table for name in names],
        )
        said = [words for (words,) in cursor.fetchall()]
    assert said == [status_label(**each) for each in table]


def wording_of_position() -> str:
    return f"SELECT {wording.position_words('c.position', 'c.basis')}"


@pytest.mark.django_db
@pytest.mark.parametrize("precision", [*Precision.values, ""])
def test_every_acknowledgement_is_dated_alike(precision: str) -> None:
    latest = date(2021, 5, 9) if precision else None
    words = wording.acknowledged_words("c.latest", "c.precision")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {words} FROM (SELECT %s::date, %s::text) AS c (latest, precision)", [latest, precision]
        )
        assert cursor.fetchone() == (acknowledged_label(latest, precision),)


@pytest.mark.django_db
def test_a_refusal_that_is_our_reading_says_so_in_both() -> None:
    words = wording.position_words("c.position", "c.basis")
    with connection.cursor() as cursor:
        for position, basis in product(Position.values, Basis.values):
            cursor.execute(
                f"SELECT {words} FROM (SELECT %s::text, %s::text) AS c (position, basis)", [position, basis]
            )
            assert cursor.fetchone() == (position_label(position, basis),)
