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
from tracker.vocabulary import Noun, SourceKind, SourceState


class Source(Fact):
    """A page, a letter, an e-mail, an answer to an FOI request, Hansard: nothing is published without one."""

    noun = Noun.SOURCE
    private_fields: ClassVar[frozenset[str]] = frozenset(
        {"note", "file", "file_sha256", "redacted_file", "redacted_sha256", "redacted_findings"}
    )

    later_fields: ClassVar[frozenset[str]] = frozenset({"state", "state_on", "moved_to"})

    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    title = models.CharField(max_length=500)
    url = models.URLField(max_length=1000, blank=True)
    publisher = models.CharField(
        max_length=300, blank=True, help_text="Who published it, as it names itself."
    )
    dated_earliest, dated_latest, dated_precision = span_fields()
    archived_url = models.URLField(max_length=1000, blank=True)
    state = models.CharField(
        max_length=7, choices=SourceState.choices, blank=True, default="", db_default="", editable=False
    )
    state_on = models.DateField(null=True, blank=True, editable=False, help_text="When that was found.")
    moved_to = models.URLField(max_length=1000, blank=True, default="", db_default="", editable=False)
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
            is_one_of("source", "state", SourceState, empty=True),
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
            # Read by queries.desk.dead_sources.
            models.Index(fields=["state_on"], name="source_gone", condition=Q(state=SourceState.GONE)),
        ]
        triggers = guard_fact(Noun.SOURCE)

    def __str__(self) -> str:
        return self.title

    @property
    def read_at(self) -> str:
        """Where it can be read today: the archived copy of a page that is gone."""
        return (self.state == SourceState.GONE and self.archived_url) or self.url

    def occurred(self) -> DateSpan | None:
        return span_of(self, "dated")


class SourceLook(models.Model):
    """When it was last looked whether a source still answers, and what was kept to compare: never public, no fact.

    `url` is the address that was looked at: another one begins anew. `failures` counts looks in a row without an
    answer, `seen_sha256` is what the page says now where that differs from `sha256`, what it said at first: both
    become a state of the source only when they are found again. `archive_job` is what the archive was asked for,
    `archive_next_at` when it is asked next: for what came of it, or for another copy.
    """

    source = models.OneToOneField(
        Source, models.CASCADE, primary_key=True, related_name="look", db_constraint=False
    )
    url = models.URLField(max_length=1000)
    host = models.CharField(max_length=255)
    looked_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField()
    outcome = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    seen_sha256 = models.CharField(max_length=64, blank=True)
    seen_times = models.PositiveSmallIntegerField(default=0)
    archive_job = models.CharField(max_length=200, blank=True)
    archive_next_at = models.DateTimeField(null=True, help_text="Empty: it was never asked.")

    class Meta:
        indexes: ClassVar = [
            # Read by watching.look_at_sources.
            models.Index(fields=["next_look_at"], name="source_look_due"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.outcome}"
