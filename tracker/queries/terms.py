"""The conditions of filters that hold for an addressee: the twin of `filters.py`, the other way round.

A list asks which addressees a filter fits; the fan-out asks which filters fit an addressee. One test runs both over one
table of cases (tests/alerts/test_interests.py). Only what the public may see makes a term.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import F, Q

from tracker.models import (
    Addressee,
    Body,
    Group,
    InterestTerm,
    JointAuthor,
    Membership,
    Publisher,
    RecommendationTheme,
    Response,
    Theme,
)
from tracker.queries.addressee_facts import facts_of
from tracker.queries.families import family_of
from tracker.queries.listed_documents import values_of
from tracker.queries.outcomes import verdict_rests
from tracker.queries.search import found
from tracker.queries.sql import IDS, ON, Among, Prepared, array, written_out
from tracker.queries.statuses import asked_by
from tracker.vocabulary import View

Term = tuple[str, str]


# The fields of terms, those that fit fewest addressees first: the first of them that an interest names leads to it.
_RAREST_FIRST = (
    "addressee", "recommendation", "body", "answered_by", "family", "report", "q", "theme", "publisher", "group",
    "implementation", "position", "status", "body_kind", "due_before", "due_after",
)  # fmt: skip


def leading(fields: Collection[str]) -> str | None:
    """The field by which the interests with these fields are found; None where there is none."""
    return min(fields, key=_RAREST_FIRST.index, default=None)


def fields_asked() -> set[str]:
    """The fields of terms that decide today whether an interest fits: those that some interest names, and one by
    which a state is known to be there, for who follows everything.
    """
    named = _NAMED.rows({"fields": list(_RAREST_FIRST)})
    return {"addressee", *("due_on" if name in ("due_before", "due_after") else name for [name] in named)}


_NAMED = Prepared("""
SELECT f FROM unnest(%(fields)s::text[]) AS f WHERE EXISTS (SELECT 1 FROM tracker_interestterm WHERE field = f)
""")


def _terms_held(condition: str) -> str:
    """The terms of interests that `held (state, field, value)` satisfies, as rows of `h` and `t`."""
    ranges = (("due_before", "<"), ("due_after", ">"))
    return " UNION ALL ".join(
        f"SELECT h.state, t.interest_id, t.field FROM {condition} AND {fits}"
        for fits in (
            "t.field = h.field AND t.value = h.value",
            *(
                f"t.field = '{name}' AND h.field = 'due_on' AND h.value {sign} t.value"
                for name, sign in ranges
            ),
        )
    )


# The interests that fit a state, of which `held (state, field, value)` says what holds in it: of each field that an
# interest names one term holds. Found by its rarest field, and only then asked for the others: a thousand readers of
# a body each, who want to hear of refusals only, are not all looked at for each refusal.
FITTING = f"""led (state, interest, field) AS MATERIALIZED (
    SELECT DISTINCT * FROM ({_terms_held("held h JOIN tracker_interestterm t ON t.leads")}) AS first
), hit (state, interest, field) AS (
    SELECT * FROM led UNION ALL
    {
    _terms_held(
        "led l JOIN tracker_interestterm t ON t.interest_id = l.interest AND NOT t.leads"
        " JOIN held h ON h.state = l.state"
    )
}
), fitting (state, interest) AS MATERIALIZED (
    SELECT f.state, f.interest
    FROM (SELECT state, interest, count(DISTINCT field) AS fields FROM hit GROUP BY state, interest) AS f
    JOIN tracker_interest i ON i.id = f.interest AND i.fields = f.fields
    UNION ALL
    SELECT s.state, i.id FROM (SELECT DISTINCT state FROM held) s, tracker_interest i WHERE i.fields = 0
)"""


@dataclass(frozen=True)
class Standing:
    """How an addressee stands on a day, as far as filters ask."""

    status: str
    due_on: date | None
    terms: frozenset[Term]


def standings(addressees: Collection[int], on: date) -> dict[int, Standing]:
    """The standing of those of the addressees given that the public sees, by id, on a day.

    A fixed number of queries, one for each body whose family somebody follows, and some for each search.
    """
    given = {"ids": array(addressees), **values_of(on, root="")}
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _rows().rows(given, anew=True)]
    terms: dict[int, set[Term]] = {row["id"]: _own(row) for row in rows}
    for field, look in (
        ("theme", _themes), ("publisher", _publishers), ("group", _groups), ("family", _families),
        ("q", _searches),
    ):  # fmt: skip
        for pk, value in look(rows, on):
            terms[pk].add((field, value))
    wrote = authors({row["shown"] for row in rows if row["shown"]})
    for row in rows:
        terms[row["id"]] |= {("answered_by", body) for body in wrote.get(row["shown"], ())}
    return {row["id"]: Standing(row["status"], row["due_on"], frozenset(terms[row["id"]])) for row in rows}


_VIEWS = [view.value for view in View]
# What terms are made of.
_COLUMNS = {
    **{name: f"tracker_addressee.{name}" for name in ("id", "ref", "body_id", "recommendation_id", "via_group_id")},
    "body_ref": "b.ref",
    "kind_of_body": "b.kind",
    "report": "tracker_report.id",
    "report_ref": "tracker_report.ref",
    "ask_ref": "tracker_recommendation.ref",
    "whole_ref": "whole.ref",
    "status": "s.status",
    "position": "CASE WHEN NOT s.rests THEN ans.position END",
    "due_on": "f.due_on",
    "shown": "ans.response_id",
    **{f"view_{view.value}": f"done.{view.value}_word" for view in View},
    "view_verdict": f"CASE WHEN NOT ({verdict_rests('done.verdict_word')}) THEN done.verdict_word END",
}  # fmt: skip


@cache
def _rows() -> Prepared:
    """The columns of the public ones among `ids`: what lists filter by, worked out once for each."""
    page = asked_by(Addressee.objects.public().filter(Among(F("pk"), IDS)), ON).order_by().values("id")
    return Prepared(f"""
        SELECT {", ".join(_COLUMNS.values())}
        {facts_of(written_out(page))}
        LEFT JOIN tracker_recommendation whole ON whole.id = tracker_recommendation.part_of_id
    """)


def _own(row: dict) -> set[Term]:
    """The terms that stand on the row itself."""
    terms = {
        ("addressee", row["ref"]),
        ("body", row["body_ref"]),
        ("body_kind", row["kind_of_body"]),
        ("report", row["report_ref"]),
        ("recommendation", row["ask_ref"]),
        ("status", row["status"]),
    }
    if row["whole_ref"]:
        terms.add(("recommendation", row["whole_ref"]))
    if row["position"]:
        terms.add(("position", row["position"]))
    if row["due_on"]:
        terms.add(("due_on", row["due_on"].isoformat()))
    for view in _VIEWS:
        if said := row.get(f"view_{view}"):
            terms |= {("implementation", said), ("implementation", f"{view}:{said}")}
    return terms


def _themes(rows: Iterable[dict], _on: date) -> Iterable[tuple[int, str]]:
    asks = {row["recommendation_id"] for row in rows}
    held = RecommendationTheme.objects.filter(recommendation__any_of=asks, theme__in=Theme.objects.public())
    return _spread(held.order_by().values_list("recommendation", "theme__ref"), rows, "recommendation_id")


def _publishers(rows: Iterable[dict], _on: date) -> Iterable[tuple[int, str]]:
    reports = {row["report"] for row in rows}
    held = Publisher.objects.filter(report__any_of=reports, body__in=Body.objects.public())
    return _spread(held.order_by().values_list("report", "body__ref"), rows, "report")


def _groups(rows: Iterable[dict], on: date) -> Iterable[tuple[int, str]]:
    """Addressed through the group, or a member of it on the day."""
    rows = list(rows)
    bodies = {row["body_id"] for row in rows}
    held = Membership.objects.public().as_of(on).filter(body__any_of=bodies, group__in=Group.objects.public())
    yield from _spread(held.order_by().values_list("body", "group__ref"), rows, "body_id")
    through = Group.objects.public().filter(pk__any_of={row["via_group_id"] for row in rows} - {None})
    yield from _spread(through.values_list("pk", "ref"), rows, "via_group_id")


def _families(rows: Iterable[dict], on: date) -> Iterable[tuple[int, str]]:
    """The bodies followed with their family to whose family the addressee's belongs."""
    rows = list(rows)
    bodies = {row["body_id"] for row in rows}
    roots = InterestTerm.objects.filter(field="family").order_by().values_list("value", flat=True).distinct()
    for root in roots:
        kin = Body.objects.filter(_of_bodies(family_of(root, on)), pk__any_of=bodies).values_list(
            "pk", flat=True
        )
        yield from _spread([(pk, root) for pk in kin], rows, "body_id")


def _searches(rows: Iterable[dict], on: date) -> Iterable[tuple[int, str]]:
    """The searches followed by which an addressee is found: each is asked of these few, and of no others."""
    rows = list(rows)
    few = Addressee.objects.filter(pk__any_of=[row["id"] for row in rows])
    for text in followed_searches():
        hits = found(few, text, on, ranked=False).order_by().values_list("pk", flat=True)
        yield from ((pk, text) for pk in hits)


def followed_searches() -> list[str]:
    """The different searches that somebody follows now."""
    held = InterestTerm.objects.filter(field="q", interest__subscriptions__isnull=False)
    return list(held.order_by().values_list("value", flat=True).distinct())


def _of_bodies(condition: Q) -> Q:
    """The condition on `body` of `family_of`, said of a body itself."""
    return Q(*[("pk__in", value) for _, value in condition.children], _connector=Q.OR)


def _spread(held: Iterable[tuple[int, str]], rows: Iterable[dict], column: str) -> Iterable[tuple[int, str]]:
    """What was found for something, for each addressee that belongs to it."""
    by_thing: dict[int, list[str]] = defaultdict(list)
    for thing, value in held:
        by_thing[thing].append(value)
    return [(row["id"], value) for row in rows for value in by_thing.get(row[column], ())]


def authors(responses: Collection[int]) -> dict[int, set[str]]:
    """The public bodies that wrote each response, alone or with others."""
    wrote: dict[int, set[str]] = defaultdict(set)
    public = Body.objects.public()
    alone = Response.objects.filter(pk__any_of=responses, author__in=public).values_list("pk", "author__ref")
    joint = JointAuthor.objects.filter(response__any_of=responses, body__in=public)
    for response, body in [*alone, *joint.order_by().values_list("response", "body__ref")]:
        wrote[response].add(body)
    return wrote
