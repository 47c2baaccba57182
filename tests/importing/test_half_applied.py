"""An import of which a part was written before it was refused: it says so, and is planned again, and counts up."""

from datetime import timedelta

import pytest

from tests.factories import STAFF
from tests.importing.world import (
    NOW,
    applied,
    counts,
    csv_bytes,
    feed,
    make_world,
    planned,
    rows,
    undone,
)
from tracker.actions.correcting import correct
from tracker.importing import jobs, staging
from tracker.importing.report import plan_rows
from tracker.models import Import, ImportRow, Recommendation
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db

TWELVE = rows(*({"Ref": f"R{n}", "Report": f"Report {n}", "Text": f"Ask {n}."} for n in range(12)))


def done(of: Import, minutes: int) -> Import:
    jobs.run(of.pk, clock=lambda: NOW + timedelta(minutes=minutes))
    of.refresh_from_db()
    return of


@pytest.fixture
def half(db: None, monkeypatch: pytest.MonkeyPatch) -> Import:
    """A plan of twelve changed rows, eight of which were written when one was found that staff had changed."""
    make_world()
    monkeypatch.setattr(staging, "PIECE", 4)
    applied(planned(csv_bytes(TWELVE)))
    of = planned(csv_bytes([{**row, "Text": f"{row['Text']} Now."} for row in TWELVE]))
    last = [row for piece in staging.pieces(of, ["changed"]) for row in piece][-1]
    fact = Recommendation.objects.get(ref=last.facts["recommendation"])
    correct(fact=fact, values={"text": "As printed."}, reason="As printed.", by=STAFF, at=NOW)
    jobs.ask_apply(of)
    return done(of, 2)


def test_it_says_how_much_of_it_stands(half: Import) -> None:
    assert half.state == ImportState.PLANNED
    assert half.said.endswith("plan the import again. 8 of its rows were written before, and stand.")
    assert "nothing is changed" not in half.get_state_display()


def test_planned_again_its_counts_add_up_to_the_rows_read(half: Import) -> None:
    jobs.ask_plan(half, feed())
    done(half, 3)
    assert (half.state, half.read) == (ImportState.PLANNED, 12)
    assert counts(half) == {"same": 8, "changed": 3, "conflict": 1}
    assert half.said == "8 of its rows were written before, and stand."
    lines = [*plan_rows(half)]
    assert {line[0] for line in lines} == set(range(2, 14)), "each row of the file"
    assert len([line for line in lines if line[1] == "same"]) == 8, "and none twice"


def test_it_is_applied_to_the_end_and_undone_as_a_whole(half: Import) -> None:
    jobs.ask_plan(half, feed())
    applied(done(half, 3), at=NOW + timedelta(minutes=4))
    assert Recommendation.objects.filter(text__endswith="Now.").count() == 11
    undone(half, at=NOW + timedelta(minutes=5))
    assert not Recommendation.objects.filter(text__endswith="Now.").exists()
    assert not ImportRow.objects.filter(of=half, applied=True).exists()
