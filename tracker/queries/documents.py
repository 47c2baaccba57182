"""JSON that PostgreSQL builds: the same documents as the views of this package, for exports too long for Python.

The shape is that of the dataclass: a document is made with a value for each of its fields, in their order, and a
missing or a strange one is an error when the statement is made. That the values are the same is a test's to say.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.db.models import F, QuerySet

from tracker.models import Body, Fact, Group, Recommendation, Report
from tracker.queries.references import (
    BodyRef,
    GroupRef,
    RecommendationRef,
    ReportRef,
    SourceView,
)
from tracker.queries.statements import Sql, column, joined, select, sql, text
from tracker.spans import WRITTEN_WIDTHS

NULL = Sql("NULL")


def document(view: type, root: Sql, values: Mapping[str, Sql | str]) -> Sql:
    """The JSON of a view; `root` is the address under which the resources stand."""
    names = [field.name for field in fields(view)]
    if set(names) != set(values):
        raise TypeError(f"{view.__name__}: {set(names) ^ set(values)}")
    told: dict[str, Any] = {name: values[name] for name in names}
    resource = getattr(view, "resource", None)
    if resource:
        told["url"] = sql(
            "concat({root}, {path}, {id}, '/')", root=root, path=text(f"{resource}/"), id=values["id"]
        )
    pairs = [sql("{name}, {value}", name=text(name), value=each) for name, each in told.items()]
    return sql("json_build_object({pairs})", pairs=joined(pairs, ", "))


def one(rows: QuerySet, columns: tuple[str, ...], shown: Sql) -> Sql:
    """A document of one row found by a query, read as `e`; null where there is none."""
    return sql("(SELECT {shown} FROM ({rows}) e)", shown=shown, rows=select(rows.values(*columns)))


def or_null(word: str) -> Sql:
    """A word; null where it is empty."""
    return Sql(f"nullif({word}, '')")


def written(prefix: str) -> Sql:
    """`DateSpan.written`: a date as it is exported."""
    widths = " ".join(f"WHEN '{word.value}' THEN {width}" for word, width in WRITTEN_WIDTHS.items())
    return Sql(f"left({prefix}_latest::text, CASE {prefix}_precision {widths} ELSE 10 END)")


def precision(prefix: str) -> Sql:
    return or_null(f"{prefix}_precision")


def moment(at: str) -> Sql:
    """A moment as the API writes it: in UTC, with a fraction only where there is one."""
    utc = f"{at} AT TIME ZONE 'UTC'"
    return Sql(
        f"to_char({utc}, CASE WHEN extract(microseconds FROM {at})::int %% 1000000 = 0"
        " THEN 'YYYY-MM-DD\"T\"HH24:MI:SS' ELSE 'YYYY-MM-DD\"T\"HH24:MI:SS.US' END) || '+00:00'"
    )


def body_document(root: Sql, e: str = "e") -> Sql:
    return document(BodyRef, root, {"id": f"{e}.ref", "name": f"{e}.name", "kind": f"{e}.kind"})


def body(pk: str, root: Sql) -> Sql:
    """The public body of a column; null where it is none."""
    return one(_public(Body, pk), ("ref", "name", "kind"), body_document(root))


def group(pk: str, root: Sql) -> Sql:
    return one(
        _public(Group, pk), ("ref", "name"), document(GroupRef, root, {"id": "e.ref", "name": "e.name"})
    )


def members_called(pk: str) -> Sql:
    """What the members of a public group are called; null where it is none."""
    return sql("({rows})", rows=select(_public(Group, pk).values("members_called")))


REPORT = ("ref", "title", "dated_latest", "dated_precision")


def report_document(root: Sql, e: str = "e") -> Sql:
    dated = f"{e}.dated"
    return document(
        ReportRef,
        root,
        {
            "id": f"{e}.ref",
            "title": f"{e}.title",
            "dated_on": written(dated),
            "date_precision": precision(dated),
        },
    )


def report(pk: str, root: Sql) -> Sql:
    return one(_public(Report, pk), REPORT, report_document(root))


RECOMMENDATION = ("ref", "number", "limb", "title")


def recommendation_document(root: Sql, e: str = "e") -> Sql:
    named = {"id": f"{e}.ref", **{name: f"{e}.{name}" for name in ("number", "limb", "title")}}
    return document(RecommendationRef, root, named)


def recommendation(pk: str, root: Sql) -> Sql:
    return one(_public(Recommendation, pk), RECOMMENDATION, recommendation_document(root))


def source_document(e: str) -> Sql:
    """The source of a public fact, by the name under which the statement reads it."""
    names = ("kind", "title", "url", "publisher", "archived_url", "state_on", "moved_to")
    plain: dict[str, Sql | str] = {name: f"{e}.{name}" for name in names}
    dated = f"{e}.dated"
    told = {"dated_on": written(dated), "date_precision": precision(dated), "state": or_null(f"{e}.state")}
    return document(SourceView, NULL, {**plain, **told})


def public_bodies_of(rows: QuerySet, root: Sql) -> Sql:
    """The public bodies that rows of a query point to by `body`, as a list in its order; [] for none."""
    named = rows.filter(body__in=Body.objects.public()).values(
        "id", "position", ref=F("body__ref"), name=F("body__name"), kind=F("body__kind")
    )
    return sql(
        "(SELECT coalesce(json_agg({shown} ORDER BY e.position, e.id), '[]'::json) FROM ({rows}) e)",
        shown=body_document(root),
        rows=select(named.order_by()),
    )


def answered(response: str) -> Sql:
    """`Response.answered_on`: the earliest of its dates that is known, as the columns of a span; a row in any case."""
    return Sql(
        f"""
        SELECT d.latest AS answered_latest, d.precision AS answered_precision FROM (SELECT) nothing
        LEFT JOIN LATERAL (
            SELECT v.* FROM tracker_response r CROSS JOIN LATERAL (VALUES
                (1, r.written_earliest, r.written_latest, r.written_precision),
                (2, r.received_earliest, r.received_latest, r.received_precision),
                (3, r.published_earliest, r.published_latest, r.published_precision)
            ) AS v (place, earliest, latest, precision)
            WHERE r.id = {response} AND v.latest IS NOT NULL ORDER BY v.earliest, v.latest, v.place LIMIT 1
        ) d ON true
        """
    )


def _public(model: type[Fact], pk: str) -> QuerySet:
    return model.objects.public().filter(pk=column(pk))
