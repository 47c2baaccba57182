"""Exports: the columns of each table, declared once, and the statements that PostgreSQL streams them from.

A column is a path in the JSON of the API, so a cell cannot say anything else than the list does. Cells that a
spreadsheet would take for a formula are defused here, in SQL, for every kind of file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.db import connections
from django.db.models import QuerySet

from tracker.queries.listed_documents import exported_documents
from tracker.queries.readers import reading_from
from tracker.queries.recommendations import summarise
from tracker.queries.response_documents import response_documents
from tracker.queries.shapes import as_json
from tracker.queries.statements import Sql, joined, sql
from tracker.vocabulary import View

# A cell that begins so, whatever blanks, marks or invisible characters stand before it, may be run by a spreadsheet:
# with a sign of a formula (in full width or as a small form too), or with a tab or a return.
FORMULA = (
    r"^(?:[\t\r\n]|[[:space:]\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]*"
    r"[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])"
)
# How many rows are turned into text at a time where Python writes part of what is shown.
BATCH = 500
# A format whose quotes and separators cannot stand in JSON passes it on as it is.
RAW = r"FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02'"


@dataclass(frozen=True)
class Column:
    """One column: its name in the table, and where its value stands in the JSON (`[]`: of each of a list)."""

    name: str
    path: str
    kind: str = "text"


def _same(*names: str, kind: str = "text") -> list[Column]:
    return [Column(name, name, kind) for name in names]


def _of(prefix: str, path: str, *names: str) -> list[Column]:
    return [Column(f"{prefix}_{name}", f"{path}.{name}") for name in names]


_SOURCE = ("title", "url", "publisher", "dated_on", "archived_url")

# By whom, and in what words.
_CONTESTED = (Column("contested_by", "contested_by[]"), Column("challenges", "challenges[].words"))

COLUMNS: dict[str, Sequence[Column]] = {
    "addressees": [
        *_same("id", "as_of"),
        *_of("report", "report", "id", "title", "dated_on"),
        *_of("recommendation", "recommendation", "id", "number", "limb", "title"),
        *_of("body", "body", "id", "name", "kind"),
        *_of("duty_holder", "duty_holder", "id", "name"),
        *_of("via_group", "via_group", "id", "name"),
        *_same("answer_due_on", "first_answer_due_on", "answer_due_basis", "answer_due_strength"),
        *_same("status", "status_label"),
        *_same("days_overdue", "days_late", kind="number"),
        *_same("acknowledged_on"),
        Column("position", "answer.position"),
        Column("position_label", "answer.position_label"),
        *_of("answer", "answer", "basis", "reason", "conditions", "summary", "quote"),
        Column("given_by_id", "answer.given_by.id"),
        Column("given_by_name", "answer.given_by.name"),
        Column("joint_authors", "answer.joint_authors[].name"),
        Column("on_behalf", "answer.on_behalf", "flag"),
        Column("answered_on", "answer.answered_on"),
        Column("date_precision", "answer.date_precision"),
        Column("date_unknown", "answer.date_unknown", "flag"),
        Column("waits_for", "answer.waits_for.what"),
        Column("waits_for_ended_on", "answer.waits_for.ended_on"),
        Column("points_to", "answer.points_to.id"),
        Column("alternative", "answer.alternative.id"),
        Column("decision", "answer.decision"),
        Column("response_id", "answer.response.id"),
        *_of("source", "answer.source", *_SOURCE),
        *(
            Column(f"implementation_{view.value}{end}", f"implementation.{view.value}.{name}")
            for view in View
            for end, name in (("", "implementation"), ("_on", "assessed_on"))
        ),
        *_same("act_by", "first_act_by", "act_by_basis"),
        *_same("promise_missed", kind="flag"),
        *_same("checked_on"),
        *_same("contested", kind="flag"),
        *_CONTESTED,
        *_same("under_review", kind="flag"),
        *_same("under_review_since"),
        *_same("updated_at", "url"),
    ],
    "recommendations": [
        *_same("id", "as_of"),
        *_of("report", "report", "id", "title", "dated_on"),
        *_same("number", "limb"),
        Column("part_of", "part_of.id"),
        *_same("kind", "title", "text", "quote", "asked_on", "date_precision"),
        *_same("aggregate", kind="flag"),
        Column("themes", "themes[].name"),
        *_same("answer_due_on"),
        *_of("answer_regime", "answer_regime", "id", "name", "strength"),
        *_same("act_by", "act_by_kind", "act_by_text"),
        *_of("delivered_by", "delivered_by", "id", "name"),
        Column("offered_instead_of", "offered_instead_of.id"),
        *(
            Column(name, f"counts.{name}", "number")
            for name in (
                *("addressed", "own_answer_read", "own_answer_unread", "none_found", "overdue"),
                "under_review",
            )
        ),
        Column("asked_times", "lineage.asked_times", "number"),
        Column("refused_times", "lineage.refused_times", "number"),
        *_same("sentence"),
        *_same("contested", kind="flag"),
        *_CONTESTED,
        *_of("source", "source", *_SOURCE),
        *_same("url"),
    ],
    "responses": [
        *_same("id", "title", "kind"),
        *_of("given_by", "given_by", "id", "name"),
        Column("joint_authors", "joint_authors[].name"),
        Column("signed_by", "signed_by.id"),
        Column("on_behalf_of_body", "on_behalf_of_body.id"),
        Column("on_behalf_of_group", "on_behalf_of_group.id"),
        *_same("answered_on", "date_precision"),
        *_same("date_unknown", kind="flag"),
        *_same("date_text", "written_on", "received_on", "published_on"),
        Column("addressees", "answers[].id"),
        Column("positions", "answers[].position"),
        *_same("contested", kind="flag"),
        *_CONTESTED,
        *_of("source", "source", *_SOURCE),
        *_same("url"),
    ],
}


@dataclass(frozen=True)
class Export:
    """The rows of one list that are to be exported whole, in an order, as they stood on a day."""

    resource: str
    rows: QuerySet
    keys: Sequence[str]
    as_of: date
    root: str

    def how_many(self, at_most: int) -> int:
        """The number of rows; not counted beyond `at_most`."""
        return self.rows.order_by().values("pk")[:at_most].count()

    def documents(self) -> Iterator[Sql]:
        """Statements of one column, `document`, whose rows in turn are those of the export.

        One statement; but what Python writes (the sentence of a recommendation) is put into statements, a few
        hundred rows each, read over a cursor within the same snapshot.
        """
        match self.resource:
            case "addressees":
                yield exported_documents(self.rows, self.keys, self.as_of, self.root)
            case "responses":
                yield response_documents(self.rows, self.keys, self.root)
            case _:
                for each in self._batches():
                    lines = orjson.dumps(as_json(summarise(each, self.as_of), self.root), default=str)
                    yield sql(
                        "SELECT value AS document FROM json_array_elements({given})"
                        " WITH ORDINALITY AS e (value, place) ORDER BY place",
                        given=Sql("%s::json", (lines.decode(),)),
                    )

    def _batches(self) -> Iterator[Sequence[Any]]:
        """By their numbers, which are few bytes each: a cursor would have to stay open beside the statements."""
        ids = list(self.rows.order_by(*self.keys).values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            found = self.rows.in_bulk(some)
            yield [found[pk] for pk in some]


def json_lines(export: Export) -> Iterator[bytes]:
    """A line for each row: the item of the API's list."""
    for statement in export.documents():
        yield from _copied(statement, RAW)


def csv_lines(export: Export) -> Iterator[bytes]:
    """The header, and a line for each row, by RFC 4180: its lines end with CR LF."""
    yield ",".join(column.name for column in COLUMNS[export.resource]).encode() + b"\r\n"
    for statement in export.documents():
        for line in _copied(cells(COLUMNS[export.resource], statement), "FORMAT csv"):
            yield b"%b\r\n" % line[:-1]


def cells(columns: Sequence[Column], documents: Sql) -> Sql:
    """A statement with a column for each of a table, from one that gives documents."""
    shown = [sql("{cell} AS {name}", cell=_cell(column), name=column.name) for column in columns]
    return sql(
        "SELECT {shown} FROM (SELECT document::jsonb AS d FROM ({documents}) AS told OFFSET 0) AS row",
        shown=joined(shown, ", "),
        documents=documents,
    )


def _cell(column: Column) -> Sql:
    found = _found(column.path)
    return found if column.kind != "text" else defused(found)


def _found(path: str) -> Sql:
    if path.endswith("[]"):  # of words
        return Sql(
            f"(SELECT string_agg(e.value, '; ' ORDER BY e.place) FROM"
            f" jsonb_array_elements_text(d -> '{path.removesuffix('[]')}') WITH ORDINALITY AS e (value, place))"
        )
    whole, _, rest = path.partition("[].")
    place = ",".join(whole.split("."))
    if not rest:
        return Sql(f"d #>> '{{{place}}}'")
    return Sql(
        f"(SELECT string_agg(COALESCE(e.value ->> '{rest}', ''), '; ' ORDER BY e.place) FROM"
        f" jsonb_array_elements(d #> '{{{place}}}') WITH ORDINALITY AS e (value, place)"
        f" WHERE jsonb_typeof(d #> '{{{place}}}') = 'array')"
    )


def defused(cell: Sql) -> Sql:
    """A cell that no spreadsheet runs: an apostrophe before what begins like a formula."""
    return sql(
        "(SELECT CASE WHEN c.cell ~ {formula} THEN '''' || c.cell ELSE c.cell END FROM (SELECT {cell} AS cell) c)",
        formula=Sql("%s", (FORMULA,)),
        cell=cell,
    )


def _copied(statement: Sql, how: str) -> Iterator[bytes]:
    """The lines that PostgreSQL sends, each as one message."""
    with (
        connections[reading_from()].cursor() as cursor,
        # Django's own wrapper for debugging passes no parameters on.
        cursor.cursor.copy(f"COPY ({statement.text}) TO STDOUT WITH ({how})", statement.params) as copy,
    ):
        yield from copy
