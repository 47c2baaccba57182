"""Writing SQL by hand where Django's would read a row several times, out of the very rules that Django's is made of.

A query that is compiled here is text with named parameters: `Named` ones, that each use of the text is given, and the
query's own values, which are written out or named too. So one text serves many requests, and PostgreSQL plans it once.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    Func,
    QuerySet,
)
from django.db.models.query import get_related_populators
from psycopg.sql import Literal

from tracker.queries.asking import Question, Rows
from tracker.queries.readers import reader, reading_from
from tracker.queries.statements import Sql, select, sql

# Stands for a parameter's name in compiled text, until what is a percent sign in it has been told apart.
_MARK = "\x01{}\x02"
MOST_ARGUMENTS = 90


class Named(Expression):
    """A value that is given when the text is run: `%(name)s`."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"{_MARK.format(self.name)}::{self.output_field.db_type(connection)}", ()


class Among(Func):
    """A column is one of the values that are given when the text is run, as an array."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def named_ids(name: str) -> Named:
    return Named(name, ArrayField(BigIntegerField()))


# What many texts are given: rows, the day, the moment at which it ends, the day since which somebody must have looked.
IDS = named_ids("ids")
ON = Named("on", DateField())
ENDED = Named("ended", DateTimeField())
LOOKED = Named("looked", DateField())


def array(ids: Iterable[int]) -> str:
    """An array as PostgreSQL reads it."""
    return f"{{{','.join(map(str, ids))}}}"


def array_of_texts(texts: Iterable[str]) -> str:
    """The same of texts: many times as fast as psycopg, which writes each on its own."""
    told = '","'.join(text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return f'{{"{told}"}}'


def written_out(rows: QuerySet) -> str:
    """The text of a query whose own values are constants: they are written out."""
    sql, values = rows.query.sql_with_params()
    return _marked(sql % tuple(Literal(_plain(value)).as_string(None) for value in values))


def with_values(rows: QuerySet, prefix: str) -> tuple[str, dict[str, Any]]:
    """The text of a query with its own values as parameters, called prefix0, prefix1, …; and these.

    True and false are written out: what they decide, the planner has to know. The same value is one parameter, so that
    PostgreSQL sees where the same is worked out twice.
    """
    sql, values = rows.query.sql_with_params()
    plain = [_plain(value) for value in values]
    names: dict[str, str] = {}
    called = [
        names.setdefault(f"{type(each)} {each}", f"{prefix}{number}") for number, each in enumerate(plain)
    ]
    casts = tuple(_cast(name, each) for name, each in zip(called, plain, strict=True))
    return _marked(sql % casts), dict(zip(called, plain, strict=True))


def expression(rows: QuerySet, name: str) -> str:
    """The text of an annotation of a query, whose own values are written out."""
    compiler = rows.query.get_compiler("default")
    sql, values = compiler.compile(rows.query.annotations[name])
    return _marked(sql % tuple(Literal(_plain(value)).as_string(None) for value in values))


def _plain(value: Any) -> Any:
    """What Django passes on as a word of a closed list is text to PostgreSQL.

    Numbers are an array whatever their size: psycopg would make of small ones another type, which is another plan.
    """
    if isinstance(value, list) and all(isinstance(each, int) for each in value):
        return array(value)
    return str(value) if isinstance(value, str) else value


def _cast(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    kinds = {int: "bigint", str: "text", datetime: "timestamptz", date: "date"}
    kind = kinds.get(type(value))
    return _MARK.format(name) + (f"::{kind}" if kind else "")


def _marked(sql: str) -> str:
    """Percent signs doubled, and each mark a parameter."""
    return sql.replace("%", "%%").replace("\x01", "%(").replace("\x02", ")s")


_PARAMETER = re.compile(r"%\(([a-z_0-9]+)\)s|%%")


def renamed(text: str, others: Mapping[str, str]) -> str:
    """A text with named parameters, in which something else stands for some of them."""
    return _PARAMETER.sub(lambda found: others.get(found[1] or "", found[0]), text)


def positional(text: str, values: Mapping[str, Any]) -> Sql:
    """A text with named parameters as one that is put together with others: each use of a value is a parameter."""
    names = [name for name in _PARAMETER.findall(text) if name]
    return Sql(
        _PARAMETER.sub(lambda found: "%s" if found[1] else "%%", text), tuple(values[n] for n in names)
    )


def execute(sql: str, values: Mapping[str, Any]) -> int:
    """Write many rows, given as arrays, by one statement; how many it made or changed.

    Past Django's own cursor, which would write the arrays out as text.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


_PAGE = "\x03"  # stands for the rows until they are put in with their own values


def streamed(
    rows: QuerySet, keys: Sequence[str], documents: Callable[[str], str], values: Mapping[str, Any]
) -> Sql:
    """A statement of one column, `document`: the documents of all the rows given, in the order of the keys.

    `documents` makes a text with the column `doc` of a query with the column `id`, and keeps its order; `values` are
    those of the text. The keys are as for order_by.
    """
    names = {f"key{number}": F(key.removeprefix("-")) for number, key in enumerate(keys)}
    turns = [" DESC" if key[0] == "-" else "" for key in keys]
    ordered = [f"{'-' if turn else ''}{name}" for name, turn in zip(names, turns, strict=True)]
    picked = rows.select_related(None).annotate(**names).order_by(*ordered).values("id", *names)
    before, after = (positional(part, values) for part in documents(f"{_PAGE} OFFSET 0").split(_PAGE))
    return sql(
        "SELECT doc AS document FROM ({before}{picked}{after}) AS told ORDER BY {order}",
        before=before,
        picked=select(picked),
        after=after,
        order=", ".join(f"{name}{turn}" for name, turn in zip(names, turns, strict=True)),
    )


class Prepared:
    """A text with named parameters, which PostgreSQL plans once for each connection and then runs again and again.

    Past Django's cursor, which would write the values into the text: that would be another text, and another plan.
    """

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.names = [*dict.fromkeys(name for name in _PARAMETER.findall(sql) if name)]
        numbers = {name: f"${number}" for number, name in enumerate(self.names, start=1)}
        self.text = _PARAMETER.sub(lambda found: numbers[found[1]] if found[1] else "%", sql).encode()

    def rows(
        self, values: Mapping[str, Any], *, binary: bool = True, keep: bool = True, anew: bool = False
    ) -> Rows:
        """`keep`: the connection keeps the plan, for a text that comes again. `anew`: it is planned each time, for
        these values and for tables as large as they are now.
        """
        if anew:
            with reader().cursor() as written:
                written.execute(self.sql, values)
                return written.fetchall()  # type: ignore[no-any-return]
        [found] = reader().ask([self.question(values, binary=binary, keep=keep)])
        return found  # type: ignore[no-any-return]

    def question(self, values: Mapping[str, Any], *, binary: bool = True, keep: bool = True) -> Question:
        """What `rows` asks, for whoever asks it together with others."""
        return Question(self.text, [values[name] for name in self.names], binary, keep)


class Kept:
    """A query of models whose text is made, and planned, once: what Django would work out anew for every request."""

    def __init__(self, rows: QuerySet, text: str = "") -> None:
        self.prepared = Prepared(text or written_out(rows))
        compiler = rows.query.get_compiler("default")
        compiler.as_sql()
        self.compiler, info = compiler, compiler.klass_info
        self.model, self.span = info["model"], slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.span]]
        self.converters = compiler.get_converters([each for each, _, _ in compiler.select])
        self.populators = get_related_populators(info, compiler.select, "default")  # type: ignore[call-arg]
        self.annotations = [*compiler.annotation_col_map.items()]
        self.width = len(compiler.select)

    def models(self, values: Mapping[str, Any], *, anew: bool = False) -> list[Any]:
        """The rows, with what `select_related` names."""
        return self.made_of(self.prepared.rows(values, binary=False, anew=anew))

    def made_of(self, rows: Iterable[Any]) -> list[Any]:
        """The models of rows that were read."""
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self._model(row) for row in rows]

    def _model(self, row: Sequence[Any]) -> Any:
        found = self.model.from_db(reading_from(), self.names, row[self.span])
        for populator in self.populators:
            populator.populate(row, found)
        for name, place in self.annotations:
            setattr(found, name, row[place])
        return found


# --- JSON, as text: each function gives an expression whose value is never null --------------------------------------


def joined(parts: Iterable[str]) -> str:
    """Texts after one another. What is null is nothing; PostgreSQL takes a hundred arguments at most."""
    parts = list(parts)
    if len(parts) > MOST_ARGUMENTS:
        parts = [joined(parts[at : at + MOST_ARGUMENTS]) for at in range(0, len(parts), MOST_ARGUMENTS)]
    return f"concat({', '.join(parts)})"


def obj(members: Mapping[str, str]) -> str:
    """A JSON object of members that are JSON."""
    parts = []
    for number, (name, value) in enumerate(members.items()):
        parts += [f"""'{"," if number else "{"}"{name}":'""", value]
    return joined([*parts, "'}'"])


def maybe(condition: str, value: str) -> str:
    return f"CASE WHEN {condition} THEN {value} ELSE 'null' END"


def text(value: str) -> str:
    """A text that is there, whatever is in it."""
    return f"to_json({value})"


def text_or_null(value: str) -> str:
    return f"COALESCE(to_json({value})::text, 'null')"


def word(value: str) -> str:
    """A word of a closed list: it holds nothing that JSON would have to escape."""
    return f"""concat('"', {value}, '"')"""


def word_or_null(value: str) -> str:
    """The same, or null where it is empty or not there."""
    return f"""COALESCE('"' || NULLIF({value}, '') || '"', 'null')"""


def day_or_null(value: str) -> str:
    return f"""COALESCE('"' || {value} || '"', 'null')"""


def number_or_null(value: str) -> str:
    return f"COALESCE(({value})::text, 'null')"


def flag(value: str) -> str:
    return f"CASE WHEN {value} THEN 'true' ELSE 'false' END"


def moment_or_null(value: str) -> str:
    """A moment as Python writes it: microseconds where there are any."""
    at = f"({value} AT TIME ZONE 'UTC')"
    return (
        f"""COALESCE('"' || to_char({at}, 'YYYY-MM-DD"T"HH24:MI:SS') || CASE WHEN date_trunc('second', {at}) < {at}"""
        f""" THEN to_char({at}, '.US') ELSE '' END || '+00:00"', 'null')"""
    )


def written(latest: str, precision: str) -> dict[str, str]:
    """A date as it is exported, and how well it is known; `DateSpan.written` says the same."""
    width = f"CASE {precision} WHEN 'month' THEN 7 WHEN 'year' THEN 4 ELSE 10 END"
    return {
        "day": f"""COALESCE('"' || left({latest}::text, {width}) || '"', 'null')""",
        "precision": f"CASE WHEN {latest} IS NULL THEN 'null' ELSE {word(precision)} END",
    }
