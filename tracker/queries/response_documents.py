"""Responses as JSON that PostgreSQL makes: what `response_views` says of each, for exports too long for Python."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL

from tracker.models import Answer, Body, Group, Recommendation, Response, Source
from tracker.queries.challenge_documents import of_response, reading_rests
from tracker.queries.challenges import Argued
from tracker.queries.pointers import (
    answered,
    body_ref,
    end,
    joint_authors,
    recommendation_ref,
    report_ref,
    row,
    source_view,
    url,
)
from tracker.queries.sql import (
    flag,
    obj,
    streamed,
    text,
    text_or_null,
    word,
    word_or_null,
    written,
    written_out,
)
from tracker.queries.statements import Sql
from tracker.queries.wording import position_words, quoted, resting_words
from tracker.vocabulary import ResponseKind


def response_documents(rows: QuerySet[Response], keys: Sequence[str], root: str) -> Sql:
    """A statement of one column, `document`: all the public responses given, in the order of the keys."""
    return streamed(rows, keys, _with_documents, {"root": root})


def _with_documents(page: str) -> str:
    return f"""
        SELECT page.*, {_document()} AS doc
        FROM ({page}) AS page
        CROSS JOIN {row(Response, "resp", "page.id")}
        CROSS JOIN {row(Body, "author", "resp.author_id")}
        CROSS JOIN {row(Source, "letter", "resp.source_id")}
        CROSS JOIN LATERAL ({of_response("resp.id")} OFFSET 0) AS argued
    """


def _document() -> str:
    """`ResponseView`, member by member."""
    dated = written(*answered("resp"))
    dates = {
        f"{name}_on": written(f"resp.{name}_latest", f"resp.{name}_precision")["day"]
        for name in ("written", "received", "published")
    }
    return obj(
        {
            "id": text("resp.ref"),
            "title": text("resp.title"),
            "kind": word("resp.kind"),
            "given_by": body_ref("author"),
            "joint_authors": joint_authors("resp"),
            "signed_by": end(Body, "resp.signed_by_id"),
            "on_behalf_of_body": end(Body, "resp.on_behalf_of_body_id"),
            "on_behalf_of_group": end(Group, "resp.on_behalf_of_group_id"),
            "answered_on": dated["day"],
            "date_precision": dated["precision"],
            "date_unknown": flag("resp.answered_earliest IS NULL"),
            "date_text": text("resp.date_text"),
            **dates,
            "answers": _answers(),
            **{name: f"argued.{name}" for name in Argued._fields},
            "source": source_view("letter"),
            "url": url("responses", "resp.ref"),
        }
    )


def _answers() -> str:
    """What it says to each public addressee, by their names."""
    of_this = RawSQL("resp.id", [], output_field=BigIntegerField())
    said = Answer.objects.public(given=("response",)).filter(response=of_this).order_by()
    return f"""(
        SELECT concat('[', string_agg({_said()}, ',' ORDER BY addressee.ref), ']')
        FROM ({written_out(said.values("id"))}) AS one
        JOIN tracker_answer ans ON ans.id = one.id
        JOIN tracker_addressee addressee ON addressee.id = ans.addressee_id
        JOIN tracker_recommendation ask ON ask.id = addressee.recommendation_id
        JOIN tracker_report report ON report.id = ask.report_id
        JOIN tracker_body body ON body.id = addressee.body_id
    )"""


def _said() -> str:
    """`SaidView`, member by member."""
    rests = reading_rests("ans", "addressee.under_review_since")
    called = f"COALESCE({position_words('ans.position', 'ans.basis')}, {quoted(ResponseKind.HOLDING.label)})"
    return obj(
        {
            "id": text("addressee.ref"),
            "recommendation": recommendation_ref("ask"),
            "report": report_ref("report"),
            "body": body_ref("body"),
            "on_behalf": flag("ans.on_behalf"),
            "holding": flag("ans.holding"),
            "position": word_or_null(f"CASE WHEN NOT {rests} THEN ans.position END"),
            "position_label": text(resting_words(rests, called)),
            "basis": word("ans.basis"),
            "reason": word_or_null(f"CASE WHEN NOT {rests} THEN ans.reason END"),
            "conditions": text("ans.conditions"),
            "summary": text(f"CASE WHEN {rests} THEN '' ELSE ans.summary END"),
            **{name: text(f"ans.{name}") for name in ("quote", "waits_for")},
            "points_to": end(Body, "ans.points_to_id"),
            "alternative": end(Recommendation, "ans.alternative_id"),
            "decision": text_or_null("NULLIF(ans.decision, '')"),
            "under_review": flag("addressee.under_review_since IS NOT NULL"),
            "url": url("addressees", "addressee.ref"),
        }
    )
