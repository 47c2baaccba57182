"""Exports say what the lists say, to the last cell, and nothing else."""

import csv
import io
from typing import Any

import orjson
import pytest
import python_calamine
from django.test import Client

from tests.api.conftest import Register
from tracker.queries.exports import COLUMNS, Column

pytestmark = pytest.mark.django_db


def whole(client: Client, place: str, **asked: Any) -> bytes:
    answer = client.get(f"/api/v1/{place}", asked)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, content
    return content


def listed(client: Client, resource: str, **asked: Any) -> list[Any]:
    return orjson.loads(client.get(f"/api/v1/{resource}/", {"page_size": 200, **asked}).content)["results"]


def cell(item: Any, column: Column) -> str:
    """What a table says of an item of the list."""
    before, _, after = column.path.partition("[].")
    for name in before.split("."):
        item = item[name] if item is not None else None
    if after:
        item = "; ".join(each[after] for each in item or [] if each[after] is not None)
    if isinstance(item, bool):
        return str(item).lower()
    return "" if item is None else str(item)


def same(client: Client, resource: str, **asked: Any) -> int:
    """Each form of an export against the list."""
    items = listed(client, resource, **asked)
    lines = whole(client, f"{resource}.jsonl", **asked).splitlines()
    assert [orjson.loads(line) for line in lines] == items
    columns = COLUMNS[resource]
    expected = [[column.name for column in columns], *([cell(each, c) for c in columns] for each in items)]
    text = whole(client, f"{resource}.csv", **asked).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == expected
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(whole(client, f"{resource}.xlsx", **asked)))
    rows = book.get_sheet_by_name(resource).to_python()
    assert [[shown(each) for each in row] for row in rows] == expected
    return len(items)


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) else str(value)


@pytest.mark.parametrize("resource", COLUMNS)
def test_every_form_says_what_the_list_says(client: Client, register: Register, resource: str) -> None:
    assert same(client, resource) > 1
