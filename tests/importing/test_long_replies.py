"""A reply that is longer than a summary stands whole in the note, and is corrected there too."""

from datetime import timedelta

import pytest

from tests.factories import STAFF
from tests.importing.world import NOW, again, applied, counts, csv_bytes, make_world, planned, problems, rows
from tracker.actions.correcting import correct
from tracker.models import Answer

pytestmark = pytest.mark.django_db

LONG = "We agree. " * 600


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


def reply(text: str) -> bytes:
    return csv_bytes(rows({"Status": "Accepted", "Reply": text}))


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        (f"{LONG}In full.", f"{LONG}In part.", f"{LONG}In part."),
        (f"{LONG}In full.", "We agree in part.", ""),
        ("We agree.", f"{LONG}In part.", f"{LONG}In part."),
    ],
)
def test_the_note_follows_the_reply(first: str, second: str, note: str) -> None:
    applied(planned(reply(first)))
    of = applied(again(reply(second)), at=NOW + timedelta(minutes=1))
    assert counts(of) == {"changed": 1}
    answer = Answer.objects.get()
    assert answer.note == note
    assert answer.summary == (f"{second[:4_999]}…" if note else second)
    assert counts(again(reply(second), minutes=2)) == {"same": 1}


def test_a_note_of_staff_stays() -> None:
    applied(planned(reply("We agree.")))
    correct(fact=Answer.objects.get(), values={"note": "Ask again."}, reason="A note.", by=STAFF, at=NOW)
    applied(again(reply("We agree in part.")), at=NOW + timedelta(minutes=1))
    assert (Answer.objects.get().summary, Answer.objects.get().note) == ("We agree in part.", "Ask again.")
    of = again(reply(f"{LONG}In part."), minutes=2)
    assert counts(of) == {"conflict": 1}
    assert "somebody has changed that of" in problems(of)[0][2]
