"""Looking for an answer, and saying that there is none."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.base import Fact, drafts_index, guard_fact, is_one_of
from tracker.spans import DateSpan, day
from tracker.vocabulary import Clock, Finding, Noun


class Check(Fact):
    """Somebody looked for an answer or for a delivery: when, where, what was found."""

    noun = Noun.CHECK
    ancestors = ("addressee",)

    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="checks")
    clock = models.CharField(max_length=6, choices=Clock.choices, default=Clock.ANSWER)
    checked_on = models.DateField()
    where_looked = models.TextField(max_length=2_000)
    finding = models.CharField(max_length=7, choices=Finding.choices)

    class Meta:
        ordering = ("addressee", "-checked_on", "-id")
        constraints: ClassVar = [
            is_one_of("check", "clock", Clock),
            is_one_of("check", "finding", Finding),
            models.CheckConstraint(
                name="check_says_where",
                condition=~Q(where_looked=""),
                violation_error_message="where_looked: say where you looked.",
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk: who was looked at last, and when.
            models.Index(fields=["addressee", "clock", "-checked_on"], name="check_latest"),
            drafts_index("check"),
        ]
        triggers = guard_fact(Noun.CHECK)

    def occurred(self) -> DateSpan | None:
        return day(self.checked_on)


class Silence(Fact):
    """A confirmed silence: a check found nothing, the body was told and given time, a second person agreed.

    It stands from the check's date; published when the second person agrees, withdrawn when an earlier
    answer turns up.
    """

    noun = Noun.SILENCE
    ancestors = ("addressee", "found_by")
    private_fields: ClassVar[frozenset[str]] = frozenset({"note", "proposed_by", "seconded_by", "told_how"})

    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="silences")
    found_by = models.ForeignKey(Check, models.PROTECT, related_name="silences")
    told_on = models.DateField(help_text="The day on which the body was told.")
    told_how = models.CharField(max_length=500, help_text="By letter, by e-mail, and to which office.")
    answer_by = models.DateField(help_text="The last day of the time the body was given.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="silences_proposed"
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="silences_seconded",
    )

    class Meta:
        ordering = ("addressee", "-told_on", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="silence_gives_time",
                condition=Q(answer_by__gt=F("told_on")),
                violation_error_message="answer_by: the body needs time to answer after it was told.",
            ),
            models.CheckConstraint(
                name="silence_seconded_by_another",
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("proposed_by")),
                violation_error_message="seconded_by: another person than the first must agree.",
            ),
            models.CheckConstraint(
                name="silence_published_when_seconded",
                condition=Q(published_at=None) | Q(seconded_by__isnull=False),
                violation_error_message="A silence is published when a second person has agreed.",
            ),
            models.UniqueConstraint(
                fields=["addressee", "found_by"],
                name="silence_once_a_check",
                condition=Q(withdrawn_at=None),
                violation_error_message="This check has led to a silence already.",
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk: silences that wait for a second person.
            models.Index(
                fields=["answer_by", "id"],
                name="silence_to_second",
                condition=Q(published_at=None, withdrawn_at=None),
            ),
        ]
        triggers = guard_fact(Noun.SILENCE)

    def occurred(self) -> DateSpan | None:
        return day(self.told_on)
