"""Addressees as the public reads them, made by PostgreSQL: the JSON of `describe`, for lists that are read often.

`describe` in `addressees.py` is what is documented; this says the same of as many as are asked for in one statement,
several times as fast, and always of the rows as they are: nothing is stored. The rules are not written a second time:
answer, deadlines, status and promise are the expressions of `statuses.py` and `outcomes.py`, the words those of
`wording.py`. One test compares both over every addressee of a register, on several days.

The text of the statement is made once. It takes `on` (the day), `ended` (the moment at which that day ends), `looked`
(the day since which somebody must have looked for an answer) and `root` (the address of the resources).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Case, CharField, DateField, Exists, F, When
from django.db.models.expressions import RawSQL

from tracker.models import (
    Addressee,
    Answer,
    Body,
    Check,
    Fact,
    Group,
    JointAuthor,
    Recommendation,
    Regime,
    Report,
)
from tracker.queries.challenge_documents import listed
from tracker.queries.challenges import Argued
from tracker.queries.changes import last_told_of
from tracker.queries.days import register_midnight_after
from tracker.queries.outcomes import assessments_made, bound, counted_day, promise_missed, promised
from tracker.queries.sql import (
    ENDED,
    ON,
    Prepared,
    array,
    day_or_null,
    expression,
    flag,
    maybe,
    moment_or_null,
    number_or_null,
    obj,
    text,
    text_or_null,
    word,
    word_or_null,
    written,
    written_out,
)
from tracker.queries.statuses import (
    came_on,
    days_overdue,
    due_in_force,
    last_day,
    our_refusal_rests,
    said_by,
    silences,
    status_shown,
    tier,
)
from tracker.queries.wording import (
    acknowledged_words,
    contesters_words,
    day_words,
    days_words,
    given_for_words,
    position_words,
    resting_words,
    spoken_words,
    status_words,
)
from tracker.statuses import RECHECK_AFTER
from tracker.vocabulary import Clock, Finding, ResponseDate, View

ID = "tracker_addressee.id"


def addressee_documents(ids: Sequence[int], on: date, root: str) -> bytes:
    """The JSON of a list of addressees, which are taken to be public, as they stood on a day; in their order."""
    given = {"ids": array(ids), **values_of(on, root)}
    [(found,)] = addressee_documents_text().rows(given)
    return found


@cache
def addressee_documents_text() -> Prepared:
    """The statement: one text for all lists, whatever they are filtered by."""
    page = "SELECT * FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS given (id, place)"
    return Prepared(
        f"SELECT convert_to(concat('[', string_agg(doc, ',' ORDER BY place), ']'), 'UTF8')"
        f" FROM ({with_documents(page)}) AS told"
    )


def values_of(on: date, root: str) -> dict[str, Any]:
    """What a text with documents is to be run with."""
    return {"on": on, "ended": register_midnight_after(on), "looked": on - RECHECK_AFTER, "root": root}


def with_documents(page: str) -> str:
    """Each row of `page`, a query with the column `id`, with its `doc`: the JSON of the addressee of that id."""
    return f"SELECT page.*, {_document()} AS doc {_from(page)}"


# --- What a thing is called where another points to it ----------------------------------------------------------------


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


# --- The facts of an addressee --------------------------------------------------------------------------------------


def _raw(sql: str, field: Any) -> RawSQL:
    return RawSQL(sql, [], output_field=field)


def _from(page: str) -> str:
    """The rows of the page with what they point to, and step by step what the document says of them.

    OFFSET 0 keeps what was worked out once from being worked out again wherever it is mentioned.
    """
    return f"""
        FROM ({page}) AS page
        JOIN tracker_addressee ON tracker_addressee.id = page.id
        JOIN tracker_body b ON b.id = tracker_addressee.body_id
        JOIN tracker_recommendation ON tracker_recommendation.id = tracker_addressee.recommendation_id
        JOIN tracker_report ON tracker_report.id = tracker_recommendation.report_id
        LEFT JOIN ({public_rows(Regime)}) AS regime
            ON regime.id = COALESCE(tracker_recommendation.answer_regime_id, tracker_report.regime_id)
        CROSS JOIN LATERAL (SELECT {_columns(_first_facts())} OFFSET 0) AS f
        CROSS JOIN LATERAL ({_answers()}) AS given
        CROSS JOIN LATERAL ({_assessments()}) AS done
        CROSS JOIN LATERAL ({_checks()}) AS seen
        CROSS JOIN LATERAL ({_argued()}) AS argued
        LEFT JOIN tracker_answer ans ON ans.id = given.answer_id
        LEFT JOIN tracker_response resp ON resp.id = ans.response_id
        LEFT JOIN tracker_body author ON author.id = resp.author_id
        LEFT JOIN tracker_source letter ON letter.id = resp.source_id
        LEFT JOIN ({public_rows(Group)}) AS spoken_for ON spoken_for.id = resp.on_behalf_of_group_id
        LEFT JOIN tracker_answer held ON held.id = given.holding_id
        LEFT JOIN tracker_response reply ON reply.id = held.response_id
        CROSS JOIN LATERAL (SELECT {_columns(_second_facts())} OFFSET 0) AS g
        CROSS JOIN LATERAL (SELECT {_columns(_third_facts())} OFFSET 0) AS s
    """


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
    """Of the answers given by the day: the one in force, the latest holding reply, the first day that counts.

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
        )
        .values("id", "holding", "tier", "last_day", "recorded_at", "day", "earliest")
    )
    rank = "last_day DESC NULLS LAST, recorded_at DESC, id DESC"
    return f"""
        SELECT (array_agg(id ORDER BY tier, {rank}) FILTER (WHERE NOT holding))[1] AS answer_id,
               (array_agg(id ORDER BY {rank}) FILTER (WHERE holding))[1] AS holding_id,
               COALESCE(bool_or(earliest IS NULL) FILTER (WHERE NOT holding), false) AS undated,
               min(day) FILTER (WHERE NOT holding) AS counted_on
        FROM ({written_out(given.order_by())}) AS one
    """


def _assessments() -> str:
    """The latest of each view, as JSON, and what two of them say."""
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
    docs = ", ".join(f"max(doc) FILTER (WHERE view = '{view.value}') AS {view.value}" for view in View)
    return f"""
        SELECT {docs}, max(word) FILTER (WHERE view = 'claimed') AS claimed_word,
               max(word) FILTER (WHERE view = 'verdict') AS verdict_word
        FROM (
            SELECT made.view, made.implementation AS word, {shown} AS doc
            FROM ({written_out(latest)}) AS latest JOIN tracker_assessment made ON made.id = latest.id
            JOIN tracker_source page_of ON page_of.id = made.source_id
        ) AS views
    """


def _argued() -> str:
    """Who contests what of it."""
    ask = "tracker_recommendation"
    return listed(ID, f"{ask}.id", f"{ask}.part_of_id", end(Body, "c.body_id"))


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


# --- The document ---------------------------------------------------------------------------------------------------


def _document() -> str:
    """`AddresseeView`, member by member."""
    of = "tracker_addressee"
    overdue = "s.status IN ('overdue', 'ignored')"
    return obj(
        {
            "id": text(f"{of}.ref"),
            "as_of": word("%(on)s::date"),
            "recommendation": recommendation_ref("tracker_recommendation"),
            "report": report_ref("tracker_report"),
            "body": body_ref("b"),
            "duty_holder": maybe("b.ended_on <= %(on)s::date", end(Body, f"{of}.duty_holder_id")),
            "via_group": end(Group, f"{of}.via_group_id"),
            "answer_due_on": day_or_null("f.due_on"),
            "first_answer_due_on": day_or_null(f"{of}.first_answer_due_on"),
            "answer_due_basis": text(f"{of}.answer_due_basis"),
            "answer_due_strength": word_or_null(f"{of}.answer_due_strength"),
            "status": word("s.status"),
            "status_label": text(_label()),
            "days_overdue": f"CASE WHEN {overdue} THEN s.days_overdue ELSE 0 END",
            "days_late": number_or_null(
                f"CASE WHEN g.due_then IS NOT NULL AND {of}.under_review_since IS NULL"
                " THEN GREATEST(0, given.counted_on - g.due_then) END"
            ),
            "acknowledged_on": written(*_span("reply"))["day"],
            "answer": maybe("ans.id IS NOT NULL", _answer()),
            "implementation": obj({view.value: f"COALESCE(done.{view.value}, 'null')" for view in View}),
            "act_by": day_or_null("f.act_on"),
            "first_act_by": day_or_null(f"{of}.first_act_by"),
            "act_by_basis": text(f"{of}.act_by_basis"),
            "promise_missed": flag("s.promise_missed"),
            "checked_on": day_or_null("seen.checked_on"),
            **{name: f"argued.{name}" for name in Argued._fields},
            "under_review": flag(f"{of}.under_review_since IS NOT NULL"),
            "under_review_since": day_or_null(f"{of}.under_review_since"),
            "updated_at": moment_or_null("g.updated_at"),
            "url": url("addressees", f"{of}.ref"),
        }
    )


def _span(of: str) -> tuple[str, str]:
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


def _label() -> str:
    replied = f"CASE WHEN reply.id IS NOT NULL THEN {acknowledged_words(*_span('reply'))} END"
    said = position_words("ans.position", "ans.basis")
    facts = {
        "due_on": day_words("f.due_on"),
        "days_overdue": days_words("s.days_overdue"),
        "checked_on": day_words("seen.nothing_on"),
        "came_on": day_words("g.came_on"),
        "given_by": "g.spoken",
        "given_for": given_for_words("spoken_for.members_called"),
        "waited_for": "NULLIF(ans.waits_for, '')",
        "acknowledged": replied,
        "reviewed_on": day_words("tracker_addressee.under_review_since"),
        "contested_by": contesters_words("argued.contested_by"),
        "said": f"(SELECT lower(left(w, 1)) || substr(w, 2) FROM (SELECT {said}) AS p (w))",
    }
    return status_words("s.status", "ans.basis", facts)


def _answer() -> str:
    latest, precision = _span("resp")
    dated = written(latest, precision)
    response = {
        "id": text("resp.ref"),
        "title": text("resp.title"),
        "kind": word("resp.kind"),
        "url": url("responses", "resp.ref"),
    }
    return obj(
        {
            "position": word_or_null("CASE WHEN NOT s.rests THEN ans.position END"),
            "position_label": text(resting_words("s.rests", position_words("ans.position", "ans.basis"))),
            "basis": word("ans.basis"),
            "reason": word_or_null("CASE WHEN NOT s.rests THEN ans.reason END"),
            **{name: text(f"ans.{name}") for name in ("conditions", "summary", "quote")},
            "given_by": body_ref("author"),
            "joint_authors": _joint_authors(),
            "on_behalf": flag("ans.on_behalf"),
            "answered_on": dated["day"],
            "date_precision": dated["precision"],
            "date_unknown": flag("resp.answered_earliest IS NULL"),
            "waits_for": maybe("ans.waits_for > ''", _wait()),
            "points_to": end(Body, "ans.points_to_id"),
            "alternative": end(Recommendation, "ans.alternative_id"),
            "decision": text_or_null("NULLIF(ans.decision, '')"),
            "response": obj(response),
            "source": source_view("letter"),
        }
    )


def _joint_authors() -> str:
    """The public ones among them, in their order."""
    return f"""(
        SELECT concat('[', string_agg({body_ref("e")}, ',' ORDER BY j.position), ']')
        FROM {JointAuthor._meta.db_table} j JOIN ({public_rows(Body)}) AS e ON e.id = j.body_id
        WHERE j.response_id = resp.id
    )"""


def _wait() -> str:
    return obj(
        {
            "what": text("ans.waits_for"),
            "report": end(Report, "ans.waits_for_report_id"),
            "recommendation": end(Recommendation, "ans.waits_for_recommendation_id"),
            "ended_on": day_or_null("CASE WHEN g.came_on <= %(on)s::date THEN g.came_on END"),
        }
    )
