"""Single asks, their themes, and how they stand to each other."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from tracker.models.base import (
    Fact,
    SourcedFact,
    drafts_index,
    guard,
    guard_fact,
    is_one_of,
    published_with_a_source,
    span_fields,
    span_of,
    span_whole,
)
from tracker.spans import DateSpan
from tracker.vocabulary import LinkKind, Noun, RecommendationKind, Relation, TimeKind


class Theme(Fact):
    """What an ask is about."""

    noun = Noun.THEME

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)
        triggers = guard_fact(Noun.THEME)

    def __str__(self) -> str:
        return self.name


class Recommendation(SourcedFact):
    """One ask in a report. One that is answered in parts has limbs; then the addressees stand on the limbs."""

    noun = Noun.RECOMMENDATION
    ancestors = ("report", "part_of", "source")
    sets: ClassVar = {"themes": ("RecommendationTheme", "recommendation", "theme")}

    report = models.ForeignKey("tracker.Report", models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=40, blank=True, help_text="As printed: 3a, Action 1; empty if none.")
    limb = models.CharField(max_length=40, blank=True, help_text="Which part of a recommendation it is.")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="limbs")
    kind = models.CharField(
        max_length=14,
        choices=RecommendationKind.choices,
        default=RecommendationKind.RECOMMENDATION,
    )
    title = models.CharField(max_length=300)
    text = models.TextField(max_length=20_000, blank=True)
    quote = models.CharField(max_length=500, blank=True, help_text="A short quotation, if one is needed.")
    asked_earliest, asked_latest, asked_precision = span_fields()
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the report.")
    aggregate = models.BooleanField(default=False, help_text="One row that stands for several asks.")
    answer_due_on = models.DateField(null=True, blank=True, help_text="The day it names for the answer.")
    answer_regime = models.ForeignKey(
        "tracker.Regime",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
    )
    act_by = models.DateField(null=True, blank=True, help_text="The day it names for the deed.")
    act_by_kind = models.CharField(max_length=12, choices=TimeKind.choices, default=TimeKind.NO_DATE)
    act_by_text = models.CharField(
        max_length=300, blank=True, help_text="By when, in the words of the source."
    )
    delivered_by = models.ForeignKey(
        "tracker.Body", models.PROTECT, null=True, blank=True, related_name="delivers"
    )
    offered_instead_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offered_alternatives",
    )
    themes = models.ManyToManyField(
        Theme, through="tracker.RecommendationTheme", related_name="recommendations"
    )

    class Meta:
        ordering = ("report", "position", "id")
        constraints: ClassVar = [
            *published_with_a_source("recommendation"),
            is_one_of("recommendation", "kind", RecommendationKind),
            is_one_of("recommendation", "act_by_kind", TimeKind),
            span_whole("recommendation", "asked"),
            models.UniqueConstraint(
                name="recommendation_number_once_a_report",
                fields=["report", "number", "limb"],
                condition=~Q(number=""),
                violation_error_message="number: this report has a recommendation of that number and limb already.",
            ),
            models.CheckConstraint(
                name="recommendation_limb_is_part_of_one",
                condition=Q(part_of=None, limb="") | (Q(part_of__isnull=False) & ~Q(limb="")),
                violation_error_message="limb: a limb has a name and is part of a recommendation.",
            ),
            models.CheckConstraint(
                name="recommendation_due_after_it_was_asked",
                condition=Q(answer_due_on=None) | Q(answer_due_on__gte=F("asked_earliest")),
                violation_error_message="answer_due_on: the answer cannot be due before the ask.",
            ),
            models.CheckConstraint(
                name="recommendation_published_with_a_date",
                condition=Q(published_at=None) | Q(asked_latest__isnull=False),
                violation_error_message="asked_on: give the date of the ask before publishing it.",
            ),
        ]
        indexes: ClassVar = [
            # Read by the lists that show the newest asks first, or last.
            models.Index(fields=["asked_latest", "ref"], name="recommendation_newest"),
            drafts_index("recommendation"),
            # Read by queries.similar: older asks that a new one looks like.
            GinIndex(fields=["title"], name="recommendation_title_trigrams", opclasses=["gin_trgm_ops"]),
            # Read by queries.desk: published asks that nobody has touched for long.
            models.Index(
                fields=["updated_at", "id"],
                name="recommendation_untouched",
                condition=Q(published_at__isnull=False, withdrawn_at=None),
            ),
        ]
        triggers = guard_fact(Noun.RECOMMENDATION)

    def __str__(self) -> str:
        return f"{self.number}{'-' if self.number and self.limb else ''}{self.limb} {self.title}".strip()

    def occurred(self) -> DateSpan | None:
        return span_of(self, "asked")


class RecommendationTheme(models.Model):
    """A theme of a recommendation."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="theme_rows")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="theme_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("recommendation", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "theme"], name="theme_once_a_recommendation"),
        ]
        triggers = guard(Noun.RECOMMENDATION, column="recommendation_id")


class Link(Fact):
    """How one ask stands to another: an earlier one it repeats, one it depends on or supersedes."""

    noun = Noun.LINK
    ancestors = ("recommendation", "other")

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=14, choices=LinkKind.choices)
    other = models.ForeignKey(Recommendation, models.PROTECT, related_name="linked_from")
    relation = models.CharField(max_length=8, choices=Relation.choices, blank=True)

    class Meta:
        ordering = ("recommendation", "kind", "other")
        constraints: ClassVar = [
            is_one_of("link", "kind", LinkKind),
            models.UniqueConstraint(
                fields=["recommendation", "kind", "other"],
                name="link_once",
                condition=Q(withdrawn_at=None),
                violation_error_message="These two are linked in this way already.",
            ),
            models.CheckConstraint(
                name="link_not_to_itself",
                condition=~Q(recommendation=F("other")),
                violation_error_message="A recommendation cannot be linked to itself.",
            ),
            models.CheckConstraint(
                name="link_relation_of_repeats_only",
                condition=(Q(kind=LinkKind.REPEATS) & Q(relation__in=Relation.values))
                | (~Q(kind=LinkKind.REPEATS) & Q(relation="")),
                violation_error_message="relation: say how a repeat stands to the earlier ask, and only there.",
            ),
        ]
        triggers = guard_fact(Noun.LINK)
