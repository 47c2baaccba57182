"""What the rules on record make of one recommendation: the deadline they set, or suggest."""

from datetime import date

from tracker.deadlines import (
    AskDates,
    Due,
    Period,
    TimeLimit,
    deadline_in_force,
    due_under,
)
from tracker.models import Recommendation, Regime
from tracker.models.base import span_of
from tracker.queries.facts import PublicRecord
from tracker.vocabulary import Clock, Strength, TimeKind, moved_basis


def time_limit(regime: Regime) -> TimeLimit:
    """The rule of a regime, as `deadlines.py` reads it. Raises ValueError for a rule that contradicts itself."""
    period = (
        Period(
            regime.amount,
            regime.unit,
            regime.counting,
            regime.calendar,
            regime.rolls_over_weekends,
        )
        if regime.amount and regime.unit
        else None
    )
    return TimeLimit(
        name=regime.name,
        kind=regime.kind,
        strength=regime.strength,
        source=regime.source.url if regime.source else "",
        period=period,
        event=regime.starts_from_text if regime.kind == TimeKind.AFTER_EVENT else "",
        starts_from=regime.starts_from,
        automatic=regime.automatic,
        in_force_from=regime.in_force_from,
    )


def named_day(on: date | None, what: str) -> Due | None:
    """A day that the document itself names; None where it names none."""
    return Due(on, f"The day named in {what}.", Strength.STATED, confirmed=True) if on else None


def _standing(regime: Regime | None) -> Regime | None:
    return regime if regime and regime.withdrawn_at is None else None


def suggested_answer_due(recommendation: Recommendation) -> Due:
    """When an answer is due by the rules on record, and whether that stands without a person's confirmation.

    The recommendation's own day, or rule, before the report's regime. A withdrawn rule sets no day.
    """
    report, answer_regime = recommendation.report, _standing(recommendation.answer_regime)
    dates = AskDates(
        published=span_of(report, "dated"),
        issued=span_of(recommendation, "asked"),
    )
    own = named_day(recommendation.answer_due_on, "the recommendation")
    if own is None and answer_regime:
        own = due_under(time_limit(answer_regime), dates)
    regime = due_under(time_limit(standing), dates) if (standing := _standing(report.regime)) else None
    return deadline_in_force(None, own, regime)


def basis_in_force(record: PublicRecord, clock: Clock, due: date | None, on: date) -> str:
    """How the date that is in force on a day follows: the sentence of the first one, and why it was moved."""
    row = record.addressee
    first, basis = (
        (row.first_answer_due_on, row.answer_due_basis)
        if clock == Clock.ANSWER
        else (row.first_act_by, row.act_by_basis)
    )
    if due is None or due == first:
        return basis
    return moved_basis(basis, due, record.extension_in_force(clock, on).reason)
