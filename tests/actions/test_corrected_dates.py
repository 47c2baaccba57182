"""A date that could not be entered cannot be corrected into the register either."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_body,
    make_check,
    make_extension,
    make_recommendation,
    make_report,
)
from tracker.actions.correcting import correct
from tracker.models import Addressee, Fact
from tracker.models.base import span_columns
from tracker.spans import parse_span

pytestmark = pytest.mark.django_db


@pytest.fixture
def addressee() -> Addressee:
    """Asked on 2 June 2025; it is 3 March 2026."""
    addressee = make_addressee(body=make_body("B"), answer_due_on=date(2025, 7, 28))
    make_answer(addressee, position="accepted", answered="2025-07-01")
    return addressee


def corrected(fact: Fact, **values: Any) -> None:
    correct(fact=fact, values=values, reason="A typing error.", by=STAFF, at=AT)


def span(name: str, written: str) -> dict[str, Any]:
    return span_columns(name, parse_span(written))


@pytest.mark.parametrize("day", ["2019-01-01", "2030-01-01"])
@pytest.mark.parametrize("name", ["written", "received", "published"])
def test_of_a_response(addressee: Addressee, name: str, day: str) -> None:
    response = addressee.answers.get().response
    with pytest.raises(ValidationError) as refused:
        corrected(response, **span(name, day))
    assert list(refused.value.message_dict) == [f"{name}_on"]
    response.refresh_from_db()
    assert response.answered_on == parse_span("2025-07-01")
    corrected(response, **span(name, "2025-06-02"))


def test_of_an_assessment_an_extension_a_check(addressee: Addressee) -> None:
    facts = (
        (make_assessment(addressee, assessed="2025-09-01"), "assessed", "2025-09-02"),
        (make_extension(addressee, until=date(2026, 1, 1)), "granted", "2025-07-02"),
    )
    for fact, name, good in facts:
        for wrong in ("2019-01-01", "2030-01-01"):
            with pytest.raises(ValidationError) as refused:
                corrected(fact, **span(name, wrong))
            assert list(refused.value.message_dict) == [f"{name}_on"]
        corrected(fact, **span(name, good))
    with pytest.raises(ValidationError, match="before the ask"):
        corrected(facts[1][0], until_on=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="not come yet"):
        corrected(make_check(addressee, checked_on=date(2025, 9, 1)), checked_on=date(2030, 1, 1))


def test_of_an_addressee(addressee: Addressee) -> None:
    with pytest.raises(ValidationError, match="before the ask"):
        corrected(addressee, first_answer_due_on=date(2025, 6, 1), answer_due_basis="At once.")
    corrected(addressee, first_answer_due_on=date(2025, 6, 2), answer_due_basis="On the day.")


def test_of_an_ask(addressee: Addressee) -> None:
    ask = addressee.recommendation
    for wrong in ("2025-06-01", "2025-07-02"):  # before its report, after its answer
        with pytest.raises(ValidationError) as refused:
            corrected(ask, **span("asked", wrong))
        assert list(refused.value.message_dict) == ["asked_on"]
    corrected(ask, **span("asked", "2025-07-01"))


def test_of_a_report_the_asks_of_its_day_move_with_it(addressee: Addressee) -> None:
    report = addressee.recommendation.report
    later = make_recommendation("Asked later", number="2", report=report, **span("asked", "2025-08-01"))
    with pytest.raises(ValidationError):  # an answer came before that
        corrected(report, **span("dated", "2025-07-02"))
    with pytest.raises(ValidationError):
        corrected(report, **span("dated", "2030-01-01"))
    corrected(report, **span("dated", "2025-06-20"))
    addressee.recommendation.refresh_from_db()
    later.refresh_from_db()
    assert (addressee.recommendation.asked_latest, later.asked_latest) == (
        date(2025, 6, 20),
        date(2025, 8, 1),
    )


def test_a_report_is_not_moved_beyond_an_ask_with_a_day_of_its_own() -> None:
    report = make_report()
    make_recommendation("Asked later", report=report, **span("asked", "2025-08-01"))
    with pytest.raises(ValidationError, match="correct its date first"):
        corrected(report, **span("dated", "2025-09-01"))
    corrected(report, **span("dated", "2025-08-01"))


@pytest.mark.parametrize("name", ["on_behalf", "holding", "addressee", "response"])
def test_whose_an_answer_is_is_not_corrected(addressee: Addressee, name: str) -> None:
    """It was given for a body, or by it: another letter says otherwise, not a correction."""
    with pytest.raises(ValidationError, match="use the action for it"):
        corrected(addressee.answers.get(), **{name: True})
