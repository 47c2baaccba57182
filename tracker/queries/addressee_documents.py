"""Addressees as JSON that PostgreSQL builds: what `describe` says of each, for a million in one statement.

Inside stands what is picked for each addressee by the rules (`statuses.py`, `outcomes.py`: the same code as for
lists), each value a look-up by an index; around it, what is shown of it. `OFFSET 0` keeps PostgreSQL from working a
value out again wherever it is named, and from joining in another order than that of the rows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from psycopg.sql import Literal

from tracker.models import Addressee, Answer, Assessment, Check, JointAuthor
from tracker.queries import documents as show
from tracker.queries import wording
from tracker.queries.addressees import (
    AddresseeView,
    AnswerView,
    AssessmentView,
    FourViews,
    ResponseRef,
    WaitView,
)
from tracker.queries.challenge_documents import of_addressee
from tracker.queries.challenges import Argued
from tracker.queries.changes import last_told_of
from tracker.queries.days import register_midnight_after
from tracker.queries.outcomes import (
    assessments_of,
    bound,
    first_counted_on,
    looked_after,
    promise_missed,
    promised,
    shows_no_date,
)
from tracker.queries.statements import Sql, column, over, select, sql, value
from tracker.queries.statuses import (
    answer_in_force,
    came_on,
    days_overdue,
    due_in_force,
    holding_replies,
    our_refusal_rests,
    silence_stands,
    status_shown,
)
from tracker.statuses import RECHECK_AFTER
from tracker.vocabulary import Clock, Finding, View

# What of the row itself is shown.
_OWN = (
    *("ref", "recommendation_id", "body_id", "duty_holder_id", "via_group_id"),
    *("first_answer_due_on", "answer_due_basis", "answer_due_strength", "first_act_by", "act_by_basis"),
    "under_review_since",
)


def addressee_documents(rows: QuerySet[Addressee], keys: Sequence[str], on: date, root: str) -> Sql:
    """A statement of one column, `document`: the public addressees given, in the order of the keys."""
    address, day = value(root, "text"), value(on, "date")
    picked, order = _picked(rows, keys, on)
    return sql(
        """
        SELECT {shown} AS document
        FROM ({picked} OFFSET 0) m
        CROSS JOIN LATERAL (SELECT ref, name, kind, ended_on FROM tracker_body WHERE id = m.body_id OFFSET 0) body
        CROSS JOIN LATERAL (
            SELECT id, ref, number, limb, title, report_id, part_of_id FROM tracker_recommendation
            WHERE id = m.recommendation_id OFFSET 0
        ) ask
        CROSS JOIN LATERAL (
            SELECT ref, title, dated_latest, dated_precision FROM tracker_report WHERE id = ask.report_id OFFSET 0
        ) report
        LEFT JOIN LATERAL ({answer} OFFSET 0) answer ON true
        LEFT JOIN LATERAL ({holding} OFFSET 0) holding ON true
        CROSS JOIN LATERAL (SELECT {status} AS status OFFSET 0) stood
        CROSS JOIN LATERAL ({argued} OFFSET 0) argued
        ORDER BY {order}
        """,
        shown=_document(on, address, day),
        picked=picked,
        answer=_answer(address, on),
        holding=show.answered("m.holding_response"),
        status=_by_the_rules(status_shown(on)),
        argued=of_addressee("m.id", "ask.id", "ask.part_of_id", address),
        order=order,
    )


def _picked(rows: QuerySet[Addressee], keys: Sequence[str], on: date) -> tuple[Sql, str]:
    """For each addressee: its own columns, and what the rules pick for the day. And the order, for the whole."""
    answer, checks = (
        answer_in_force(on, register_midnight_after(on)),
        Check.objects.public(given=("addressee",)).filter(
            addressee=OuterRef("pk"), clock=Clock.ANSWER, checked_on__lte=on
        ),
    )
    names = [key.removeprefix("-") for key in keys]
    values: dict[str, Any] = {
        "answer_key": Subquery(answer.values("pk")[:1]),
        "holding_response": Subquery(holding_replies(on).values("response")[:1]),
        "due_on": due_in_force(Clock.ANSWER, on),
        "act_on": due_in_force(Clock.ACT, on),
        "_silent": silence_stands(on, on - RECHECK_AFTER),
        "looked_after": Exists(looked_after(on)),
        "bound": bound(),
        "checked_on": _last(checks),
        "nothing_on": _last(checks.filter(finding=Finding.NOTHING)),
        **{f"{view.value}_key": Subquery(assessments_of(view, on).values("pk")[:1]) for view in View},
        "undated": shows_no_date(on),
        "counted_on": first_counted_on(on),
        **{f"key_{n}": F(name) for n, name in enumerate(names)},
    }
    # A list that was filtered by status has some of these already: by the same rules.
    told = rows.annotate(
        **{name: each for name, each in values.items() if name not in rows.query.annotations}
    )
    told = told.annotate(due_then=due_in_force(Clock.ANSWER, OuterRef("counted_on")))
    order = [f"{'-' if key.startswith('-') else ''}key_{n}" for n, key in enumerate(keys)]
    picked = told.order_by(*order).select_related(None).values("id", *_OWN, *values, "due_then")
    ordered = ", ".join(f"m.{key.removeprefix('-')}{' DESC' if key.startswith('-') else ''}" for key in order)
    return select(picked), ordered


def _last(checks: QuerySet[Check]) -> Subquery:
    return Subquery(checks.order_by("-checked_on").values("checked_on")[:1], DateField())


def _by_the_rules(rule: Any) -> Sql:
    """A rule of `statuses.py` or `outcomes.py` over what was picked."""
    day, yes, word = DateField(), BooleanField(), CharField()
    return over(
        Addressee,
        {
            "position_on": ("answer.position", word),
            "basis_on": ("answer.basis", word),
            "on_behalf_on": ("answer.on_behalf", yes),
            "reviewed_since": ("m.under_review_since", day),
            "wait_ended_on": ("answer.came_on", day),
            "due_on": ("m.due_on", day),
            "act_on": ("m.act_on", day),
            "_silent": ("m._silent", yes),
            "bound": ("m.bound", yes),
            "looked_after": ("m.looked_after", yes),
            "status_on": ("stood.status", word),
            "promised": ("promised.promised", yes),
            "view_claimed": ("promised.claimed", word),
            "view_verdict": ("promised.verdict", word),
        },
        rule,
    )


def _document(on: date, root: Sql, day: Sql) -> Sql:
    own = {name: f"m.{name}" for name in ("first_answer_due_on", "answer_due_basis", "act_by_basis")}
    return show.document(
        AddresseeView,
        root,
        {
            **own,
            "id": "m.ref",
            "as_of": day,
            "recommendation": show.recommendation_document(root, "ask"),
            "report": show.report_document(root, "report"),
            "body": show.body_document(root, "body"),
            "duty_holder": sql(
                "CASE WHEN m.duty_holder_id IS NOT NULL AND body.ended_on <= {day} THEN {holder} END",
                day=day,
                holder=show.body("m.duty_holder_id", root),
            ),
            "via_group": show.group("m.via_group_id", root),
            "answer_due_on": "m.due_on",
            "answer_due_strength": show.or_null("m.answer_due_strength"),
            "status": "stood.status",
            "status_label": _label(on),
            "days_overdue": _by_the_rules(days_overdue(on)),
            "days_late": "CASE WHEN NOT m.undated AND m.counted_on IS NOT NULL AND m.due_then IS NOT NULL"
            " AND m.under_review_since IS NULL"
            " THEN greatest(0, m.counted_on - m.due_then) END",
            "acknowledged_on": show.written("holding.answered"),
            "answer": "answer.shown",
            "implementation": _four_views(root),
            "act_by": "m.act_on",
            "first_act_by": "m.first_act_by",
            "promise_missed": _promise_missed(on),
            "checked_on": "m.checked_on",
            **{name: f"argued.{name}" for name in Argued._fields},
            "under_review": "m.under_review_since IS NOT NULL",
            "under_review_since": "m.under_review_since",
            "updated_at": sql(
                "(SELECT {at} FROM (SELECT {told} AS told_at OFFSET 0) t)",
                at=show.moment("t.told_at"),
                told=last_told_of("m.id"),
            ),
        },
    )


def _label(on: date) -> Sql:
    """The one public wording, filled in here for what was picked."""
    late = "greatest(0, d.asked_on - m.due_on)"
    acknowledged = wording.acknowledged_words("holding.answered_latest", "holding.answered_precision")
    said = wording.position_words("answer.position", "answer.basis")
    words = wording.status_words(
        "stood.status",
        "answer.basis",
        {
            "due_on": wording.day_words("m.due_on"),
            "days_overdue": wording.days_words(late),
            "checked_on": wording.day_words("m.nothing_on"),
            "came_on": wording.day_words("answer.came_on"),
            "said": f"(SELECT lower(left(s.said, 1)) || substr(s.said, 2) FROM (SELECT {said} AS said) s)",
            "given_by": "answer.given_by",
            "given_for": "answer.given_for",
            "waited_for": "nullif(answer.waits_for, '')",
            "acknowledged": f"CASE WHEN m.holding_response IS NOT NULL THEN {acknowledged} END",
            "reviewed_on": wording.day_words("m.under_review_since"),
            "contested_by": wording.contesters_words("argued.contested_by"),
        },
    )
    return sql("(SELECT {words} FROM (SELECT {day} AS asked_on) d)", words=words, day=value(on, "date"))


def _answer(root: Sql, on: date) -> Sql:
    """The answer in force: what the rules read of it, and how it is shown."""
    return sql(
        """
        SELECT e.position, e.basis, e.on_behalf, e.waits_for, e.came_on, {given_by} AS given_by,
            {given_for} AS given_for, {shown} AS shown
        FROM ({row}) e
        JOIN tracker_response response ON response.id = e.response_id
        JOIN tracker_body author ON author.id = response.author_id
        JOIN tracker_source source ON source.id = response.source_id
        CROSS JOIN LATERAL ({dated}) dated
        CROSS JOIN LATERAL (SELECT {group} AS members_called OFFSET 0) for_them
        """,
        given_by=wording.spoken_words("author.name", "author.kind", "author.other_names"),
        given_for=wording.given_for_words("for_them.members_called"),
        group=show.members_called("response.on_behalf_of_group_id"),
        shown=_answer_document(root, on),
        row=select(Answer.objects.filter(pk=column("m.answer_key")).values(*_ANSWER, came_on=came_on())),
        dated=show.answered("e.response_id"),
    )


_ANSWER = (
    *("position", "basis", "reason", "conditions", "summary", "quote", "on_behalf", "waits_for", "decision"),
    *("response_id", "points_to_id", "alternative_id", "waits_for_report_id", "waits_for_recommendation_id"),
)


def reading_rests(answer: str, since: str) -> Sql:
    """Whether an answer is read as a refusal by the register alone, which is under review."""
    known = {
        "position_on": (f"{answer}.position", CharField()),
        "basis_on": (f"{answer}.basis", CharField()),
        "reviewed_since": (since, DateField()),
    }
    rests = over(Addressee, known, Case(When(our_refusal_rests(), then=True), default=False))
    plain = (str(each) if isinstance(each, str) else each for each in rests.params)
    return Sql(rests.text % tuple(Literal(each).as_string(None) for each in plain))


def _answer_document(root: Sql, on: date) -> Sql:
    plain = ("basis", "conditions", "summary", "quote", "on_behalf")
    rests = reading_rests("e", "m.under_review_since")
    label = wording.position_words("e.position", "e.basis")
    return show.document(
        AnswerView,
        root,
        {
            **{name: f"e.{name}" for name in plain},
            "position": sql("CASE WHEN NOT {rests} THEN e.position END", rests=rests),
            "position_label": wording.resting_words(rests.text, label),
            "reason": sql(
                "CASE WHEN NOT {rests} THEN {reason} END", rests=rests, reason=show.or_null("e.reason")
            ),
            "given_by": show.body_document(root, "author"),
            "joint_authors": show.public_bodies_of(
                JointAuthor.objects.filter(response=column("e.response_id")), root
            ),
            "answered_on": show.written("dated.answered"),
            "date_precision": "dated.answered_precision",
            "date_unknown": "dated.answered_latest IS NULL",
            "waits_for": sql("CASE WHEN e.waits_for <> '' THEN {wait} END", wait=_wait_document(root, on)),
            "points_to": show.body("e.points_to_id", root),
            "alternative": show.recommendation("e.alternative_id", root),
            "decision": show.or_null("e.decision"),
            "response": show.document(
                ResponseRef,
                root,
                {"id": "response.ref", "title": "response.title", "kind": "response.kind"},
            ),
            "source": show.source_document("source"),
        },
    )


def _wait_document(root: Sql, on: date) -> Sql:
    return show.document(
        WaitView,
        root,
        {
            "what": "e.waits_for",
            "report": show.report("e.waits_for_report_id", root),
            "recommendation": show.recommendation("e.waits_for_recommendation_id", root),
            "ended_on": Sql("CASE WHEN e.came_on <= %s::date THEN e.came_on END", (on,)),
        },
    )


def _four_views(root: Sql) -> Sql:
    return show.document(
        FourViews, root, {view.value: _assessment(f"m.{view.value}_key", root) for view in View}
    )


def _assessment(pk: str, root: Sql) -> Sql:
    shown = show.document(
        AssessmentView,
        root,
        {
            "implementation": "e.implementation",
            "assessed_on": show.written("e.assessed"),
            "date_precision": show.precision("e.assessed"),
            "summary": "e.summary",
            "made_by": show.body("e.made_by_id", root),
            "source": show.source_document("source"),
        },
    )
    return sql(
        "CASE WHEN {pk} IS NOT NULL THEN (SELECT {shown} FROM tracker_assessment e"
        " JOIN tracker_source source ON source.id = e.source_id WHERE e.id = {pk}) END",
        pk=pk,
        shown=shown,
    )


def _promise_missed(on: date) -> Sql:
    views = {name: select(_said(name)) for name in ("claimed", "verdict")}
    return sql(
        "(SELECT {missed} FROM"
        " (SELECT {promised} AS promised, ({claimed}) AS claimed, ({verdict}) AS verdict) promised)",
        missed=_by_the_rules(promise_missed(on)),
        promised=_by_the_rules(promised()),
        **views,
    )


def _said(view: str) -> QuerySet[Any, Any]:
    return Assessment.objects.filter(pk=column(f"m.{view}_key")).values("implementation")
