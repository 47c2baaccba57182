"""The challenges of a thing as JSON that PostgreSQL builds: what `challenges.argued` says, for lists and for exports.

A register in which nobody contests anything is asked once for each statement, and its rows not at all.
"""

from django.db.models import BooleanField, Case, CharField, DateField, When
from django.db.models.expressions import RawSQL

from tracker.models import Addressee, Body, Challenge
from tracker.queries.concerned import CONCERNED
from tracker.queries.pointers import end
from tracker.queries.sql import day_or_null, expression, flag, obj, text, word, word_or_null, written_out
from tracker.queries.statuses import our_refusal_rests
from tracker.vocabulary import NO_LONGER_CONTESTED, Challenger

_ANY = "EXISTS (SELECT 1 FROM tracker_challenge)"
_TOLD = ("ref", "about", "by_whom", "body_id", "words", "received_on", "reply", "outcome", "settled_on")
_ENDED = ", ".join(f"'{each.value}'" for each in NO_LONGER_CONTESTED)


def _standing(by_whom: str = "") -> str:
    """Whether one of them still contests it; by somebody."""
    who = f" AND c.by_whom = '{by_whom}'" if by_whom else ""
    return f"COALESCE(bool_or(c.outcome NOT IN ({_ENDED}){who}), false)"


def _rows(ids: str, *given: str) -> str:
    """The public ones among the ids of a query: each looked up by its id, never all that there are sought through."""
    public = Challenge.objects.public(given=given).filter(pk=RawSQL("one.id", ()))
    return f"({ids}) AS one, LATERAL ({written_out(public.order_by().values(*_TOLD))} OFFSET 0) AS c"


def of_addressee(addressee: str) -> str:
    """A row of the members of `Argued`, for one addressee."""
    # Under a name that no table of the query inside has.
    mine = f"SELECT {addressee} AS addressee"
    ids = f"SELECT id FROM ({CONCERNED}) AS of WHERE of.addressee_id = mine.addressee"
    rows = _rows(ids, "addressee", "recommendation")
    return f"SELECT {_argued()} FROM ({mine}) AS mine, LATERAL {rows} WHERE {_ANY}"


def of_response(response: str) -> str:
    """The same of a response and of the readings of its answers."""
    mine = f"SELECT {response} AS response"
    ids = """
        SELECT id FROM tracker_challenge WHERE response_id = mine.response
        UNION ALL SELECT of.id FROM tracker_challenge of JOIN tracker_answer said ON said.id = of.answer_id
            WHERE said.response_id = mine.response
    """
    return f"SELECT {_argued()} FROM ({mine}) AS mine, LATERAL {_rows(ids, 'response')} WHERE {_ANY}"


def _argued() -> str:
    words = ", ".join(
        f"""CASE WHEN {_standing(each.value)} THEN '"{each.value}"' END""" for each in Challenger
    )
    shown = obj(
        {
            "id": text("c.ref"),
            **{name: word(f"c.{name}") for name in ("about", "by_whom")},
            "body": end(Body, "c.body_id"),
            "words": text("c.words"),
            "received_on": word("c.received_on"),
            "reply": text("c.reply"),
            "outcome": word_or_null("c.outcome"),
            "settled_on": day_or_null("c.settled_on"),
        }
    )
    return f"""
        {flag(_standing())} AS contested, concat('[', concat_ws(',', {words}), ']') AS contested_by,
        concat('[', string_agg({shown}, ',' ORDER BY c.received_on, c.ref), ']') AS challenges
    """


def reading_rests(answer: str, since: str) -> str:
    """Whether an answer is read as a refusal by the register alone, which is under review."""
    rows = Addressee.objects.annotate(
        position_on=RawSQL(f"{answer}.position", (), CharField()),
        basis_on=RawSQL(f"{answer}.basis", (), CharField()),
        reviewed_since=RawSQL(since, (), DateField()),
    )
    rests = Case(When(our_refusal_rests(), then=True), default=False, output_field=BooleanField())
    return expression(rows.annotate(rests=rests), "rests")
