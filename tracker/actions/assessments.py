"""Recording how far addressees have delivered, as one of four views sees it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tracker.actions._checked import dates_fit, needs_source
from tracker.actions._clocks import lock, settle
from tracker.actions._writing import New, Writing, record, unique_ref
from tracker.ledger import Actor
from tracker.models import Assessment
from tracker.models.base import span_of
from tracker.queries.days import register_day


@transaction.atomic
def assess(*, assessments: Sequence[Assessment], by: Actor, at: datetime) -> list[Assessment]:
    """Enter assessments, as drafts. The views stand side by side; only the register's verdict closes anything.

    Raises ValidationError without a source, or for a date before the ask or not come yet.
    """
    lock([assessment.addressee for assessment in assessments])
    for assessment in assessments:
        needs_source(assessment.source, "assessment")
        dates_fit(assessment, register_day(at))
        on = span_of(assessment, "assessed")
        assessment.ref = assessment.ref or unique_ref(
            Assessment,
            f"{assessment.addressee.ref}/{assessment.view}-{on.written if on else ''}",
        )
    writing = Writing(by, at)
    record([New(assessment) for assessment in assessments], writing)
    settle({assessment.addressee_id for assessment in assessments}, writing)
    return list(assessments)
