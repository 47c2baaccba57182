"""JSON made by PostgreSQL says what the documented serializer says: of every addressee of a register, on several days.

The words stand once (`vocabulary/wording.py`), the rules once (`queries/statuses.py`): here both ways to say them meet.
"""

from datetime import date

import orjson
import pytest
from django.db import connection
from django.test import Client

from benchmarks.world import fill
from benchmarks.world_rows import World
from tests.api.conftest import Register
from tracker.models import Addressee
from tracker.queries.addressees import describe
from tracker.queries.listed_documents import addressee_documents
from tracker.queries.shapes import as_json
from tracker.queries.statuses import asked_by
from tracker.vocabulary import STATUSES

ROOT = "https://register.example/api/v1/"
SMALL = World(asks=600, addressees=2_000, seed=7)
DAYS = (SMALL.today, date(2016, 2, 29), date(2019, 7, 1), date(2021, 12, 16), date(2024, 3, 31))


def compare(on: date) -> list[str]:
    """All public addressees on a day, both ways; the statuses that were seen."""
    rows = list(asked_by(Addressee.objects.public(), on).order_by("ref"))
    documented = orjson.loads(orjson.dumps(as_json(describe(rows, on), ROOT)))
    made = orjson.loads(addressee_documents([row.pk for row in rows], on, ROOT))
    for expected, told in zip(documented, made, strict=True):
        assert told == expected
    assert [[*told] for told in made[:1]] == [[*expected] for expected in documented[:1]]  # and in that order
    return [told["status"] for told in made]


@pytest.mark.django_db
def test_every_addressee_of_a_world_on_several_days() -> None:
    fill(SMALL)
    connection.cursor().execute("ANALYZE")
    seen = {status for on in DAYS for status in compare(on)}
    assert seen == {*STATUSES}


@pytest.mark.django_db
def test_every_addressee_of_a_register_with_drafts_in_every_place(register: Register, drafts: object) -> None:
    drafts()  # type: ignore[operator]
    for on in (date(2025, 6, 2), date(2025, 7, 28), date(2025, 8, 15), date(2026, 3, 2), date(2027, 1, 1)):
        assert compare(on)


@pytest.mark.django_db
def test_no_rows_are_an_empty_list() -> None:
    assert addressee_documents([], SMALL.today, ROOT) == b"[]"


@pytest.mark.django_db
def test_the_api_passes_them_on(client: Client, register: Register) -> None:
    page = client.get("/api/v1/addressees/?page_size=2").json()
    ids = [each["id"] for each in page["results"]]
    assert [client.get(f"/api/v1/addressees/{ref}/").json() for ref in ids] == page["results"]
    rows = list(Addressee.objects.filter(ref__in=ids).order_by("ref"))
    on = date.fromisoformat(page["results"][0]["as_of"])
    said = as_json(describe(rows, on), "http://testserver/api/v1/")
    assert page["results"] == orjson.loads(orjson.dumps(said))
