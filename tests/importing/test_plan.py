"""A file is first planned: each row ends as one thing, and nothing of the register is touched."""

import pytest

from tests.importing.world import (
    again,
    applied,
    counts,
    csv_bytes,
    faults,
    make_world,
    planned,
    problems,
    rows,
)
from tracker.models import Addressee, Answer, Event, Recommendation, Report
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


def test_a_plan_changes_nothing_and_counts_every_row() -> None:
    before = Event.objects.count()
    of = planned(
        csv_bytes(
            rows(
                {},
                {"No": "2", "Status": "Accepted", "Reply": "We agree."},
                {"No": "3", "Sent to": "Kemt Police"},
                {"No": "4", "Date": "13/13/2021"},
                {"No": "2", "Status": "Accepted", "Reply": "We agree."},
            )
        )
    )
    assert of.state == ImportState.PLANNED, of.said
    assert counts(of) == {"new": 2, "conflict": 1, "rejected": 1, "same": 1}
    assert problems(of) == [
        (4, "Sent to", "no body on record has this name"),
        (5, "Date", "there is no month 13: these dates are read as day/month/year"),
    ]
    assert of.names.get().nearest[0] == "kent-police"
    assert Event.objects.count() == before


def test_a_plan_applied_is_on_record_and_the_same_file_again_changes_nothing() -> None:
    content = csv_bytes(
        rows(
            {},
            {"No": "2", "Status": "Accepted", "Reply": "We agree.", "Sent to": "Kent Police; Essex Police"},
        )
    )
    applied(planned(content))
    assert Report.objects.get().ref == "feed-r1"
    assert [r.ref for r in Recommendation.objects.order_by("ref")] == ["feed-r1/1", "feed-r1/2"]
    assert sorted(Addressee.objects.values_list("ref", flat=True)) == [
        "feed-r1/1/kent-police",
        "feed-r1/2/essex-police",
        "feed-r1/2/kent-police",
    ]
    assert [a.position for a in Answer.objects.all()] == ["accepted", "accepted"]
    assert faults() == []
    lines = Event.objects.count()
    of = again(content)
    assert counts(of) == {"same": 2}
    applied(of)
    assert Event.objects.count() == lines
