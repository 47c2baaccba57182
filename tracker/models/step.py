"""What the register's own staff did about an ask: a letter, a reminder, a request for information."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tracker.models.base import Fact, guard_fact, is_one_of
from tracker.spans import DateSpan, day
from tracker.vocabulary import Noun, StepKind


class Step(Fact):
    """One step that staff took to get an answer out of an addressee. For staff only until it is published.

    It says nothing about what the body did: it is no answer, no check and no development, and stops no clock.
    `letter` is what was sent, and stays with staff; `summary` is what the public reads once it is published.
    """

    noun = Noun.STEP
    ancestors = ("addressee",)
    private_fields: ClassVar[frozenset[str]] = frozenset({"note", "letter"})

    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=StepKind.choices)
    taken_on = models.DateField()
    summary = models.CharField(max_length=500, help_text="What was done, in words that may be published.")
    url = models.URLField(
        max_length=1000, blank=True, help_text="Where it can be followed: the page of a request."
    )
    letter = models.TextField(max_length=20_000, blank=True, help_text="What was sent. For staff only.")

    class Meta:
        ordering = ("addressee", "-taken_on", "-id")
        constraints: ClassVar = [
            is_one_of("step", "kind", StepKind),
            models.CheckConstraint(
                name="step_says_what_was_done",
                condition=~Q(summary=""),
                violation_error_message="summary: say what was done.",
            ),
        ]
        triggers = guard_fact(Noun.STEP)

    def occurred(self) -> DateSpan | None:
        return day(self.taken_on)
