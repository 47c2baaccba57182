"""What happened around an ask, and what is contested."""

from typing import ClassVar

from django.db import models

from tracker.models.base import (
    SourcedFact,
    guard,
    guard_fact,
    is_one_of,
    published_with_a_source,
    span_fields,
    span_of,
    span_whole,
)
from tracker.spans import DateSpan
from tracker.vocabulary import DevelopmentKind, Noun


class Development(SourcedFact):
    """A dated happening around an ask that is no answer to it."""

    noun = Noun.DEVELOPMENT
    sets: ClassVar = {
        "bodies": ("DevelopmentBody", "development", "body"),
        "recommendations": (
            "DevelopmentRecommendation",
            "development",
            "recommendation",
        ),
    }

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=17, choices=DevelopmentKind.choices)
    happened_earliest, happened_latest, happened_precision = span_fields()
    summary = models.TextField(max_length=5_000)
    bodies = models.ManyToManyField(
        "tracker.Body", through="tracker.DevelopmentBody", related_name="developments"
    )
    recommendations = models.ManyToManyField(
        "tracker.Recommendation",
        through="tracker.DevelopmentRecommendation",
        related_name="developments",
    )

    class Meta:
        ordering = ("-happened_latest", "id")
        constraints: ClassVar = [
            *published_with_a_source("development"),
            is_one_of("development", "kind", DevelopmentKind),
            span_whole("development", "happened"),
        ]
        triggers = guard_fact(Noun.DEVELOPMENT)

    def __str__(self) -> str:
        return self.title

    def occurred(self) -> DateSpan | None:
        return span_of(self, "happened")


class DevelopmentBody(models.Model):
    """A body that a development touches."""

    development = models.ForeignKey(Development, models.PROTECT, related_name="body_rows")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="development_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("development", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["development", "body"], name="body_once_a_development"),
        ]
        triggers = guard(Noun.DEVELOPMENT, column="development_id")


class DevelopmentRecommendation(models.Model):
    """A recommendation that a development touches."""

    development = models.ForeignKey(Development, models.PROTECT, related_name="recommendation_rows")
    recommendation = models.ForeignKey(
        "tracker.Recommendation", models.PROTECT, related_name="development_rows"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("development", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["development", "recommendation"],
                name="recommendation_once_a_development",
            ),
        ]
        triggers = guard(Noun.DEVELOPMENT, column="development_id")


class Claim(SourcedFact):
    """A contested statement: who makes it, who contests it, what the report says of it."""

    noun = Noun.CLAIM
    sets: ClassVar = {
        "made_by": ("ClaimMaker", "claim", "body"),
        "contested_by": ("ClaimContester", "claim", "body"),
    }

    text = models.TextField(max_length=2_000)
    position_of_report = models.TextField(max_length=2_000, blank=True)
    report = models.ForeignKey("tracker.Report", models.PROTECT, null=True, blank=True, related_name="claims")
    made_by = models.ManyToManyField("tracker.Body", through="tracker.ClaimMaker", related_name="claims_made")
    contested_by = models.ManyToManyField(
        "tracker.Body",
        through="tracker.ClaimContester",
        related_name="claims_contested",
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = published_with_a_source("claim")
        triggers = guard_fact(Noun.CLAIM)

    def __str__(self) -> str:
        return self.text


class ClaimMaker(models.Model):
    """A body that makes a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="maker_rows")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="claim_maker_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("claim", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "body"], name="maker_once_a_claim"),
        ]
        triggers = guard(Noun.CLAIM, column="claim_id")


class ClaimContester(models.Model):
    """A body that contests a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="contester_rows")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="claim_contester_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("claim", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "body"], name="contester_once_a_claim"),
        ]
        triggers = guard(Noun.CLAIM, column="claim_id")
