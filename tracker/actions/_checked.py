"""Checks that several actions make of what they are given. Private to `tracker.actions`."""

from datetime import date

from django.core.exceptions import ValidationError

from tracker.models import Recommendation, Report, Source
from tracker.models.base import span_of
from tracker.spans import DateSpan


def needs_source(source: Source | None, what: str) -> Source:
    """Raises ValidationError unless there is a source."""
    if source is None:
        raise ValidationError(
            {"source": [f"Name the source of the {what}: nothing is recorded without one."]}
        )
    return source


def not_in_the_future(field: str, span: DateSpan | date | None, today: date) -> None:
    """Raises ValidationError for a day that has not come."""
    earliest = span.earliest if isinstance(span, DateSpan) else span
    if earliest is not None and earliest > today:
        raise ValidationError(
            {field: [f"{earliest.isoformat()} has not come yet: give the day it happened."]}
        )


def not_before_the_ask(field: str, span: DateSpan | None, recommendation: Recommendation) -> None:
    """Raises ValidationError for an answer, a delivery or an extension given before anything was asked."""
    asked = span_of(recommendation, "asked") or span_of(recommendation.report, "dated")
    if span is not None and asked is not None and span.latest < asked.earliest:
        raise ValidationError(
            {field: [f"{span} is before the recommendation was made ({asked}): check both dates."]}
        )


def not_before_the_report(field: str, on: date | None, report: Report) -> None:
    """Raises ValidationError for a date before the report's."""
    dated = span_of(report, "dated")
    if on is not None and dated is not None and on < dated.earliest:
        raise ValidationError({field: [f"{on.isoformat()} is before the date of the report ({dated})."]})
