"""How many queries each answer costs: the same for one row as for many. Transactions and their settings apart."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Register, seal
from tests.factories import STAFF, make_answer, make_body
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.models import Addressee

# Of each list: the head of the public chain as the snapshot begins (1), the page (1), and then
COUNTS = {
    # sources, memberships with groups; tally: statuses, answers on behalf, what is contested; ends
    "bodies": 8,
    # sources, memberships with bodies, who speaks for them
    "groups": 5,
    # sources
    "regimes": 3,
    # how many asks have them
    "themes": 3,
    # sources, publishers, asks; tally: statuses, answers on behalf, what is contested; ends
    "reports": 9,
    # sources, wholes of limbs; limbs; tally: statuses, answers on behalf, what is contested; ends;
    # themes; of those put to one body: the addressees, their documents; lineage: families, asks, refusals
    "recommendations": 16,
    # the documents
    "addressees": 3,
    # sources, authors; answers, joint authors; ends
    "responses": 8,
    # what is counted, who answered for others; ends; themes
    "scorecards": 6,
    # (the page is the lines with their events and contents)
    "changes": 2,
}


def queries(client: Client, place: str, **asked: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place, asked).status_code == 200
    return [each["sql"] for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.django_db
@pytest.mark.parametrize("name", COUNTS)
def test_a_list_costs_the_same_number_of_queries_however_long_it_is(
    client: Client, register: Register, name: str
) -> None:
    few = queries(client, f"/api/v1/{name}/")
    assert len(few) == COUNTS[name], "\n\n".join(few)


@pytest.fixture
def many(register: Register) -> Register:
    """Ten forces more, addressed and answering."""
    forces = [make_body(f"Force {n}") for n in range(10)]
    address(recommendations=[register.ask], bodies=forces, by=STAFF, at=Addressee.objects.all()[0].updated_at)
    added = list(Addressee.objects.filter(body__in=forces))
    publish(facts=added, by=STAFF, at=added[0].updated_at)
    for addressee in added[:3]:
        make_answer(addressee)
    seal()
    return register


@pytest.mark.django_db
def test_ten_rows_more_cost_no_query_more(client: Client, many: Register) -> None:
    for name, count in COUNTS.items():
        assert len(queries(client, f"/api/v1/{name}/", page_size="200")) == count, name


@pytest.mark.django_db
def test_a_detail_costs_a_fixed_number_too(client: Client, many: Register) -> None:
    assert len(queries(client, "/api/v1/addressees/safe/1/force-a/")) == 3
    # The head, the ask with its source and what hangs on it, themes, refusals; the documents of its addressees with
    # what is counted and for whom others answered; ends; who refused its family. Links: they, the family, its members;
    # developments: they, their bodies, ends; claims: they, makers, contesters, ends.
    assert len(queries(client, "/api/v1/recommendations/safe/1/")) == 5 + 3 + 3 + 4
    assert len(queries(client, "/api/v1/recommendations/safe/1/", as_of="2025-09-30")) == 5 + 3 + 3 + 4
    # A limb whose report has claims, and on which nothing else hangs; it was put to the one body directly.
    assert len(queries(client, f"/api/v1/recommendations/{many.limbs[0].ref}/")) == 3 + 4
    # The head, the ask; the family, its links, the members, their refusals; whether it has limbs
    assert len(queries(client, "/api/v1/recommendations/safe/1/lineage/")) == 7


@pytest.mark.django_db
def test_a_filter_costs_no_query_more(client: Client, register: Register) -> None:
    for asked in (
        {"body": "force-a", "family": "1"},
        {"answered_by": "force-a"},
        {"implementation": "implemented", "view": "claimed"},
        {"updated_since": "2020-01-01"},
    ):
        assert len(queries(client, "/api/v1/addressees/", **asked)) == COUNTS["addressees"], asked
