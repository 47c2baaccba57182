"""Whom a cell names: through HTML and marks that nobody sees, and what is offered for names that are not known."""

import pytest

from tests.factories import make_body
from tests.importing.world import applied, counts, csv_bytes, make_world, planned, rows
from tracker.models import Addressee, Answer, Recommendation

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
