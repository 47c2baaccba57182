"""Recommendation 1 of Safe to share?: one ask put to 43 forces."""

from datetime import date

import pytest

from tests.cases.files import bodies_in, counted, statuses
from tracker.models import Addressee, Answer, Response
from tracker.queries.facts import public_records
from tracker.statuses import current_answer

pytestmark = pytest.mark.django_db

ONE = "safe-to-share/1"


def test_it_was_put_to_43_forces() -> None:
    asked = Addressee.objects.public().filter(recommendation__ref=ONE)
    assert asked.count() == 43
    assert set(asked.values_list("via_group__ref", flat=True)) == {"chief-constables"}


def test_what_they_say_today(today: date) -> None:
    assert counted(ONE, today) == {
        "accepted": 2,
        "deferral_ended": 1,
        "refers_elsewhere": 1,
        "disputed": 1,
        "unread": 2,
        "answered_for_it": 36,
    }
    assert bodies_in("accepted", ONE, today) == {"northamptonshire-police", "warwickshire-police"}
    assert bodies_in("deferral_ended", ONE, today) == {"hampshire-constabulary"}
    assert bodies_in("refers_elsewhere", ONE, today) == {"gloucestershire-constabulary"}
    assert bodies_in("disputed", ONE, today) == {"essex-police"}
    assert bodies_in("unread", ONE, today) == {"kent-police", "avon-and-somerset-police"}


def test_by_the_first_of_june_2021_one_had_answered_and_one_undated_answer_may_have_been_given() -> None:
    on = date(2021, 6, 1)
    assert bodies_in("accepted", ONE, on) == {"northamptonshire-police", "warwickshire-police"}
    # Two more are undated and unread: before the day they were located, what the NPCC said comes first.
    assert counted(ONE, on) == {"accepted": 2, "answered_for_it": 41}


def test_the_answer_of_northamptonshire_is_dated_and_that_of_warwickshire_is_not() -> None:
    on = date(2021, 6, 1)
    assert answer_in_force("northamptonshire-police", on).response.answered_on.earliest == date(2021, 3, 17)
    warwickshire = answer_in_force("warwickshire-police", on)
    assert warwickshire.response.answered_on is None
    assert warwickshire.response.source.publisher == "Police and Crime Commissioner for Warwickshire"
    assert warwickshire.waits_for_recommendation.ref == "safe-to-share/2"


def test_a_letter_of_may_2021_had_not_been_given_in_april() -> None:
    before = statuses(ONE, date(2021, 4, 30))
    assert sorted(set(before.values())) == ["accepted", "awaiting", "unread"]
    assert sum(status == "awaiting" for status in before.values()) == 39
    assert counted(ONE, date(2021, 5, 1))["answered_for_it"] == 41


def test_before_the_letters_of_march_2021_only_the_undated_answers_may_exist() -> None:
    assert counted(ONE, date(2021, 3, 16)) == {"awaiting": 40, "accepted": 1, "unread": 2}
    assert statuses(ONE, date(2021, 3, 17))["northamptonshire-police"] == "accepted"


def test_the_npcc_answered_for_all_43_and_its_refusal_is_our_reading() -> None:
    answers = Answer.objects.public().filter(
        response__ref="npcc-2021-05-letter", addressee__recommendation__ref=ONE
    )
    assert answers.count() == 43
    assert set(answers.values_list("position", "basis", "reason", "on_behalf")) == {
        ("rejected", "our_reading", "evidence", True)
    }
    letter = Response.objects.get(ref="npcc-2021-05-letter")
    assert (letter.author.ref, letter.on_behalf_of_group.ref) == ("npcc", "chief-constables")
    assert str(letter.answered_on) == "May 2021"
    assert "28 May 2021" in letter.date_text


def test_hampshire_waited_for_the_home_office_review_until_it_came() -> None:
    assert statuses(ONE, date(2021, 12, 14))["hampshire-constabulary"] == "deferred"
    assert statuses(ONE, date(2021, 12, 15))["hampshire-constabulary"] == "deferral_ended"


def test_essex_counts_from_the_day_its_letter_was_published() -> None:
    assert statuses(ONE, date(2022, 1, 19))["essex-police"] == "answered_for_it"
    assert statuses(ONE, date(2022, 1, 20))["essex-police"] == "disputed"


def test_gloucestershire_points_to_the_npcc(today: date) -> None:
    assert answer_in_force("gloucestershire-constabulary", today).points_to.ref == "npcc"


def test_a_joint_answer_of_the_commissioner_is_the_forces_own(today: date) -> None:
    answer = answer_in_force("avon-and-somerset-police", today)
    assert answer.response.author.ref == "pcc-avon-and-somerset"
    assert not answer.on_behalf


def test_nobody_is_late_in_answering_what_has_no_time_to_answer() -> None:
    assert not Addressee.objects.filter(recommendation__ref=ONE, answer_due_on__isnull=False).exists()


def answer_in_force(body: str, on: date) -> Answer:
    addressee = Addressee.objects.get(ref=f"{ONE}/{body}")
    record = public_records([addressee])[addressee.pk]
    current = current_answer(record.answer_facts(), on)
    assert current is not None
    return Answer.objects.get(pk=current.key)
