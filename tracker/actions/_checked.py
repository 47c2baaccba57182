"""Checks that several actions make of what they are given. Private to `tracker.actions`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Check,
    Development,
    Extension,
    Fact,
    Recommendation,
    Report,
    Response,
    Source,
)
from tracker.models.base import span_of
from tracker.spans import DateSpan
from tracker.vocabulary import Position, Precision, ResponseDate


def needs_source(source: Source | None, what: str) -> Source:
    """Raises ValidationError unless there is a source."""
    if source is None:
        raise ValidationError(
            {"source": [f"Name the source of the {what}: nothing is recorded without one."]}
        )
    return source


def not_in_the_future(field: str, span: DateSpan | date | None, today: date) -> None:
    """Raises ValidationError for a day that has not come."""
    day = span
    if isinstance(span, DateSpan):
        # Of "by a day" the first day is unbounded: it says that it was so on the last one.
        day = span.latest if span.precision == Precision.BY else span.earliest
    if isinstance(day, date) and day > today:
        raise ValidationError({field: [f"{day.isoformat()} has not come yet: give the day it happened."]})


def not_before_the_ask(field: str, span: DateSpan | None, recommendation: Recommendation) -> None:
    """Raises ValidationError for an answer, a delivery or an extension given before anything was asked."""
    if span is None:
        return
    asked = span_of(recommendation, "asked") or span_of(recommendation.report, "dated")
    if asked is not None and span.latest < asked.earliest:
        raise ValidationError(
            {field: [f"{span} is before the recommendation was made ({asked}): check both dates."]}
        )


def not_before_the_report(field: str, on: date | None, report: Report) -> None:
    """Raises ValidationError for a date before the report's."""
    dated = span_of(report, "dated")
    if on is not None and dated is not None and on < dated.earliest:
        raise ValidationError({field: [f"{on.isoformat()} is before the date of the report ({dated})."]})


def no_deadline_before_the_ask(field: str, on: date | None, recommendation: Recommendation) -> None:
    """Raises ValidationError for a deadline that ends before anything was asked."""
    asked = span_of(recommendation, "asked")
    if on is not None and asked is not None and on < asked.earliest:
        raise ValidationError(
            {
                field: [
                    f"{on.isoformat()} is before the ask ({asked}): nobody has to act before they are asked."
                ]
            }
        )


def dates_fit(fact: Fact, today: date) -> None:
    """The dates of a fact beside what it stands on and what stands on it, entered or corrected.

    Raises ValidationError for one that has not come, where it is of something that happened; for an answer, a
    delivery, an extension or a deadline before the ask; and for an ask before its report.
    """
    for model, fits in _FIT.items():
        if isinstance(fact, model):
            fits(fact, today)


def response_fits(response: Response, recommendation: Recommendation) -> None:
    """No date of a response is before what it answers."""
    for name in ResponseDate.values:
        not_before_the_ask(f"{name}_on", span_of(response, name), recommendation)


def _source(source: Source, today: date) -> None:
    not_in_the_future("dated_on", span_of(source, "dated"), today)


def _report(report: Report, today: date) -> None:
    not_in_the_future("dated_on", span_of(report, "dated"), today)
    for ask in Recommendation.objects.filter(report=report.pk, withdrawn_at=None):
        _after_the_report("dated_on", ask, report)


def _after_the_report(field: str, ask: Recommendation, report: Report) -> None:
    dated = span_of(report, "dated")
    if dated and ask.asked_latest and ask.asked_latest < dated.earliest:
        raise ValidationError(
            {
                field: [
                    f"{ask} was made on {ask.asked_latest.isoformat()}, before that: correct its date first."
                ]
            }
        )


def _recommendation(ask: Recommendation, _today: date) -> None:
    recommendation_fits(ask)
    answers = Answer.objects.filter(addressee__recommendation=ask.pk, withdrawn_at=None)
    for response in Response.objects.filter(pk__in=answers.values("response"), withdrawn_at=None):
        not_before_the_ask("asked_on", response.answered_on, ask)


def recommendation_fits(ask: Recommendation) -> None:
    """No date of a recommendation is before its report."""
    not_before_the_report("asked_on", ask.asked_latest, ask.report)
    not_before_the_report("answer_due_on", ask.answer_due_on, ask.report)
    not_before_the_report("act_by", ask.act_by, ask.report)


def _addressee(addressee: Addressee, _today: date) -> None:
    for name in ("first_answer_due_on", "first_act_by"):
        no_deadline_before_the_ask(name, getattr(addressee, name), addressee.recommendation)


def _response(response: Response, today: date) -> None:
    for name in ResponseDate.values:
        not_in_the_future(f"{name}_on", span_of(response, name), today)
    answered = Answer.objects.filter(response=response.pk, withdrawn_at=None).values(
        "addressee__recommendation"
    )
    for ask in Recommendation.objects.filter(pk__in=answered).select_related("report"):
        response_fits(response, ask)


def wait_fits(field: str, answer: Answer, ended_on: date | None, today: date) -> None:
    """What a deferred answer waited for came after the ask, and has come; no other answer waits."""
    if ended_on is None:
        return
    if answer.position != Position.DEFERRED:
        raise ValidationError({field: [f"{answer.ref} is no deferred answer: leave it empty."]})
    not_in_the_future(field, ended_on, today)
    not_before_the_ask(field, DateSpan(ended_on, ended_on, Precision.DAY), answer.addressee.recommendation)


def _answer(answer: Answer, today: date) -> None:
    wait_fits("wait_ended_on", answer, answer.wait_ended_on, today)


def _assessment(assessment: Assessment, today: date) -> None:
    on = span_of(assessment, "assessed")
    not_in_the_future("assessed_on", on, today)
    not_before_the_ask("assessed_on", on, assessment.addressee.recommendation)


def _extension(extension: Extension, today: date) -> None:
    granted, ask = span_of(extension, "granted"), extension.addressee.recommendation
    not_in_the_future("granted_on", granted, today)
    not_before_the_ask("granted_on", granted, ask)
    no_deadline_before_the_ask("until_on", extension.until_on, ask)


def _check(check: Check, today: date) -> None:
    not_in_the_future("checked_on", check.checked_on, today)


def _development(development: Development, today: date) -> None:
    not_in_the_future("happened_on", span_of(development, "happened"), today)


_FIT: Mapping[type[Fact], Callable[[Any, date], None]] = {
    Source: _source,
    Report: _report,
    Recommendation: _recommendation,
    Addressee: _addressee,
    Response: _response,
    Answer: _answer,
    Assessment: _assessment,
    Extension: _extension,
    Check: _check,
    Development: _development,
}
