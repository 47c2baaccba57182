"""Exports say what the lists say, to the last cell, and nothing else."""

import csv
import io
from collections.abc import Callable
from typing import Any

import orjson
import pytest
import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api import workbooks
from tests.api.conftest import DRAFT, WITHDRAWN, Register, seal, taken
from tests.factories import make_addressee, make_answer, make_recommendation
from tracker.queries.exports import COLUMNS, Column, defused
from tracker.queries.statements import Sql

pytestmark = pytest.mark.django_db


def whole(client: Client, place: str, **asked: Any) -> bytes:
    answer = client.get(f"/api/v1/{place}", asked)
    content = taken(answer)
    assert answer.status_code == 200, content
    return content


def listed(client: Client, resource: str, **asked: Any) -> list[Any]:
    return orjson.loads(client.get(f"/api/v1/{resource}/", {"page_size": 200, **asked}).content)["results"]


def cell(item: Any, column: Column) -> str:
    """What a table says of an item of the list."""
    before, _, after = column.path.partition("[].")
    for name in before.removesuffix("[]").split("."):
        item = item[name] if item is not None else None
    if before.endswith("[]"):
        item = "; ".join(item) or None
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
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(whole(client, f"{resource}.xlsx", **asked))
    )
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


@pytest.mark.parametrize("resource", COLUMNS)
def test_every_form_says_what_the_list_says_with_drafts_beside(
    client: Client, drafts: Callable[[], None], resource: str
) -> None:
    drafts()
    assert same(client, resource) > 1


@pytest.mark.parametrize(
    ("resource", "asked"),
    [
        ("addressees", {"as_of": "2025-08-05"}),
        ("addressees", {"status": "rejected,overdue", "ordering": "-days_overdue"}),
        ("addressees", {"status": "overdue,ignored", "due_before": "2026-01-01", "ordering": "-body"}),
        ("addressees", {"implementation": "in_progress,implemented", "group": "chiefs"}),
        ("addressees", {"body": "never-heard-of"}),
        ("recommendations", {"as_of": "2025-08-05", "ordering": "-asked_on"}),
        ("responses", {"report": "safe", "ordering": "answered_on"}),
    ],
)
def test_the_filters_are_those_of_the_list_and_drafts_are_nowhere(
    client: Client, drafts: Callable[[], None], resource: str, asked: dict[str, str]
) -> None:
    drafts()
    same(client, resource, **asked)
    for form in ("csv", "jsonl"):
        assert DRAFT.encode() not in whole(client, f"{resource}.{form}", **asked).lower()
        assert WITHDRAWN.encode() not in whole(client, f"{resource}.{form}", **asked).lower()


def everything(client: Client) -> dict[str, Any]:
    told = {}
    for place in [f"{resource}.{form}" for resource in COLUMNS for form in ("csv", "jsonl")]:
        answer = client.get(f"/api/v1/{place}")
        told[place] = (taken(answer), str(dict(answer.headers)))
    return told


def test_entering_drafts_changes_no_byte_of_any_export(client: Client, register: Register) -> None:
    before = everything(client)
    make_answer(register.addressees[0], position="rejected", published=False)
    make_recommendation(f"{DRAFT} ask", number="3", report=register.report, published=False)
    seal()
    assert everything(client) == before


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"cursor": "x"}, "cursor"),
        ({"page_size": "5"}, "page_size"),
        ({"nonsense": "1"}, "nonsense"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"status": "'; DROP TABLE tracker_event; --"}, "status"),
        ({"body": "%s"}, "body"),
        ({"family": "1"}, "family"),
        ({"ordering": "ref); SELECT 1"}, "ordering"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    client: Client, register: Register, asked: dict[str, str], parameter: str
) -> None:
    for form in ("csv", "jsonl", "xlsx"):
        answer = client.get(f"/api/v1/addressees.{form}", asked)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert orjson.loads(answer.content)["errors"][0]["parameter"] == parameter


FORMULAS = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\ufeff=1+1",
    "  =1+1",
    "\u00a0\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "\u22121+1",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_run_is_defused(formula: str) -> None:
    with connection.cursor() as cursor:
        statement = defused(Sql("%s::text", (formula,)))
        cursor.execute(f"SELECT {statement.text}", statement.params)
        assert cursor.fetchone() == (f"'{formula}",)


@pytest.mark.parametrize("words", ["", "a=b", "Stop it", "'=1", "1-2", "3a", "\u201c=\u201d", "é"])
def test_what_is_no_formula_stays_as_it_is(words: str) -> None:
    with connection.cursor() as cursor:
        statement = defused(Sql("%s::text", (words,)))
        cursor.execute(f"SELECT {statement.text}", statement.params)
        assert cursor.fetchone() == (words,)


def test_no_cell_of_a_file_begins_like_a_formula(client: Client, register: Register) -> None:
    evil = make_recommendation('=HYPERLINK("http://evil")', number="+7", report=register.report)
    put = make_addressee(recommendation=evil, body=register.department)
    make_answer(put, conditions="\t@A1\r\n-1", quote='=1,"2"\n')
    seal()
    for place in ("addressees.csv", "recommendations.csv"):
        rows = [*csv.DictReader(io.StringIO(whole(client, place).decode(), newline=""))]
        [row] = [each for each in rows if "evil" in str(each)]
        assert '\'=HYPERLINK("http://evil")' in row.values() and "'+7" in row.values()
        assert not [each for each in row.values() if each[:1] in tuple("=+-@\t\r")]
    [row] = [each for each in rows if "evil" in str(each)]
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(whole(client, "addressees.xlsx")))
    assert '\'=HYPERLINK("http://evil")' in str(book.get_sheet_by_name("addressees").to_python())


def test_csv_is_by_the_book(client: Client, register: Register) -> None:
    ask = make_recommendation('He said "no",\nand left', number="8", report=register.report)
    make_addressee(recommendation=ask, body=register.department)
    seal()
    content = whole(client, "addressees.csv")
    assert b'"He said ""no"",\nand left"' in content
    assert not content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    names = content.split(b"\r\n")[0].decode().split(",")
    assert names == [column.name for column in COLUMNS["addressees"]] and len(set(names)) == len(names)


def test_it_says_licence_day_and_head(client: Client, register: Register) -> None:
    answer = client.get("/api/v1/addressees.xlsx", {"as_of": "2025-08-05"})
    content = taken(answer)
    assert answer.headers["X-Licence"] == "CC-BY-4.0"
    assert answer.headers["X-As-Of"] == "2025-08-05"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="addressees-2025-08-05.xlsx"'
    about = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("about")
    told = {row[0]: row[1] for row in about.to_python()[1:5]}
    assert told["Licence"] == "CC-BY-4.0" and told["As of"] == "2025-08-05"
    head = answer.headers["X-Public-Head"]
    assert told["Head of the public chain (a cursor of changes)"] == head
    assert orjson.loads(client.get("/api/v1/changes/", {"after": head}).content)["results"] == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_who_has_it_is_not_sent_it_again_and_head_sends_nothing(
    client: Client, register: Register, form: str
) -> None:
    place = f"/api/v1/addressees.{form}"
    answer = client.get(place)
    taken(answer)
    tag = answer.headers["ETag"]
    for held in (tag, f"W/{tag}", "*"):
        again = client.get(place, headers={"If-None-Match": held})
        assert (again.status_code, again.headers["ETag"]) == (304, again.headers["ETag"])
    head = client.head(place)
    assert (head.status_code, taken(head)) == (200, b"")
    assert head.headers["ETag"] == tag and "Content-Length" not in head.headers
    make_answer(register.addressees[2], position="accepted")
    seal()
    changed = client.get(place, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and taken(changed)


def test_a_workbook_says_what_does_not_fit(
    client: Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "LETTERS", 100)
    make_recommendation("Long", number="8", text="x" * 150, report=register.report)
    seal()
    content = whole(client, "recommendations.xlsx")
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(
        "recommendations"
    )
    [cut] = [str(each) for row in sheet.to_python() for each in row if "xxx" in str(each)]
    assert len(cut) == 100 and cut.endswith(workbooks.CUT)
    monkeypatch.setattr(workbooks, "ROWS", 3)
    answer = client.get("/api/v1/recommendations.xlsx")
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert "recommendations.csv" in orjson.loads(answer.content)["detail"]


# The head and its cursor for the tag; in the snapshot of what is sent the head with its beginning, again, and its
# cursor (5); but for the COPYs; and for recommendations their numbers, the rows of a batch, and what a list of them
# costs beside these (16).
QUERIES = {"addressees": 5, "responses": 5, "recommendations": 21}


@pytest.mark.parametrize("resource", QUERIES)
def test_an_export_costs_the_same_number_of_queries_however_long_it_is(
    client: Client, register: Register, resource: str
) -> None:
    with CaptureQueriesContext(connection) as captured:
        whole(client, f"{resource}.csv")
    asked = [each["sql"] for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(asked) == QUERIES[resource], "\n\n".join(each[:200] for each in asked)
