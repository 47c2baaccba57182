"""How many of the 43 forces have an answer of their own, ask by ask, as the data counts them."""

from datetime import date

import pytest

from tests.cases.files import counted, statuses
from tracker.models import Addressee, Answer

pytestmark = pytest.mark.django_db

RECOMMENDATIONS = {
    "safe-to-share/1": (
        {
            "essex-police",
            "gloucestershire-constabulary",
            "hampshire-constabulary",
            "northamptonshire-police",
            "warwickshire-police",
        },
        {"avon-and-somerset-police", "kent-police"},
        "npcc",
    ),
    "safe-to-share/4": ({"essex-police", "gloucestershire-constabulary"}, set(), "npcc"),
    "safe-to-share/5": ({"essex-police", "gloucestershire-constabulary"}, set(), "npcc"),
    "safe-to-share/8": ({"hampshire-constabulary", "northamptonshire-police"}, set(), None),
}


@pytest.mark.parametrize("ref", RECOMMENDATIONS)
def test_own_answers_read_located_and_none(ref: str) -> None:
    """Recommendation 5 is a draft: it is counted among the rows, which the public does not see."""
    read, located, collective = RECOMMENDATIONS[ref]
    asked = set(Addressee.objects.filter(recommendation__ref=ref).values_list("body__ref", flat=True))
    answers = Answer.objects.filter(addressee__recommendation__ref=ref)
    own = answers.filter(on_behalf=False)
    assert len(asked) == 43
    assert names(own.exclude(position="unread")) == read
    assert names(own.filter(position="unread")) == located
    assert len(asked - names(own)) == 43 - len(read) - len(located)
    assert set(answers.filter(on_behalf=True).values_list("response__author__ref", flat=True)) == (
        {collective} if collective else set()
    )


def names(answers: object) -> set[str]:
    return set(answers.values_list("addressee__body__ref", flat=True))  # type: ignore[attr-defined]


def test_forty_three_forces_and_their_forty_three_overseers() -> None:
    forces = Addressee.objects.filter(recommendation__ref="safe-to-share/1").select_related(
        "body__overseen_by"
    )
    overseers = {each.body.overseen_by.ref for each in forces}
    assert len(overseers) == 43
    asked = Addressee.objects.filter(recommendation__ref="ppda-2022/3a").values_list("body__ref", flat=True)
    assert overseers < set(asked)
    assert len(asked) == 43 + 43 + 1


def test_acceptance_for_all_is_not_each_ones_own(today: date) -> None:
    assert counted("ppda-2022/3a", today) == {"answered_for_it": 85, "accepted": 1, "awaiting": 1}
    assert statuses("ppda-2022/3a", today)["pcc-surrey"] == "accepted"
    assert statuses("ppda-2022/3a", today)["ministry-of-justice"] == "awaiting"
