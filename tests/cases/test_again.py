"""Loading the real case a second time."""

import time

import pytest

from tests.cases.files import FILES, LOADED_AT
from tracker.importing.loading import load
from tracker.ledger import LOADER
from tracker.models import Event

pytestmark = pytest.mark.django_db


def test_the_second_load_changes_nothing_writes_no_line_and_says_so() -> None:
    before = Event.objects.count()
    begun = time.process_time()
    tallies = load(FILES, by=LOADER, at=LOADED_AT)
    assert time.process_time() - begun < 3
    assert all(tally.changed_nothing and not tally.kept for tally in tallies)
    assert sum(tally.same for tally in tallies) > 2000
    assert Event.objects.count() == before


def test_no_two_files_say_different_things_of_one_fact() -> None:
    """They would correct each other at every start."""
    for file in FILES:
        [tally] = load([file], by=LOADER, at=LOADED_AT)
        assert tally.changed_nothing, file
