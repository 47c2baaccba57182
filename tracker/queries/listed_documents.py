"""Addressees as the public reads them, made by PostgreSQL: the JSON of `describe`, for lists that are read often.

`describe` in `addressees.py` is what is documented; this says the same of as many as are asked for in one statement,
several times as fast, and always of the rows as they are: nothing is stored. What is said is worked out in
`addressee_facts.py`, the words are those of `wording.py`. One test compares both over every addressee of a register, on
several days.

The text of the statement is made once. It takes `on` (the day), `ended` (the moment at which that day ends), `looked`
(the day since which somebody must have looked for an answer) and `root` (the address of the resources).
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from tracker.models import Addressee, Body, Group, Recommendation, Report
from tracker.queries.addressee_facts import facts_of
from tracker.queries.asking import Question
from tracker.queries.challenges import Argued
from tracker.queries.days import register_midnight_after
from tracker.queries.keysets import THE_PAGE
from tracker.queries.outcomes import verdict_rests
from tracker.queries.pointers import (
    answered,
    body_ref,
    end,
    joint_authors,
    recommendation_ref,
    report_ref,
    source_view,
    url,
)
from tracker.queries.sql import (
    Prepared,
    array,
    day_or_null,
    flag,
    maybe,
    moment_or_null,
    number_or_null,
    obj,
    streamed,
    text,
    text_or_null,
    word,
    word_or_null,
    written,
)
from tracker.queries.statements import Sql
from tracker.queries.wording import (
    acknowledged_words,
    basis_words,
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
from tracker.vocabulary import View


def addressee_documents(ids: Sequence[int], on: date, root: str) -> bytes:
    """The JSON of a list of addressees, which are taken to be public, as they stood on a day; in their order."""
    given = {"ids": array(ids), **values_of(on, root)}
    [(found,)] = addressee_documents_text().rows(given)
    return found


def addressee_documents_of_the_page(on: date, root: str) -> Question:
    """The same, of the addressees of a page that is found in the same journey."""
    return addressee_documents_text(THE_PAGE).question(values_of(on, root))


@cache
def addressee_documents_text(ids: str = "%(ids)s::bigint[]") -> Prepared:
    """The statement: one text for all lists, whatever they are filtered by. `ids`: SQL that says which."""
    page = f"SELECT * FROM unnest({ids}) WITH ORDINALITY AS given (id, place)"
    return Prepared(
        f"SELECT convert_to(concat('[', string_agg(doc, ',' ORDER BY place), ']'), 'UTF8')"
        f" FROM ({with_documents(page)}) AS told"
    )


def exported_documents(rows: QuerySet[Addressee], keys: Sequence[str], on: date, root: str) -> Sql:
    """A statement of one column, `document`: all the public addressees given, in the order of the keys."""
    return streamed(rows, keys, with_documents, values_of(on, root))


def values_of(on: date, root: str) -> dict[str, Any]:
    """What a text with documents is to be run with."""
    return {"on": on, "ended": register_midnight_after(on), "looked": on - RECHECK_AFTER, "root": root}


def with_documents(page: str) -> str:
    """Each row of `page`, a query with the column `id`, with its `doc`: the JSON of the addressee of that id."""
    return f"SELECT page.*, {_document()} AS doc {facts_of(page)}"


def with_standing(page: str) -> str:
    """The same, with what is counted of it too, worked out once for both: `status`, `via_group`, `speakers`, the ids of
    who answered on behalf of it, if any did, and `contested_by`, a list in JSON; and `called`.
    """
    called = spoken_words("b.name", "b.kind", "b.other_names")
    counted = "s.status, tracker_addressee.via_group_id AS via_group, given.speakers, argued.contested_by"
    return f"SELECT page.*, {counted}, {called} AS called, convert_to({_document()}, 'UTF8') AS doc {facts_of(page)}"


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
            "answer_due_basis": text(basis_words(f"{of}.answer_due_basis", "f.due_on", "g.answer_moved")),
            "answer_due_strength": word_or_null(f"{of}.answer_due_strength"),
            "status": word("s.status"),
            "status_label": text(_label()),
            "days_overdue": f"CASE WHEN {overdue} THEN s.days_overdue ELSE 0 END",
            "days_late": number_or_null(
                f"CASE WHEN g.due_then IS NOT NULL AND {of}.under_review_since IS NULL"
                " THEN GREATEST(0, given.counted_on - g.due_then) END"
            ),
            "acknowledged_on": written(*answered("reply"))["day"],
            "answer": maybe("ans.id IS NOT NULL", _answer()),
            "implementation": obj({view.value: _view(view) for view in View}),
            "act_by": day_or_null("f.act_on"),
            "first_act_by": day_or_null(f"{of}.first_act_by"),
            "act_by_basis": text(basis_words(f"{of}.act_by_basis", "f.act_on", "g.act_moved")),
            "promise_missed": flag("s.promise_missed"),
            "checked_on": day_or_null("seen.checked_on"),
            **{name: f"argued.{name}" for name in Argued._fields},
            "under_review": flag(f"{of}.under_review_since IS NOT NULL"),
            "under_review_since": day_or_null(f"{of}.under_review_since"),
            "updated_at": moment_or_null("g.updated_at"),
            "url": url("addressees", f"{of}.ref"),
        }
    )


def _view(view: View) -> str:
    """What one view says; a verdict of ours that nothing was done rests while staff look."""
    said = f"COALESCE(done.{view.value}, 'null')"
    if view != View.VERDICT:
        return said
    return f"CASE WHEN {verdict_rests(f'done.{view.value}_word')} THEN 'null' ELSE {said} END"


def _label() -> str:
    replied = f"CASE WHEN reply.id IS NOT NULL THEN {acknowledged_words(*answered('reply'))} END"
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
    latest, precision = answered("resp")
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
            "conditions": text("ans.conditions"),
            "summary": text("CASE WHEN s.rests THEN '' ELSE ans.summary END"),
            "quote": text("ans.quote"),
            "given_by": body_ref("author"),
            "joint_authors": joint_authors("resp"),
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


def _wait() -> str:
    return obj(
        {
            "what": text("ans.waits_for"),
            "report": end(Report, "ans.waits_for_report_id"),
            "recommendation": end(Recommendation, "ans.waits_for_recommendation_id"),
            "ended_on": day_or_null("CASE WHEN g.came_on <= %(on)s::date THEN g.came_on END"),
        }
    )
