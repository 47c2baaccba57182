"""One recommendation as put to one body: the unit of everything."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tracker.models.base import Fact, drafts_index, guard_fact, is_one_of
from tracker.spans import DateSpan
from tracker.vocabulary import Noun, Strength


class Addressee(Fact):
    """One recommendation as put to one body, with its own two clocks, answers and delivery.

    A date here is confirmed: a regime that is not automatic only suggests, and a suggestion is not stored.
    `answer_missed_on` and `promise_missed_on` are the deadlines recorded as missed, for staff; each is
    cleared when a later entry shows it was no miss. The `*_sweep_on` are worked out by the actions. While staff look
    into a challenge, `under_review_since` says since when, and adverse words and alerts rest.
    """

    noun = Noun.ADDRESSEE
    ancestors = ("recommendation", "body")
    private_fields: ClassVar[frozenset[str]] = frozenset({"note", "answer_missed_on", "promise_missed_on"})
    unguarded_fields: ClassVar[frozenset[str]] = frozenset({"answer_sweep_on", "promise_sweep_on"})

    recommendation = models.ForeignKey("tracker.Recommendation", models.PROTECT, related_name="addressees")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="addressed")
    duty_holder = models.ForeignKey(
        "tracker.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        help_text="Who holds it now that the body has ended.",
    )
    via_group = models.ForeignKey(
        "tracker.Group", models.PROTECT, null=True, blank=True, related_name="addressed"
    )
    answer_due_on = models.DateField(null=True, blank=True)
    first_answer_due_on = models.DateField(null=True, blank=True)
    answer_due_basis = models.CharField(max_length=1000, blank=True)
    answer_due_strength = models.CharField(max_length=10, choices=Strength.choices, blank=True)
    act_by = models.DateField(null=True, blank=True)
    first_act_by = models.DateField(null=True, blank=True)
    act_by_basis = models.CharField(max_length=1000, blank=True)
    answer_missed_on = models.DateField(null=True, blank=True)
    promise_missed_on = models.DateField(null=True, blank=True)
    under_review_since = models.DateField(null=True, blank=True, editable=False)
    answer_sweep_on = models.DateField(null=True, blank=True, editable=False)
    promise_sweep_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("recommendation", "body", "id")
        constraints: ClassVar = [
            is_one_of("addressee", "answer_due_strength", Strength, empty=True),
            models.UniqueConstraint(
                fields=["recommendation", "body"],
                name="addressee_once_a_recommendation",
                violation_error_message="body: this body is addressed by the recommendation already.",
            ),
            models.CheckConstraint(
                name="addressee_answer_clock_whole",
                condition=Q(answer_due_on=None, first_answer_due_on=None, answer_due_basis="")
                | (
                    Q(answer_due_on__isnull=False, first_answer_due_on__isnull=False)
                    & ~Q(answer_due_basis="")
                    & ~Q(answer_due_strength="")
                ),
                violation_error_message="answer_due_on: a deadline has a first date, a basis and a strength.",
            ),
            models.CheckConstraint(
                name="addressee_act_clock_whole",
                condition=Q(act_by=None, first_act_by=None)
                | (Q(act_by__isnull=False, first_act_by__isnull=False) & ~Q(act_by_basis="")),
                violation_error_message="act_by: a time to act has a first date and a basis.",
            ),
            models.CheckConstraint(
                name="addressee_duty_holder_is_another",
                condition=Q(duty_holder=None) | ~Q(duty_holder=F("body")),
                violation_error_message="duty_holder: name another body than the one addressed.",
            ),
        ]
        indexes: ClassVar = [
            drafts_index("addressee"),
            # Read by actions.deadlines.record_missed_deadlines: whose time has come and is not yet recorded.
            models.Index(
                fields=["answer_sweep_on", "id"],
                name="addressee_answer_sweep",
                condition=Q(answer_sweep_on__isnull=False),
            ),
            models.Index(
                fields=["promise_sweep_on", "id"],
                name="addressee_promise_sweep",
                condition=Q(promise_sweep_on__isnull=False),
            ),
            # Read by queries.desk: deadlines and promises that passed, the oldest first.
            models.Index(
                fields=["answer_missed_on", "id"],
                name="addressee_answer_missed",
                condition=Q(answer_missed_on__isnull=False),
            ),
            models.Index(
                fields=["promise_missed_on", "id"],
                name="addressee_promise_missed",
                condition=Q(promise_missed_on__isnull=False),
            ),
            # Read by queries.desk: what is under review, for the longest first.
            models.Index(
                fields=["under_review_since", "id"],
                name="addressee_under_review",
                condition=Q(under_review_since__isnull=False),
            ),
        ]
        triggers = guard_fact(Noun.ADDRESSEE, unguarded=("answer_sweep_on", "promise_sweep_on"))

    def occurred(self) -> DateSpan | None:
        return self.recommendation.occurred()
