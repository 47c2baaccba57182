"""What to show for an addressee on a date. Pure: facts and a date in, a word out.

`queries/statuses.py` says the same in SQL, for lists; one test runs both over one table of cases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.deadlines import Grant, Period, extended, has_passed
from tracker.spans import DateSpan
from tracker.vocabulary import (
    RESTING,
    Counting,
    DeadlineUnit,
    HolidayCalendar,
    Implementation,
    Position,
    Status,
    View,
    is_our_refusal,
)

# A confirmed silence needs somebody to look again after this many days; until then it is only overdue.
RECHECK_AFTER = timedelta(days=180)
# What a body is given after it was told what would be published, counted from the day after. A day off in any part of
# the United Kingdom is none of them, wherever the body is.
TIME_TO_REPLY = Period(10, DeadlineUnit.WORKING_DAYS, Counting.EXCLUSIVE, HolidayCalendar.ANY_UK)

# Nothing more is waited for: by the register's verdict, or as the body claims, so that a promise is not broken on its
# own account. A verdict that it was not begun, goes on, stalled or was not done closes nothing.
DELIVERED = (
    Implementation.IMPLEMENTED,
    Implementation.SUPERSEDED,
    Implementation.WITHDRAWN,
)


@dataclass(frozen=True)
class AnswerFacts:
    """What the rules need to know of one public answer."""

    key: int
    position: str
    on_behalf: bool
    answered_on: DateSpan | None
    recorded_at: datetime
    recorded_on: date
    holding: bool = False
    wait_ended_on: date | None = None
    basis: str = ""

    def counts_on(self, on: date) -> bool:
        """Was it given by then? One whose date is not known may have been given any day since the ask."""
        return self.answered_on is None or self.answered_on.earliest <= on

    def tier_on(self, on: date) -> int:
        """Own before on behalf; but what is undated and unread tells neither when nor what.

        Before the day on which it was located it only keeps silence from being claimed: what another body
        said on its behalf is shown before it.
        """
        located_later = (
            self.position == Position.UNREAD and self.answered_on is None and on < self.recorded_on
        )
        return 0 if located_later else 1 if self.on_behalf else 2

    @property
    def rank(self) -> tuple[bool, date, datetime, int]:
        """Among the own, or among those on behalf: dated before undated, later before earlier, then as entered."""
        latest = self.answered_on.latest if self.answered_on else date.min
        return (self.answered_on is not None, latest, self.recorded_at, self.key)


@dataclass(frozen=True)
class AssessmentFacts:
    """What the rules need to know of one public assessment."""

    view: str
    implementation: str
    assessed_on: DateSpan


@dataclass(frozen=True)
class AddresseeFacts:
    """What the rules need to know of one addressee: public facts only."""

    first_answer_due_on: date | None = None
    extensions: Sequence[Grant] = ()
    answers: Sequence[AnswerFacts] = ()
    # The days of checks that found nothing, and those of them that a confirmed silence stands on.
    nothing_found_on: Sequence[date] = ()
    silent_since: Sequence[date] = ()
    # Staff look into a challenge: nothing adverse is said of the body meanwhile.
    under_review: bool = False


def current_answer(answers: Iterable[AnswerFacts], on: date) -> AnswerFacts | None:
    """The answer in force on a day: own before on behalf (`tier_on`), then by `rank`. A holding reply is none."""
    given = [answer for answer in answers if not answer.holding and answer.counts_on(on)]
    return max(given, key=lambda answer: (answer.tier_on(on), answer.rank), default=None)


def holding_reply(answers: Iterable[AnswerFacts], on: date) -> AnswerFacts | None:
    """The latest acknowledgement by a day: shown, but it stops no clock."""
    given = [answer for answer in answers if answer.holding and answer.counts_on(on)]
    return max(given, key=lambda answer: answer.rank, default=None)


def answer_due(facts: AddresseeFacts, on: date) -> date | None:
    """The confirmed deadline to answer in force on a day."""
    if facts.first_answer_due_on is None:
        return None
    return extended(facts.first_answer_due_on, facts.extensions, on)


def is_ignored(facts: AddresseeFacts, on: date) -> bool:
    """A silence was confirmed on a check made by then, and somebody looked in the last 180 days."""
    looked = [checked for checked in facts.nothing_found_on if on - RECHECK_AFTER <= checked <= on]
    return bool(looked) and any(since <= on for since in facts.silent_since)


def status_on(facts: AddresseeFacts, on: date) -> str:
    """The status to show on a day: design.md section 2, the table; what is adverse rests while staff look."""
    answer = current_answer(facts.answers, on)
    status = _status(answer, facts, on)
    adverse = status in RESTING or (answer is not None and is_our_refusal(answer.position, answer.basis))
    return Status.UNDER_REVIEW if facts.under_review and adverse else status


def _status(answer: AnswerFacts | None, facts: AddresseeFacts, on: date) -> str:
    if answer is None:
        if not has_passed(answer_due(facts, on), on):
            return Status.AWAITING
        return Status.IGNORED if is_ignored(facts, on) else Status.OVERDUE
    if answer.on_behalf:
        return Status.ANSWERED_FOR_IT
    if answer.position == Position.DEFERRED and answer.wait_ended_on and answer.wait_ended_on <= on:
        return Status.DEFERRAL_ENDED
    return answer.position


def first_answered_on(answers: Iterable[AnswerFacts], on: date) -> DateSpan | None:
    """When the first answer, own or on behalf, came; None if none, or if one of them shows no date."""
    given = [answer.answered_on for answer in answers if not answer.holding and answer.counts_on(on)]
    dated = [span for span in given if span is not None]
    if len(dated) < len(given):
        return None
    return min(dated, key=lambda span: span.earliest, default=None)


def assessment_from(view: View, assessments: Iterable[AssessmentFacts], on: date) -> AssessmentFacts | None:
    """The latest assessment from one view by a day; of two on one day the later entered. Views are never mixed."""
    made = [each for each in assessments if each.view == view and each.assessed_on.earliest <= on]
    return max(reversed(made), key=lambda each: each.assessed_on.latest, default=None)


def is_delivered(assessments: Iterable[AssessmentFacts], on: date) -> bool:
    """By the register's verdict, or the body's claim: no promise is recorded as missed."""
    made = list(assessments)
    latest = (assessment_from(view, made, on) for view in (View.VERDICT, View.CLAIMED))
    return any(said is not None and said.implementation in DELIVERED for said in latest)
