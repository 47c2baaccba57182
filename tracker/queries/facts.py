"""Load the public facts that the rules of `statuses.py` need, for many addressees at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, QuerySet

from tracker.deadlines import Grant
from tracker.models import Addressee, Answer, Assessment, Check, Extension, Silence
from tracker.models.base import span_of
from tracker.queries.days import register_day
from tracker.queries.sql import IDS, Among, Kept, Prepared, array
from tracker.queries.together import which_find
from tracker.statuses import AddresseeFacts, AnswerFacts, AssessmentFacts, current_answer
from tracker.vocabulary import PROMISING_KINDS, PROMISING_POSITIONS, Clock, Finding


@dataclass
class PublicRecord:
    """The public rows about one addressee, and the facts the rules read from them."""

    addressee: Addressee
    answers: list[Answer] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)

    def grants(self, clock: Clock) -> list[Grant]:
        """The extensions of one clock, in the order in which they were entered."""
        made = ((span_of(each, "granted"), each) for each in self.extensions if each.clock == clock)
        return [Grant(span, each.until_on) for span, each in made if span]

    def extension_in_force(self, clock: Clock, on: date) -> Extension:
        """Of the extensions of one clock granted by a day the one that counts: of two granted last, the later entered.

        Raises ValueError where there is none: no date was moved.
        """
        granted = ((span_of(each, "granted"), each) for each in self.extensions if each.clock == clock)
        made = [(span.latest, each.pk, each) for span, each in granted if span and span.earliest <= on]
        return max(made)[-1]

    def answer_facts(self) -> list[AnswerFacts]:
        return [
            AnswerFacts(
                key=answer.pk,
                position=answer.position,
                on_behalf=answer.on_behalf,
                answered_on=answer.response.answered_on,
                recorded_at=answer.recorded_at,
                recorded_on=register_day(answer.recorded_at),
                holding=answer.holding,
                wait_ended_on=wait_ended_on(answer),
                basis=answer.basis,
            )
            for answer in self.answers
        ]

    def assessment_facts(self) -> list[AssessmentFacts]:
        made = ((span_of(each, "assessed"), each) for each in self.assessments)
        return [AssessmentFacts(each.view, each.implementation, span) for span, each in made if span]

    def nothing_found_on(self, clock: Clock) -> list[date]:
        """The days of the checks that found nothing, for one clock."""
        return [c.checked_on for c in self.checks if c.clock == clock and c.finding == Finding.NOTHING]

    def found_since(self, day: date) -> bool:
        """A check on that day or later found an answer, and none after it found nothing."""
        looked = [c for c in self.checks if c.clock == Clock.ANSWER and c.checked_on >= day]
        last = max((c.checked_on for c in looked), default=None)
        return any(c.finding == Finding.FOUND for c in looked if c.checked_on == last)

    def is_promised(self, on: date) -> bool:
        """The body has bound itself, or is bound by law: its own acceptance, its commitment, a duty."""
        if self.addressee.recommendation.kind in PROMISING_KINDS:
            return True
        answer = current_answer(self.answer_facts(), on)
        return answer is not None and not answer.on_behalf and answer.position in PROMISING_POSITIONS

    def facts(self) -> AddresseeFacts:
        return AddresseeFacts(
            first_answer_due_on=self.addressee.first_answer_due_on,
            extensions=self.grants(Clock.ANSWER),
            answers=self.answer_facts(),
            nothing_found_on=self.nothing_found_on(Clock.ANSWER),
            silent_since=[silence.found_by.checked_on for silence in self.silences],
            under_review=self.addressee.under_review_since is not None,
        )


def wait_ended_on(answer: Answer) -> date | None:
    """The day on which what an answer waited for came: as recorded, else the date of the public report."""
    if answer.wait_ended_on:
        return answer.wait_ended_on
    report = answer.waits_for_report
    if report is None or report.published_at is None or report.withdrawn_at is not None:
        return None
    return report.dated_latest


def public_records(addressees: Collection[Addressee]) -> dict[int, PublicRecord]:
    """The public record of each of the addressees given, which are taken to be public; one query, and one for each
    kind of fact that stands about any of them.
    """
    records = {addressee.pk: PublicRecord(addressee) for addressee in addressees}
    if not records:
        return records
    ids = {"ids": array(records)}
    for kind, is_there in zip(_ABOUT, _which_stand().rows(ids, anew=True)[0], strict=True):
        for row in _about(kind).models(ids, anew=True) if is_there else ():
            getattr(records[row.addressee_id], kind).append(row)
    return records


_ABOUT: dict[str, QuerySet] = {
    "answers": Answer.objects.select_related(
        "response__author__source",
        "response__source",
        "response__on_behalf_of_group",
        "response__on_behalf_of_body",
        "waits_for_report__source",
        "points_to",
        "alternative__report",
    ),
    "assessments": Assessment.objects.select_related("source", "made_by"),
    "extensions": Extension.objects.select_related("source", "granted_by"),
    "checks": Check.objects.all(),
    "silences": Silence.objects.select_related("found_by"),
}


@cache
def _about(kind: str) -> Kept:
    """The public facts of a kind about some addressees, in the order in which they were entered."""
    rows: Any = _ABOUT[kind]
    return Kept(rows.public(given=("addressee",)).filter(Among(F("addressee"), IDS)).order_by("pk"))


@cache
def _which_stand() -> Prepared:
    return which_find({kind: _about(kind) for kind in _ABOUT})
