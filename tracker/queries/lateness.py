"""How late the first answer came, by the deadline in force that day; the SQL twin stands in `outcomes.py`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tracker.deadlines import days_late
from tracker.models import Addressee, Answer, Regime
from tracker.models.base import span_of
from tracker.queries.facts import PublicRecord
from tracker.spans import DateSpan
from tracker.statuses import answer_due, first_answered_on


def days_late_of(record: PublicRecord, on: date, regimes: Mapping[int, Regime]) -> int | None:
    """Days from the deadline in force that day to the first answer, own or on behalf.

    Which date of a response counts is the regime's; without it, or where that date is not known, the earliest
    known. None without a deadline, without an answer, or where an answer shows no date: it may have been in time.
    None too while staff look into a challenge.
    """
    facts = record.facts()
    if facts.under_review:
        return None
    rows = {row.pk: row for row in record.answers}
    given = [
        replace(answer, answered_on=_counted_on(rows[answer.key], record.addressee, regimes))
        for answer in facts.answers
        if answer.counts_on(on)
    ]
    first = first_answered_on(given, date.max)
    return days_late(answer_due(facts, first.earliest), first) if first else None


def _counted_on(answer: Answer, addressee: Addressee, regimes: Mapping[int, Regime]) -> DateSpan | None:
    """The date of a response that its regime counts, else the earliest known."""
    ask = addressee.recommendation
    regime = regimes.get(ask.answer_regime_id or ask.report.regime_id or 0)
    counted = span_of(answer.response, regime.counts_on) if regime and regime.counts_on else None
    return counted or answer.response.answered_on
