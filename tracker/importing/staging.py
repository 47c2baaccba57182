"""The rows of an import on their way: from its bytes into a table, and out of it again in pieces.

A piece has so many rows, in the order of reports, recommendations and rows: memory stays the same whatever the file.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import JSONField

from tracker.importing.bounds import LARGEST, check_size
from tracker.importing.profiles import Profile
from tracker.importing.saying import Said
from tracker.importing.tables import Table, TableRow, open_table
from tracker.models import Import, ImportPart, ImportRow
from tracker.models.moulds import Mould
from tracker.queries.sql import execute
from tracker.vocabulary import Outcome

PART = 1024 * 1024
PIECE = 2_000
# Of the texts of a piece, in characters: some feeds have pages in a cell.
PIECE_TEXT = 2_000_000

Progress = Callable[[int, int], None]


def keep_file(of: Import, pieces: Iterable[bytes]) -> None:
    """Keep the bytes of a file with its import. Raises ValueError for too many of them, or none."""
    size, number, waiting = 0, 0, b""
    for piece in pieces:
        size += len(piece)
        check_size(min(size, LARGEST + 1))
        waiting += piece
        while len(waiting) >= PART:
            ImportPart.objects.create(of=of, number=number, content=waiting[:PART])
            waiting, number = waiting[PART:], number + 1
    if waiting:
        ImportPart.objects.create(of=of, number=number, content=waiting)
    check_size(size)
    of.file_size = size
    of.save(update_fields=["file_size"])


@contextmanager
def file_of(of: Import) -> Iterator[Path]:
    """The file of an import, on this machine for a moment."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        file = Path(folder) / "file"
        with file.open("wb") as stream:
            for content in (
                of.parts.order_by("number").values_list("content", flat=True).iterator(chunk_size=4)
            ):
                stream.write(content)
        yield file


_ROW_COLUMNS = (
    "of_id, feed, number, key, report_key, ask_key, digest, said, outcome, problems, changes, facts, broken,"
    " applied"
)


def stage(
    of: Import,
    profile: Profile,
    reading: Callable[[Table], Callable[[TableRow], Said]],
    progress: Progress,
) -> int:
    """Read the file of an import into its rows; how many there are. Whatever was read before is dropped.

    `reading` makes, of the columns of the table, what reads one row. What an earlier plan of the import has written
    stays known, and is no row of this plan.
    """
    ImportRow.objects.filter(of=of, applied=False).delete()
    ImportRow.objects.filter(of=of).exclude(outcome="").update(outcome="")
    done = 0
    with file_of(of) as file, open_table(file, profile.headers) as table:
        read = reading(table)
        while rows := [read(row) for row in _next_rows(table)]:
            with transaction.atomic():
                _copy(of, profile.name, rows)
            done += len(rows)
            progress(done, table.total(done))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracker_importrow")
    return done


def _next_rows(table: Table) -> Iterator[TableRow]:
    """Rows for one piece: so many, or so much text."""
    text = 0
    for row in islice(table.rows, PIECE):
        yield row
        text += sum(len(cell) for cell in row.cells.values() if isinstance(cell, str))
        if text > PIECE_TEXT:
            return


def _copy(of: Import, feed: str, rows: Sequence[Said]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY tracker_importrow ({_ROW_COLUMNS}) FROM STDIN") as copy,
    ):
        for row in rows:
            outcome = Outcome.REJECTED.value if row.rejected else ""
            problems = orjson.dumps(row.problems).decode()
            said = orjson.dumps(row.said).decode()
            keys = (row.key, row.report_key, row.ask_key, row.digest)
            copy.write_row(
                (of.pk, feed, row.number, *keys, said, outcome, problems, "[]", "{}", False, False)
            )


def pieces(of: Import, outcomes: Sequence[str]) -> Iterator[list[ImportRow]]:
    """The rows of an import that have one of these outcomes, report by report, so many at a time."""
    after: tuple[str, str, int, int] = ("", "", 0, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_PIECE, [of.pk, [*outcomes], *after, PIECE, PIECE_TEXT])
            rows = [_row(values) for values in cursor.fetchall()]
        if not rows:
            return
        last = rows[-1]
        after = (last.report_key, last.ask_key, last.number, last.pk)
        yield rows


_FIELDS: list[Any] = list(ImportRow._meta.concrete_fields)
_MOULD = Mould(ImportRow)
_NAMES = [field.attname for field in _FIELDS]
_JSON = [field.attname for field in _FIELDS if isinstance(field, JSONField)]
# JSON is read as text: Django would give each value to Python's own parser, by way of a converter.
_NEXT_PIECE = f"""
WITH next AS (
    SELECT {", ".join(f"{field.column}::text" if isinstance(field, JSONField) else field.column for field in _FIELDS)}
    FROM tracker_importrow
    WHERE of_id = %s AND outcome = ANY(%s) AND NOT applied AND (report_key, ask_key, number, id) > (%s, %s, %s, %s)
    ORDER BY report_key, ask_key, number, id LIMIT %s
), measured AS (
    SELECT *, sum(length(said)) OVER (ORDER BY report_key, ask_key, number, id) - length(said) AS before FROM next
)
SELECT {", ".join(field.column for field in _FIELDS)} FROM measured WHERE before < %s
ORDER BY report_key, ask_key, number, id
"""


def _row(values: Sequence[Any]) -> ImportRow:
    said = dict(zip(_NAMES, values, strict=True))
    for name in _JSON:
        said[name] = orjson.loads(said[name])
    return _MOULD.filled(said)


def write_back(rows: Sequence[ImportRow], *columns: str) -> None:
    """Write columns of rows, in one statement."""
    kinds = {"outcome": "text", "broken": "boolean", "applied": "boolean"}
    types = [kinds.get(column, "jsonb") for column in columns]
    unnested = ", ".join(
        f"%({column})b::{'text' if kind == 'jsonb' else kind}[]"
        for column, kind in zip(columns, types, strict=True)
    )
    sets = ", ".join(
        f"{column} = given.{column}{'::jsonb' if kind == 'jsonb' else ''}"
        for column, kind in zip(columns, types, strict=True)
    )
    execute(
        f"UPDATE tracker_importrow r SET {sets} FROM unnest(%(ids)b::bigint[], {unnested})"
        f" AS given (id, {', '.join(columns)}) WHERE r.id = given.id",
        {
            "ids": [row.pk for row in rows],
            **{column: [_plain(getattr(row, column)) for row in rows] for column in columns},
        },
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return str(value) if isinstance(value, str) else value
