"""What a thing is called where another points to it, as JSON that PostgreSQL makes (`sql.py`): of `references.py`.

Each takes the name under which the statement reads the row, and `root`, the address under which the resources stand, as
a parameter of the whole.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from tracker.models import Body, Fact, Group, JointAuthor, Recommendation, Regime, Report
from tracker.queries.sql import day_or_null, obj, text, word, word_or_null, written, written_out
from tracker.vocabulary import ResponseDate


def url(resource: str, ref: str) -> str:
    """Its address."""
    return text(f"concat(%(root)s::text, '{resource}/', {ref}, '/')")


def body_ref(of: str) -> str:
    members = {"id": text(f"{of}.ref"), "name": text(f"{of}.name"), "kind": word(f"{of}.kind")}
    return obj({**members, "url": url("bodies", f"{of}.ref")})


def group_ref(of: str) -> str:
    members = {"id": text(f"{of}.ref"), "name": text(f"{of}.name")}
    return obj({**members, "url": url("groups", f"{of}.ref")})


def report_ref(of: str) -> str:
    dated = written(f"{of}.dated_latest", f"{of}.dated_precision")
    members = {"id": text(f"{of}.ref"), "title": text(f"{of}.title")}
    told = {"dated_on": dated["day"], "date_precision": dated["precision"]}
    return obj({**members, **told, "url": url("reports", f"{of}.ref")})


def recommendation_ref(of: str) -> str:
    members = {name: text(f"{of}.{name}") for name in ("number", "limb", "title")}
    return obj({"id": text(f"{of}.ref"), **members, "url": url("recommendations", f"{of}.ref")})


def source_view(of: str) -> str:
    dated = written(f"{of}.dated_latest", f"{of}.dated_precision")
    return obj(
        {
            "kind": word(f"{of}.kind"),
            **{name: text(f"{of}.{name}") for name in ("title", "url", "publisher")},
            "dated_on": dated["day"],
            "date_precision": dated["precision"],
            "archived_url": text(f"{of}.archived_url"),
            "state": word_or_null(f"{of}.state"),
            "state_on": day_or_null(f"{of}.state_on"),
            "moved_to": text(f"{of}.moved_to"),
        }
    )


_ENDS: Mapping[type[Fact], tuple[Any, tuple[str, ...]]] = {
    Body: (body_ref, ("id", "ref", "name", "kind")),
    Group: (group_ref, ("id", "ref", "name", "members_called")),
    Report: (report_ref, ("id", "ref", "title", "dated_latest", "dated_precision")),
    Recommendation: (recommendation_ref, ("id", "ref", "number", "limb", "title")),
    Regime: (None, ("id", "ref", "name", "strength", "counts_on")),
}


def public_rows(model: type[Fact]) -> str:
    """The public facts of a kind with what they are called by."""
    return written_out(model.objects.public().order_by().values_list(*_ENDS[model][1]))


def end(model: type[Fact], key: str) -> str:
    """What a column points to, if that is public; null if not, or if it points to nothing."""
    shape = _ENDS[model][0]("e")
    one = f"(SELECT {shape} FROM ({public_rows(model)}) AS e WHERE e.id = {key})"
    return f"CASE WHEN {key} IS NULL THEN 'null' ELSE COALESCE({one}, 'null') END"


def row(model: type[Model], name: str, key: str) -> str:
    """The row that a key names, by its index."""
    return f"LATERAL (SELECT * FROM {model._meta.db_table} AS e WHERE e.id = {key} OFFSET 0) AS {name}"


def public_row(model: type[Fact], name: str, key: str) -> str:
    """The same, if the public sees it."""
    return f"LATERAL (SELECT * FROM ({public_rows(model)}) AS e WHERE e.id = {key} OFFSET 0) AS {name}"


def answered(of: str) -> tuple[str, str]:
    """The last day and the precision of `Response.answered_on`: of the earliest date, and of two the shorter."""
    names = [each.value for each in ResponseDate]
    ends = ", ".join(
        f"CASE WHEN {of}.{n}_earliest = {of}.answered_earliest THEN {of}.{n}_latest END" for n in names
    )
    latest = f"LEAST({ends})"
    which = " ".join(
        f"WHEN {of}.{n}_earliest = {of}.answered_earliest AND {of}.{n}_latest = {latest} THEN {of}.{n}_precision"
        for n in names
    )
    return latest, f"(CASE {which} END)"


def joint_authors(of: str) -> str:
    """The public ones among those of a response, in their order."""
    return f"""(
        SELECT concat('[', string_agg({body_ref("e")}, ',' ORDER BY j.position), ']')
        FROM {JointAuthor._meta.db_table} j JOIN ({public_rows(Body)}) AS e ON e.id = j.body_id
        WHERE j.response_id = {of}.id
    )"""
