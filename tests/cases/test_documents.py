"""What PostgreSQL builds for exports is what the documented views say: the real case, on many days."""

from datetime import date
from typing import Any

import orjson
import pytest
from django.db import connection

from tracker.queries.addressees import describe
from tracker.queries.filters import (
    ADDRESSEE_ORDERS,
    RESPONSE_ORDERS,
    AddresseeFilter,
    ResponseFilter,
    addressees_matching,
    responses_matching,
)
from tracker.queries.listed_documents import exported_documents
from tracker.queries.response_documents import response_documents
from tracker.queries.responses import response_views
from tracker.queries.shapes import as_json
from tracker.queries.statements import Sql

pytestmark = pytest.mark.django_db

ROOT = "https://register.example.org/api/v1/"
DAYS = (
    *(date(2018, 12, 18), date(2020, 12, 17), date(2021, 6, 1), date(2021, 12, 3), date(2021, 12, 16)),
    *(date(2022, 1, 20), date(2022, 7, 1), date(2024, 7, 5), date(2026, 11, 22)),
)


def found(statement: Sql) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return [each if isinstance(each, dict) else orjson.loads(each) for (each,) in cursor.fetchall()]


def parsed(views: list[Any]) -> list[Any]:
    return orjson.loads(orjson.dumps(as_json(views, ROOT), default=str))


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_addressees(on: date) -> None:
    for ordering in ("id", "-answer_due_on"):
        wanted = AddresseeFilter(as_of=on, ordering=ordering)
        rows, keys = addressees_matching(wanted), ADDRESSEE_ORDERS[ordering]
        assert found(exported_documents(rows, keys, on, ROOT)) == parsed(
            describe(list(rows.order_by(*keys)), on)
        )


@pytest.mark.parametrize("ordering", RESPONSE_ORDERS)
def test_responses(ordering: str) -> None:
    keys = RESPONSE_ORDERS[ordering]
    rows = responses_matching(ResponseFilter(as_of=DAYS[-1]))
    assert found(response_documents(rows, keys, ROOT)) == parsed(
        response_views(list(rows.order_by(*keys)), DAYS[-1])
    )
