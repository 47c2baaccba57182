"""How far an addressee has delivered, and moved dates."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tracker.models.base import (
    SourcedFact,
    drafts_index,
    guard_fact,
    is_one_of,
    published_with_a_source,
    span_fields,
    span_of,
    span_whole,
)
from tracker.spans import DateSpan
from tracker.vocabulary import Clock, Implementation, Noun, View


class Assessment(SourcedFact):
    """How far an addressee has delivered, on a date, as one of four views sees it."""

    noun = Noun.ASSESSMENT
    ancestors = ("addressee", "source")

    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="assessments")
    view = models.CharField(max_length=11, choices=View.choices)
    implementation = models.CharField(max_length=21, choices=Implementation.choices)
    assessed_earliest, assessed_latest, assessed_precision = span_fields()
    made_by = models.ForeignKey(
        "tracker.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
    )
    summary = models.TextField(max_length=5_000, blank=True)

    class Meta:
        ordering = ("addressee", "view", "-assessed_latest", "-id")
        constraints: ClassVar = [
            *published_with_a_source("assessment"),
            is_one_of("assessment", "view", View),
            is_one_of("assessment", "implementation", Implementation),
            span_whole("assessment", "assessed"),
            models.CheckConstraint(
                name="assessment_has_a_date",
                condition=Q(assessed_latest__isnull=False),
                violation_error_message="assessed_on: say as of when it was so.",
            ),
        ]
        indexes: ClassVar = [drafts_index("assessment")]
        triggers = guard_fact(Noun.ASSESSMENT)

    def occurred(self) -> DateSpan | None:
        return span_of(self, "assessed")


class Extension(SourcedFact):
    """A moved date of either clock. The first date is never overwritten."""

    noun = Noun.EXTENSION
    ancestors = ("addressee", "source")

    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="extensions")
    clock = models.CharField(max_length=6, choices=Clock.choices)
    old_on = models.DateField()
    until_on = models.DateField()
    granted_earliest, granted_latest, granted_precision = span_fields()
    granted_by = models.ForeignKey(
        "tracker.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions_granted",
    )
    reason = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ("addressee", "clock", "granted_latest", "id")
        constraints: ClassVar = [
            *published_with_a_source("extension"),
            is_one_of("extension", "clock", Clock),
            span_whole("extension", "granted"),
            models.CheckConstraint(
                name="extension_has_a_date",
                condition=Q(granted_latest__isnull=False),
                violation_error_message="granted_on: say when it was granted.",
            ),
            models.CheckConstraint(
                name="extension_moves_the_date",
                condition=~Q(until_on=F("old_on")),
                violation_error_message="until_on: an extension moves the date.",
            ),
        ]
        triggers = guard_fact(Noun.EXTENSION)

    def occurred(self) -> DateSpan | None:
        return span_of(self, "granted")
