"""Responses as JSON that PostgreSQL builds: what `response_views` says of each."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from tracker.models import Answer, JointAuthor, Response
from tracker.queries import documents as show
from tracker.queries import wording
from tracker.queries.addressee_documents import reading_rests
from tracker.queries.challenge_documents import of_response
from tracker.queries.challenges import Argued
from tracker.queries.responses import ResponseView, SaidView
from tracker.queries.statements import Sql, column, select, sql, text, value
from tracker.vocabulary import ResponseKind

_OWN = (
    *("ref", "title", "kind", "author_id", "signed_by_id", "on_behalf_of_body_id", "on_behalf_of_group_id"),
    *(
        "date_text",
        "source_id",
        "written_latest",
        "written_precision",
        "received_latest",
        "received_precision",
    ),
    *("published_latest", "published_precision"),
)
_SAID = (
    *("on_behalf", "holding", "position", "basis", "reason", "conditions", "summary", "quote", "waits_for"),
    *("points_to_id", "alternative_id", "decision"),
)


def response_documents(rows: QuerySet[Response], keys: Sequence[str], root: str) -> Sql:
    """A statement of one column, `document`: the public responses given, in the order of the keys."""
    names = {f"key_{n}": F(key.removeprefix("-")) for n, key in enumerate(keys)}
    order = [f"{'-' if key.startswith('-') else ''}key_{n}" for n, key in enumerate(keys)]
    picked = rows.annotate(**names).order_by(*order).values("id", *_OWN, *names)
    return sql(
        """
        SELECT {shown} AS document
        FROM ({picked} OFFSET 0) m
        CROSS JOIN LATERAL (SELECT ref, name, kind FROM tracker_body WHERE id = m.author_id OFFSET 0) author
        CROSS JOIN LATERAL (SELECT * FROM tracker_source WHERE id = m.source_id OFFSET 0) source
        CROSS JOIN LATERAL ({dated} OFFSET 0) dated
        CROSS JOIN LATERAL ({argued} OFFSET 0) argued
        ORDER BY {order}
        """,
        shown=_document(value(root, "text")),
        picked=select(picked),
        dated=show.answered("m.id"),
        argued=of_response("m.id", value(root, "text")),
        order=", ".join(
            f"m.{key.removeprefix('-')}{' DESC' if key.startswith('-') else ''}" for key in order
        ),
    )


def _document(root: Sql) -> Sql:
    return show.document(
        ResponseView,
        root,
        {
            **{name: f"m.{name}" for name in ("title", "kind", "date_text")},
            "id": "m.ref",
            "given_by": show.body_document(root, "author"),
            "joint_authors": show.public_bodies_of(JointAuthor.objects.filter(response=column("m.id")), root),
            "signed_by": show.body("m.signed_by_id", root),
            "on_behalf_of_body": show.body("m.on_behalf_of_body_id", root),
            "on_behalf_of_group": show.group("m.on_behalf_of_group_id", root),
            "answered_on": show.written("dated.answered"),
            "date_precision": "dated.answered_precision",
            "date_unknown": "dated.answered_latest IS NULL",
            "written_on": show.written("m.written"),
            "received_on": show.written("m.received"),
            "published_on": show.written("m.published"),
            "answers": _answers(root),
            **{name: f"argued.{name}" for name in Argued._fields},
            "source": show.source_document("source"),
        },
    )


def _answers(root: Sql) -> Sql:
    """What it says to each public addressee, by their names."""
    said = Answer.objects.public(given=("response",)).filter(response=column("m.id"))
    return sql(
        """
        (
            SELECT coalesce(json_agg({shown} ORDER BY addressee.ref), '[]'::json)
            FROM ({said}) e
            JOIN tracker_addressee addressee ON addressee.id = e.addressee_id
            JOIN tracker_recommendation ask ON ask.id = addressee.recommendation_id
            JOIN tracker_report report ON report.id = ask.report_id
            JOIN tracker_body body ON body.id = addressee.body_id
        )
        """,
        shown=_said(root),
        said=select(said.values(*_SAID, "addressee_id").order_by()),
    )


def _said(root: Sql) -> Sql:
    rests = reading_rests("e", "addressee.under_review_since")
    plain = ("on_behalf", "holding", "basis", "conditions", "summary", "quote", "waits_for")
    return show.document(
        SaidView,
        root,
        {
            **{name: f"e.{name}" for name in plain},
            "id": "addressee.ref",
            "under_review": "addressee.under_review_since IS NOT NULL",
            "recommendation": show.recommendation_document(root, "ask"),
            "report": show.report_document(root, "report"),
            "body": show.body_document(root, "body"),
            "position": sql("CASE WHEN NOT {rests} THEN nullif(e.position, '') END", rests=rests),
            "position_label": sql(
                "coalesce({words}, {holding})",
                words=wording.resting_words(rests.text, wording.position_words("e.position", "e.basis")),
                holding=text(ResponseKind.HOLDING.label),
            ),
            "reason": sql("CASE WHEN NOT {rests} THEN nullif(e.reason, '') END", rests=rests),
            "points_to": show.body("e.points_to_id", root),
            "alternative": show.recommendation("e.alternative_id", root),
            "decision": show.or_null("e.decision"),
        },
    )
