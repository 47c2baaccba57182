"""What is said of addressees in SQL, worked out once for each: the rows, the answer in force, deadlines, status, views.

The rules are not written a second time: answer, deadlines, status and promise are the expressions of `statuses.py` and
`outcomes.py`.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Subquery,
    When,
)
from django.db.models.expressions import RawSQL

from tracker.models import (
    Addressee,
    Answer,
    Body,
    Check,
    Group,
    Recommendation,
    Regime,
    Report,
    Response,
    Source,
)
from tracker.queries.challenge_documents import of_addressee
from tracker.queries.changes import last_told_of
from tracker.queries.outcomes import assessments_made, bound, counted_day, promise_missed, promised
from tracker.queries.pointers import end, public_row, row, source_view
from tracker.queries.sql import ENDED, ON, expression, obj, text, word, written, written_out
from tracker.queries.statuses import (
    came_on,
    days_overdue,
    due_in_force,
    extension_in_force,
    last_day,
    our_refusal_rests,
    said_by,
    silences,
    status_shown,
    tier,
)
from tracker.queries.wording import spoken_words
from tracker.vocabulary import Clock, Finding, View

ID = "tracker_addressee.id"


def _raw(sql: str, field: Any) -> RawSQL:
    return RawSQL(sql, [], output_field=field)


def facts_of(page: str) -> str:
    """The rows of the page with what they point to, and step by step what the document says of them.

    OFFSET 0 keeps what was worked out once from being worked out again wherever it is mentioned, and PostgreSQL from
    joining in another order: row by row in the order of the page, whether it has fifty rows or is streamed with a
    million.
    """
    return f"""
        FROM ({page}) AS page
        CROSS JOIN {row(Addressee, "tracker_addressee", "page.id")}
        CROSS JOIN {row(Body, "b", "tracker_addressee.body_id")}
        CROSS JOIN {row(Recommendation, "tracker_recommendation", "tracker_addressee.recommendation_id")}
        CROSS JOIN {row(Report, "tracker_report", "tracker_recommendation.report_id")}
        LEFT JOIN {public_row(Regime, "regime", _REGIME)} ON true
        CROSS JOIN LATERAL (SELECT {_columns(_first_facts())} OFFSET 0) AS f
        CROSS JOIN LATERAL ({_answers()} OFFSET 0) AS given
        CROSS JOIN LATERAL ({_assessments()} OFFSET 0) AS done
        CROSS JOIN LATERAL ({_checks()} OFFSET 0) AS seen
        CROSS JOIN LATERAL ({_argued()} OFFSET 0) AS argued
        LEFT JOIN {row(Answer, "ans", "given.answer_id")} ON true
        LEFT JOIN {row(Response, "resp", "ans.response_id")} ON true
        LEFT JOIN {row(Body, "author", "resp.author_id")} ON true
        LEFT JOIN {row(Source, "letter", "resp.source_id")} ON true
        LEFT JOIN {public_row(Group, "spoken_for", "resp.on_behalf_of_group_id")} ON true
        LEFT JOIN {row(Answer, "held", "given.holding_id")} ON true
        LEFT JOIN {row(Response, "reply", "held.response_id")} ON true
        CROSS JOIN LATERAL (SELECT {_columns(_second_facts())} OFFSET 0) AS g
        CROSS JOIN LATERAL (SELECT {_columns(_third_facts())} OFFSET 0) AS s
    """


_REGIME = "COALESCE(tracker_recommendation.answer_regime_id, tracker_report.regime_id)"


def _columns(facts: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in facts.items())


def _texts(**facts: Any) -> dict[str, str]:
    """The text of each of some expressions about an addressee."""
    rows = Addressee.objects.annotate(**facts)
    return {name: expression(rows, name) for name in facts}


def _first_facts() -> dict[str, str]:
    """Its deadlines, and whether it was silent, by its own id."""
    return _texts(
        due_on=due_in_force(Clock.ANSWER, ON),
        act_on=due_in_force(Clock.ACT, ON),
        confirmed=Exists(silences(ON)),
    )


def _why_moved(clock: Clock) -> str:
    """The reason of the extension in force."""
    reason = Subquery(extension_in_force(clock, ON).values("reason")[:1], CharField())
    return _texts(reason=reason)["reason"]


def _second_facts() -> dict[str, str]:
    """What follows from the answers."""
    waiting = Answer.objects.annotate(came=came_on()).order_by().values("id", "came")
    due_then = due_in_force(Clock.ANSWER, _raw("given.counted_on", DateField()))
    [text_of_due] = _texts(due=due_then).values()
    spoken = spoken_words("author.name", "author.kind", "author.other_names")
    return {
        "came_on": f"CASE WHEN ans.waits_for > '' THEN"
        f" (SELECT x.came FROM ({written_out(waiting)}) AS x WHERE x.id = ans.id) END",
        "due_then": f"CASE WHEN NOT given.undated AND given.counted_on IS NOT NULL THEN {text_of_due} END",
        "answer_moved": f"CASE WHEN f.due_on <> tracker_addressee.first_answer_due_on"
        f" THEN {_why_moved(Clock.ANSWER)} END",
        "act_moved": f"CASE WHEN f.act_on <> tracker_addressee.first_act_by THEN {_why_moved(Clock.ACT)} END",
        "spoken": f"CASE WHEN ans.on_behalf THEN {spoken} END",
        "updated_at": last_told_of(ID),
        "silent": "f.confirmed AND COALESCE(seen.nothing_on >= %(looked)s::date, false)",
    }


def _third_facts() -> dict[str, str]:
    """The status, and whether a promise was missed: the expressions of `statuses.py` and `outcomes.py`."""
    rows = (
        Addressee.objects.annotate(
            position_on=_raw("ans.position", CharField()),
            basis_on=_raw("ans.basis", CharField()),
            reviewed_since=F("under_review_since"),
            on_behalf_on=_raw("ans.on_behalf", BooleanField()),
            wait_ended_on=_raw("g.came_on", DateField()),
            due_on=_raw("f.due_on", DateField()),
            act_on=_raw("f.act_on", DateField()),
            view_claimed=_raw("done.claimed_word", CharField()),
            view_verdict=_raw("done.verdict_word", CharField()),
            _silent=_raw("g.silent", BooleanField()),
            looked_after=_raw("seen.not_done_on > f.act_on", BooleanField()),
            bound=bound(),
        )
        .annotate(status=status_shown(ON), status_on=status_shown(ON), promised=promised())
        .annotate(
            days_overdue=days_overdue(ON),
            promise_missed=promise_missed(ON),
            rests=Case(When(our_refusal_rests(), then=True), default=False, output_field=BooleanField()),
        )
    )
    names = ("status", "days_overdue", "promise_missed", "rests")
    return {name: expression(rows, name) for name in names}


def _answers() -> str:
    """Of the answers given by the day: the one in force, the latest holding reply, the first day that counts, and who
    answered on behalf of it.

    All in one reading; the order is that of `answer_in_force`.
    """
    given = (
        said_by(ON, of=_raw(ID, BigIntegerField()))
        .annotate(_counts=_raw("regime.counts_on", CharField()))
        .annotate(
            tier=tier(ENDED),
            last_day=last_day(),
            day=counted_day(),
            earliest=F("response__answered_earliest"),
            author=F("response__author"),
        )
        .values(
            *("id", "holding", "tier", "last_day", "recorded_at", "day", "earliest", "author", "on_behalf"),
        )
    )
    rank = "last_day DESC NULLS LAST, recorded_at DESC, id DESC"
    return f"""
        SELECT (array_agg(id ORDER BY tier, {rank}) FILTER (WHERE NOT holding))[1] AS answer_id,
               (array_agg(id ORDER BY {rank}) FILTER (WHERE holding))[1] AS holding_id,
               COALESCE(bool_or(earliest IS NULL) FILTER (WHERE NOT holding), false) AS undated,
               min(day) FILTER (WHERE NOT holding) AS counted_on,
               array_agg(DISTINCT author) FILTER (WHERE on_behalf AND NOT holding) AS speakers
        FROM ({written_out(given.order_by())}) AS one
    """


def _assessments() -> str:
    """The latest of each view, as JSON, and the word that it says."""
    latest = assessments_made(ON, of=_raw(ID, BigIntegerField())).distinct("view").values("id")
    dated = written("made.assessed_latest", "made.assessed_precision")
    shown = obj(
        {
            "implementation": word("made.implementation"),
            "assessed_on": dated["day"],
            "date_precision": dated["precision"],
            "summary": text("made.summary"),
            "made_by": end(Body, "made.made_by_id"),
            "source": source_view("page_of"),
        }
    )
    docs, words = (
        ", ".join(f"max({what}) FILTER (WHERE view = '{view.value}') AS {view.value}{end}" for view in View)
        for what, end in (("doc", ""), ("word", "_word"))
    )
    return f"""
        SELECT {docs}, {words}
        FROM (
            SELECT made.view, made.implementation AS word, {shown} AS doc
            FROM ({written_out(latest)}) AS latest JOIN tracker_assessment made ON made.id = latest.id
            JOIN tracker_source page_of ON page_of.id = made.source_id
        ) AS views
    """


def _argued() -> str:
    """Who contests what of it."""
    return of_addressee(ID)


def _checks() -> str:
    """The last days by then on which somebody looked for an answer, found none, and found nothing done."""
    checks = Check.objects.public(given=("addressee",)).filter(
        addressee=_raw(ID, BigIntegerField()), checked_on__lte=ON
    )
    nothing = f"finding = '{Finding.NOTHING.value}'"
    return f"""
        SELECT max(checked_on) FILTER (WHERE clock = '{Clock.ANSWER.value}') AS checked_on,
               max(checked_on) FILTER (WHERE clock = '{Clock.ANSWER.value}' AND {nothing}) AS nothing_on,
               max(checked_on) FILTER (WHERE clock = '{Clock.ACT.value}' AND {nothing}) AS not_done_on
        FROM ({written_out(checks.order_by().values("clock", "finding", "checked_on"))}) AS one
    """
