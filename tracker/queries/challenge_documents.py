"""The challenges of a thing as JSON that PostgreSQL builds: what `challenges.argued` says, for lists and for exports.

A register in which nobody contests anything is asked once for each statement, and its rows not at all.
"""

from django.db.models.expressions import RawSQL

from tracker.models import Answer, Challenge
from tracker.queries import documents as show
from tracker.queries.challenges import ChallengeView
from tracker.queries.sql import day_or_null, flag, obj, text, word, word_or_null, written_out
from tracker.queries.statements import Sql, sql
from tracker.vocabulary import NO_LONGER_CONTESTED, Challenger

_ANY = "EXISTS (SELECT 1 FROM tracker_challenge)"
_TOLD = ("ref", "about", "by_whom", "body_id", "words", "received_on", "reply", "outcome", "settled_on")
_ENDED = ", ".join(f"'{each.value}'" for each in NO_LONGER_CONTESTED)


def _standing(by_whom: str = "") -> str:
    """Whether one of them still contests it; by somebody."""
    who = f" AND c.by_whom = '{by_whom}'" if by_whom else ""
    return f"COALESCE(bool_or(c.outcome NOT IN ({_ENDED}){who}), false)"


def _of_addressee(addressee: str, ask: str, whole: str) -> str:
    """The ids of what concerns one addressee: itself and its parts, its ask and the whole of that, what answered it."""
    answered = Answer.objects.public(given=("addressee", "response")).filter(addressee=RawSQL(addressee, ()))
    return f"""
        SELECT id FROM tracker_challenge WHERE addressee_id = {addressee}
        UNION ALL SELECT id FROM tracker_challenge WHERE recommendation_id IN ({ask}, {whole})
        UNION ALL SELECT of.id FROM tracker_challenge of
            WHERE of.response_id IN ({written_out(answered.order_by().values("response"))})
    """


def _rows(ids: str, *given: str) -> str:
    public = Challenge.objects.public(given=given).filter(pk__in=RawSQL(ids, ()))
    return written_out(public.order_by().values(*_TOLD))


def listed(addressee: str, ask: str, whole: str, body: str) -> str:
    """For `listed_documents`, the members of `Argued`; `body` tells the body of `c.body_id`."""
    plain = {name: word(f"c.{name}") for name in ("about", "by_whom")}
    shown = obj(
        {
            "id": text("c.ref"),
            **plain,
            "body": body,
            "words": text("c.words"),
            "received_on": word("c.received_on"),
            "reply": text("c.reply"),
            "outcome": word_or_null("c.outcome"),
            "settled_on": day_or_null("c.settled_on"),
        }
    )
    # Under names that no table of the query inside has.
    rows = _rows(_of_addressee("mine.addressee", "mine.ask", "mine.whole"), "addressee", "recommendation")
    return f"""
        SELECT {flag(_standing())} AS contested, {_by_whom("concat", "'['", "']'")} AS contested_by,
               concat('[', string_agg({shown}, ',' ORDER BY c.received_on, c.ref), ']') AS challenges
        FROM (SELECT {addressee} AS addressee, {ask} AS ask, {whole} AS whole) AS mine, LATERAL ({rows}) AS c
        WHERE {_ANY}
    """


def _by_whom(join: str, before: str, after: str) -> str:
    words = ", ".join(
        f"""CASE WHEN {_standing(each.value)} THEN '"{each.value}"' END""" for each in Challenger
    )
    return f"{join}({before}, concat_ws(',', {words}), {after})"


def of_addressee(addressee: str, ask: str, whole: str, root: Sql) -> Sql:
    """For exports: the same as columns of JSON."""
    return _argued(_rows(_of_addressee(addressee, ask, whole), "addressee", "recommendation"), root)


def of_response(response: str, root: Sql) -> Sql:
    """The same of a response and of the readings of its answers."""
    ids = f"""
        SELECT id FROM tracker_challenge WHERE response_id = {response}
        UNION ALL SELECT of.id FROM tracker_challenge of JOIN tracker_answer said ON said.id = of.answer_id
            WHERE said.response_id = {response}
    """
    return _argued(_rows(ids, "response"), root)


def _argued(rows: str, root: Sql) -> Sql:
    plain = ("about", "by_whom", "words", "received_on", "reply", "settled_on")
    shown = show.document(
        ChallengeView,
        root,
        {
            **{name: f"c.{name}" for name in plain},
            "id": "c.ref",
            "body": show.body("c.body_id", root),
            "outcome": show.or_null("c.outcome"),
        },
    )
    return sql(
        "SELECT {standing} AS contested, {by_whom}::json AS contested_by,"
        " coalesce(json_agg({shown} ORDER BY c.received_on, c.ref), '[]'::json) AS challenges"
        " FROM ({rows}) c WHERE {known}",
        standing=_standing(),
        by_whom=_by_whom("concat", "'['", "']'"),
        shown=shown,
        rows=rows,
        known=_ANY,
    )
