"""The documents that ask."""

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
from tracker.vocabulary import Noun, ReportKind


class Report(SourcedFact):
    """A document that asks. An Act that lays a duty and a campaign that makes a call are reports too."""

    noun = Noun.REPORT
    sets: ClassVar = {"publishers": ("Publisher", "report", "body")}

    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=40, choices=ReportKind.choices)
    dated_earliest, dated_latest, dated_precision = span_fields()
    regime = models.ForeignKey(
        "tracker.Regime", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    arises_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="led_to")
    publishers = models.ManyToManyField("tracker.Body", through="tracker.Publisher", related_name="reports")

    class Meta:
        ordering = ("-dated_latest", "ref")
        constraints: ClassVar = [
            *published_with_a_source("report"),
            is_one_of("report", "kind", ReportKind),
            span_whole("report", "dated"),
            models.CheckConstraint(
                name="report_published_with_a_date",
                condition=models.Q(published_at=None) | models.Q(dated_latest__isnull=False),
                violation_error_message="Give the date of the report before publishing it.",
            ),
        ]
        triggers = guard_fact(Noun.REPORT)

    def __str__(self) -> str:
        return self.title

    def occurred(self) -> DateSpan | None:
        return span_of(self, "dated")


class Publisher(models.Model):
    """A body that published a report, in the order in which the report names them."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="publisher_rows")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="publisher_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("report", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "body"], name="publisher_once_a_report"),
        ]
        triggers = guard(Noun.REPORT, column="report_id")
