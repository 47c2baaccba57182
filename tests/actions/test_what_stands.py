"""Nothing adverse is said of a body that does not stand: by a slip of a clerk, or by what was corrected since."""

from datetime import date, datetime, timedelta
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
    make_regime,
    make_report,
    make_silence,
    make_user,
)
from tracker.actions.correcting import correct
from tracker.actions.deadlines import record_missed_deadlines, set_deadlines
from tracker.actions.publishing import withdraw
from tracker.actions.reports import add_recommendations, address
from tracker.actions.responses import record_waits_ended
from tracker.actions.silences import propose_silences, second_silences
from tracker.ledger import CLOCK, Actor
from tracker.models import Addressee, Event, Fact, Recommendation, Silence
from tracker.models.base import span_columns
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.spans import parse_span
from tracker.vocabulary import Clock, Finding, Role, Status, Strength

pytestmark = pytest.mark.django_db
TODAY = register_day(AT)


def corrected(fact: Fact, **values: Any) -> None:
    correct(fact=fact, values=values, reason="Read again.", by=STAFF, at=AT)


def sweep() -> None:
    record_missed_deadlines(on=TODAY, by=CLOCK, at=AT)


def status(addressee: Addressee) -> str:
    addressee.refresh_from_db()
    [shown] = describe([addressee], TODAY)
    return shown.status


# --- days that have not come, and days before the ask -----------------------------------------------------------------


def test_by_a_day_that_has_not_come_nothing_can_have_happened() -> None:
    """It would outrank every real answer: nothing later can be on record."""
    addressee = make_addressee()
    with pytest.raises(ValidationError, match="not come yet"):
        make_answer(addressee, position="rejected", answered="2062-02-01", by_then=True)
    with pytest.raises(ValidationError, match="not come yet"):
        corrected(make_assessment(addressee), **span_columns("assessed", parse_span("2077-01-01", by=True)))
    extension = make_extension(addressee, until=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="not come yet"):
        corrected(extension, **span_columns("granted", parse_span("2050-01-01", by=True)))
    make_answer(addressee, position="rejected", answered=TODAY.isoformat(), by_then=True)


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2030, 1, 1)])
def test_what_an_answer_waited_for_came_after_the_ask_and_has_come(day: date) -> None:
    answer = make_answer(make_addressee(), position="deferred", waits_for="The review")
    with pytest.raises(ValidationError):
        record_waits_ended(answers=[answer], on=day, reason="It came", by=STAFF, at=AT)
    with pytest.raises(ValidationError) as refused:
        corrected(answer, wait_ended_on=day)
    assert list(refused.value.message_dict) == ["wait_ended_on"]
    corrected(answer, wait_ended_on=TODAY)


def test_no_other_answer_waits() -> None:
    with pytest.raises(ValidationError, match="no deferred answer"):
        make_answer(make_addressee(), position="accepted", wait_ended_on=TODAY)


# --- deadlines follow what they were worked out from ------------------------------------------------------------------


def test_a_deadline_moves_with_the_date_of_its_report() -> None:
    """It was late by a date that was typed wrong: it is not any more, and the miss is taken back."""
    addressee = make_addressee()
    sweep()
    assert status(addressee) == Status.OVERDUE
    report = addressee.recommendation.report
    corrected(report, **span_columns("dated", parse_span("2026-02-20")))
    assert status(addressee) == Status.AWAITING
    assert (addressee.first_answer_due_on, addressee.answer_due_on) == (date(2026, 4, 16), date(2026, 4, 16))
    assert "20 February 2026" in addressee.answer_due_basis and addressee.answer_missed_on is None
    kinds = [*Event.objects.filter(subject_type="addressee").values_list("kind", flat=True)]
    assert {"addressee.corrected", "deadline.moved", "deadline.miss_retracted"} <= {*kinds}


def test_a_deadline_moves_with_its_rule_and_goes_with_it() -> None:
    addressee = make_addressee()
    regime = addressee.recommendation.report.regime
    corrected(regime, amount=365)
    assert status(addressee) == Status.AWAITING and addressee.answer_due_on == date(2026, 6, 1)
    corrected(addressee.recommendation.report, regime=None)
    assert status(addressee) == Status.AWAITING
    assert (addressee.first_answer_due_on, addressee.answer_due_on, addressee.answer_due_basis) == (
        None,
        None,
        "",
    )


def test_what_a_person_set_stays_and_may_not_come_before_the_ask() -> None:
    addressee = make_addressee(answer_due_on=date(2025, 9, 1))
    corrected(addressee, first_answer_due_on=date(2025, 9, 1), answer_due_basis="The minister named the day.")
    with pytest.raises(ValidationError, match="before the ask"):
        corrected(addressee.recommendation.report, **span_columns("dated", parse_span("2025-10-01")))
    corrected(addressee.recommendation.report, **span_columns("dated", parse_span("2025-08-01")))
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2025, 9, 1)


def test_a_deadline_goes_with_a_rule_that_was_withdrawn() -> None:
    """It was no rule, or no longer is in the register: nobody is late by it, and no new ask gets a day from it."""
    addressee, set_by_hand = make_addressee(), make_addressee()
    corrected(
        set_by_hand, first_answer_due_on=date(2025, 9, 1), answer_due_basis="The minister named the day."
    )
    sweep()
    report = addressee.recommendation.report
    withdraw(facts=[report.regime], reason="That Act was repealed", by=STAFF, at=AT)
    assert status(addressee) == Status.AWAITING
    assert (addressee.answer_due_on, addressee.answer_due_basis) == (None, "")
    assert addressee.answer_missed_on is None
    set_by_hand.refresh_from_db()
    assert set_by_hand.answer_due_on == date(2025, 9, 1)
    later = make_addressee(recommendation=make_recommendation("Later", number="2", report=report))
    assert later.answer_due_on is None


def test_another_first_day_has_another_basis() -> None:
    addressee = make_addressee()
    with pytest.raises(ValidationError) as refused:
        corrected(addressee, first_answer_due_on=date(2025, 9, 1))
    assert list(refused.value.message_dict) == ["answer_due_basis"]
    corrected(addressee, first_answer_due_on=date(2025, 9, 1), answer_due_basis="The letter says so.")
    addressee.refresh_from_db()
    assert (addressee.answer_due_on, addressee.answer_due_basis) == (date(2025, 9, 1), "The letter says so.")


def test_a_day_that_nothing_sets_is_not_set() -> None:
    """It would make a body late by no rule at all."""
    addressee = make_addressee(recommendation=make_recommendation("Stop", report=make_report(regime=None)))
    with pytest.raises(ValidationError) as refused:
        set_deadlines(
            addressees=[addressee],
            clock=Clock.ANSWER,
            on=date(2025, 9, 1),
            basis="We would like it.",
            strength=Strength.NONE,
            by=STAFF,
            at=AT,
        )
    assert list(refused.value.message_dict) == ["strength"]


def test_an_extension_moves_a_day_that_the_clock_had() -> None:
    addressee = make_addressee()
    first = addressee.answer_due_on
    with pytest.raises(ValidationError) as refused:
        make_extension(addressee, until=date(2026, 6, 1), old_on=date(2025, 1, 1))
    assert list(refused.value.message_dict) == ["old_on"]
    assert first is not None and first.isoformat() in str(refused.value)
    make_extension(addressee, until=date(2026, 6, 1), old_on=first)
    make_extension(addressee, until=date(2026, 7, 1), old_on=date(2026, 6, 1), granted="2025-08-01")
    make_extension(addressee, until=date(2026, 8, 1), old_on=first, granted="2025-07-15")


def test_a_time_to_act_moves_with_the_ask() -> None:
    ask = make_recommendation("Stop", act_by=date(2025, 12, 1), act_by_text="by December")
    addressee = make_addressee(recommendation=ask)
    corrected(ask, act_by=date(2026, 12, 1), act_by_text="by December 2026")
    addressee.refresh_from_db()
    assert (addressee.first_act_by, addressee.act_by) == (date(2026, 12, 1), date(2026, 12, 1))
    assert addressee.act_by_basis == "by December 2026"


def test_a_wrong_deadline_can_be_taken_away() -> None:
    """ "That duty does not bind us." """
    addressee = make_addressee()
    sweep()
    corrected(addressee, first_answer_due_on=None, answer_due_basis="", answer_due_strength="")
    assert status(addressee) == Status.AWAITING and addressee.answer_due_on is None


def test_a_promise_that_was_never_made_was_not_missed() -> None:
    ask = make_recommendation("Stop", act_by=date(2025, 12, 1), act_by_text="by December")
    addressee = make_addressee(recommendation=ask)
    answer = make_answer(addressee, position="accepted")
    sweep()
    addressee.refresh_from_db()
    assert addressee.promise_missed_on == date(2025, 12, 1)
    withdraw(facts=[answer], reason="Another body's letter", by=STAFF, at=AT)
    addressee.refresh_from_db()
    assert addressee.promise_missed_on is None
    assert Event.objects.filter(kind="promise.miss_retracted").count() == 1


# --- silences ---------------------------------------------------------------------------------------------------------

CHECKED = date(2026, 1, 5)


def proposed(addressee: Addressee) -> tuple[Silence, datetime]:
    """A silence found on 5 January 2026, and a moment when it could be confirmed."""
    moment = datetime.combine(CHECKED, AT.timetz())
    check = make_check(addressee, checked_on=CHECKED, at=moment)
    [silence] = propose_silences(
        checks=[check],
        told_on=CHECKED,
        told_how="By letter.",
        by=Actor(Role.STAFF, make_user("ada")),
        at=moment,
    )
    return silence, moment + timedelta(days=31)


def agree(silence: Silence, at: datetime) -> None:
    second_silences(silences=[silence], by=Actor(Role.STAFF, make_user("ben")), at=at)


def test_no_silence_is_confirmed_on_a_check_that_was_withdrawn() -> None:
    silence, at = proposed(make_addressee())
    withdraw(facts=[silence.found_by], reason="The wrong page", by=STAFF, at=at)
    with pytest.raises(ValidationError, match="no longer on record"):
        agree(silence, at)
    assert not Event.objects.filter(kind="silence.confirmed").exists()


def test_no_silence_is_confirmed_on_an_old_check() -> None:
    silence, at = proposed(make_addressee())
    with pytest.raises(ValidationError, match="180 days"):
        agree(silence, at + timedelta(days=180))


def test_no_silence_is_confirmed_where_a_check_found_an_answer() -> None:
    addressee = make_addressee()
    silence, at = proposed(addressee)
    make_check(addressee, checked_on=register_day(at), finding=Finding.FOUND, at=at)
    with pytest.raises(ValidationError, match="found an answer"):
        agree(silence, at)


def test_a_confirmed_silence_is_taken_back_by_a_check_that_found_an_answer() -> None:
    addressee = make_addressee()
    make_silence(addressee, checked_on=CHECKED)
    assert status(addressee) == Status.IGNORED
    make_check(addressee, checked_on=TODAY, finding=Finding.FOUND)
    assert status(addressee) == Status.OVERDUE
    assert Event.objects.filter(kind="silence.retracted", is_public=True).exists()


# --- limbs ------------------------------------------------------------------------------------------------------------


def limb(whole: Recommendation, name: str = "first") -> None:
    part = Recommendation(
        report=whole.report, part_of=whole, limb=name, title=f"The {name} part", number=whole.number
    )
    add_recommendations(recommendations=[part], themes={}, by=STAFF, at=AT)


def test_what_is_put_to_somebody_as_a_whole_gets_no_limbs() -> None:
    addressee = make_addressee(body=make_body("B"))
    with pytest.raises(ValidationError) as refused:
        limb(addressee.recommendation)
    assert list(refused.value.message_dict) == ["part_of"]


def test_a_limb_is_there_once_though_the_whole_has_no_number() -> None:
    whole = make_recommendation("Both", report=make_report(regime=make_regime()), number="")
    limb(whole)
    with pytest.raises(ValidationError) as refused:
        limb(whole)
    assert list(refused.value.message_dict) == ["limb"]
    limb(whole, "second")


def test_what_was_withdrawn_is_published_again_and_not_entered_twice() -> None:
    """Its public name is cited: neither an ask nor an addressee can be made anew under it."""
    addressee = make_addressee(body=make_body("B"))
    ask = addressee.recommendation
    withdraw(facts=[addressee], reason="Another body", by=STAFF, at=AT)
    with pytest.raises(ValidationError, match="publish that addressee again"):
        address(recommendations=[ask], bodies=[addressee.body], by=STAFF, at=AT)
    withdraw(facts=[ask], reason="Another report", by=STAFF, at=AT)
    with pytest.raises(ValidationError, match="withdrawn recommendation has that number"):
        make_recommendation("Again", number=ask.number, report=ask.report)
