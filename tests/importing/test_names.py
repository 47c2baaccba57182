"""Whom a cell names: through HTML and marks that nobody sees, and what is offered for names that are not known."""

import pytest

from tests.factories import make_body
from tests.importing.files import make_feeds_world
from tests.importing.world import applied, counts, csv_bytes, make_world, named, planned, problems, rows
from tracker.importing.slips import slips
from tracker.models import Addressee, Answer, Body, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


# --- HTML, and what nobody sees ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        ("Department of Health &amp; Social Care", ["Department of Health & Social Care"]),
        ("Kent Police; Department of Health &amp; Social Care",
         ["Department of Health & Social Care", "Kent Police"]),
        ("<b>Kent Police</b>", ["Kent Police"]),
        ("Kent Police<br>Essex Police", ["Essex Police", "Kent Police"]),
        ("<p>Kent Police</p><p>Essex Police</p>", ["Essex Police", "Kent Police"]),
        ("Kent&nbsp;Police", ["Kent Police"]),
        ("Kent Police\u200f; \u202bEssex Police\u202c", ["Essex Police", "Kent Police"]),
        ("Kent\u200bPolice; \ufeffEssex Police", ["Essex Police", "Kent Police"]),
        ("Ke\u00adnt Police", ["Kent Police"]),
    ],
)  # fmt: skip
def test_a_name_is_known_through_html_and_marks_that_nobody_sees(cell: str, bodies: list[str]) -> None:
    make_body("Department of Health & Social Care")
    of = applied(planned(csv_bytes(rows({"Sent to": cell}))))
    assert counts(of) == {"new": 1}
    assert sorted(Addressee.objects.values_list("body__name", flat=True)) == bodies


def test_words_dates_and_references_are_known_through_them_too() -> None:
    found = rows(
        {"Status": "<p>Accepted</p>"},
        {"No": "2\u200f", "Status": "Accepted\u200f", "Date": "3/12/2021\u200f"},
        {"No": "<b>3</b>", "Status": "Accepted", "Date": "<p>3 December 2021</p>"},
    )
    of = applied(planned(csv_bytes(found)))
    assert counts(of) == {"new": 3}
    assert set(Answer.objects.values_list("position", flat=True)) == {"accepted"}
    assert set(Recommendation.objects.values_list("number", flat=True)) == {"1", "2", "3"}


# --- Names that are not known -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Osfted", "Ofsted"), ("Ofstde", "Ofsted"), ("NCPC", "NPCC"), ("Hoem Offcie", "Home Office"),
     ("Kemt Police", "Kent Police"), ("Minstry of Jutsice", "Ministry of Justice"), ("Police, Kent", "Kent Police")],
)  # fmt: skip
def test_a_name_that_was_mistyped_is_offered_first(typed: str, meant: str) -> None:
    for name in ("Ofsted", "NPCC", "Ministry of Justice"):
        make_body(name)
    of = planned(csv_bytes(rows({"Sent to": typed.replace(", ", " ")})))
    assert Body.objects.get(ref=of.names.get().nearest[0]).name == meant


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [("oman", "omna", 1, 1), ("peru", "pereu", 1, 1), ("peru", "chad", 2, None), ("abcd", "badc", 2, 2),
     ("kent", "kent", 0, 0), ("", "ab", 2, 2), ("kent", "ken", 1, 1), ("ca", "abc", 3, 3)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, most: int, expected: int | None) -> None:
    assert slips(one, other, most) == expected
    assert slips(other, one, most) == expected


@pytest.mark.parametrize(
    "cell", ["Redacted.", "[REDACTED]", "N.A.", "N/A", "Not applicable", "—", "Total: 5", "Grand total", "12"]
)
def test_what_is_no_body_is_nobody_however_it_is_written(cell: str) -> None:
    of = planned(csv_bytes(rows({"Sent to": cell})))
    assert problems(of) == [(2, "Sent to", "nobody is addressed")]
    assert not of.names.exists()


def test_no_state_is_entered_without_a_person() -> None:
    make_feeds_world()
    make_body("Peru", kind="state")
    columns = ("Session", "Review", "Date", "Recommending state", "Paragraph", "Recommendation", "Issue",
               "State under review", "Position")  # fmt: skip
    names = ("Pereu", "Ruritania", "Redacted.")
    found = [
        dict(
            zip(columns, ("S1", "F", "2015", name, str(n), "Ratify.", "", "Freedonia", "Noted"), strict=True)
        )
        for n, name in enumerate(names)
    ]
    bodies = Body.objects.count()
    of = applied(planned(csv_bytes(found, columns), named("human-rights-review")))
    assert counts(of) == {"conflict": 3}
    assert {each.name: each.nearest for each in of.names.all()} == {"Pereu": ["peru"], "Ruritania": []}
    assert Body.objects.count() == bodies
