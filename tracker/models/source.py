"""Where a fact comes from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tracker.models.base import (
    Fact,
    drafts_index,
    guard_fact,
    is_one_of,
    span_fields,
    span_of,
    span_whole,
)
from tracker.spans import DateSpan
from tracker.vocabulary import Noun, SourceKind


class Source(Fact):
    """A page, a letter, an e-mail, an answer to an FOI request, Hansard: nothing is published without one."""

    noun = Noun.SOURCE
    private_fields: ClassVar[frozenset[str]] = frozenset(
        {"note", "file", "file_sha256", "redacted_file", "redacted_sha256", "redacted_findings"}
    )

    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    title = models.CharField(max_length=500)
    url = models.URLField(max_length=1000, blank=True)
    publisher = models.CharField(
        max_length=300, blank=True, help_text="Who published it, as it names itself."
    )
    dated_earliest, dated_latest, dated_precision = span_fields()
    archived_url = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to="sources/", max_length=300, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    redacted_file = models.FileField(
        upload_to="sources/", max_length=300, blank=True, default="", db_default=""
    )
    redacted_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    redacted_findings = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What the check for hidden text and metadata found in the redacted copy.",
    )
    may_be_published = models.BooleanField(
        default=False,
        help_text="Whoever sent the file allows the register to publish it.",
    )

    class Meta:
        ordering = ("title", "id")
        constraints: ClassVar = [
            is_one_of("source", "kind", SourceKind),
            span_whole("source", "dated"),
            models.CheckConstraint(
                name="source_can_be_found",
                condition=~Q(url="") | ~Q(file="") | ~Q(kind=SourceKind.PAGE),
                violation_error_message="Give the address of the page.",
            ),
        ]
        indexes: ClassVar = [
            drafts_index("source"),
            models.Index(fields=["url"], name="source_by_url", condition=~Q(url="")),
        ]
        triggers = guard_fact(Noun.SOURCE)

    def __str__(self) -> str:
        return self.title

    def occurred(self) -> DateSpan | None:
        return span_of(self, "dated")
