"""Imports of files: their bytes, their plan, and what was written. No facts: never in the ledger, never guarded."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from tracker.models.base import is_one_of
from tracker.models.event import TransactionId
from tracker.vocabulary import WORKING, BodyKind, ImportState, NameChoice, Outcome

# A worker that shows no life for so long has been killed: another takes its import up.
LEASE = timedelta(minutes=5)


class ImportProfile(models.Model):
    """How the files of one feed are read: TOML, as in `fixtures/profiles/`, made at the desk by matching columns."""

    name = models.SlugField(max_length=40, primary_key=True)
    definition = models.TextField(max_length=100_000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="import_profiles"
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class ImportQuerySet(models.QuerySet["Import"]):
    def waiting(self, *, at: datetime) -> Self:
        """Those that a worker should take up: nobody has them, or whoever had them was killed."""
        return self.filter(state__in=WORKING).filter(Q(leased_until=None) | Q(leased_until__lt=at))

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Take one up: the update of one row decides."""
        begun = Coalesce("begun_at", Value(at))
        return self.waiting(at=at).filter(pk=pk).update(leased_until=at + LEASE, begun_at=begun) == 1


class Import(models.Model):
    """One file on its way into the register, with its plan and what became of it."""

    feed = models.CharField(max_length=40, blank=True, help_text="The name of the profile.")
    definition = models.TextField(blank=True, help_text="The profile as it was when the file was planned.")
    file_name = models.CharField(max_length=300)
    file_size = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.UPLOADED)
    said = models.TextField(blank=True, help_text="Why it was refused or stopped, and what to do.")
    counts = models.JSONField(default=dict, blank=True)
    read = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="imports"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imports_asked",
        help_text="Who had it applied or undone: the person behind what it writes.",
    )
    created_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="When a worker began with it.")
    leased_until = models.DateTimeField(null=True, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="imports_overridden"
    )
    overridden_because = models.TextField(blank=True, max_length=2_000)
    undo_reason = models.TextField(blank=True, max_length=2_000)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [is_one_of("import", "state", ImportState)]
        indexes: ClassVar = [
            # Read by ImportQuerySet.waiting: what a worker should take up.
            models.Index(fields=["id"], name="import_waiting", condition=Q(state__in=WORKING)),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportPart(models.Model):
    """A piece of the bytes of a file: a worker on another machine reads them here."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("of", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "number"], name="import_part_once"),
        ]


class ImportRow(models.Model):
    """One row of a file: what it says by the profile, and what becomes of it.

    The rows that were applied are what the register knows of a feed: the next file is compared with them.
    `key` tells rows of a feed apart, `report_key` and `ask_key` say which belong together.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    feed = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="Its number in the file.")
    key = models.CharField(max_length=40)
    report_key = models.CharField(max_length=40)
    ask_key = models.CharField(max_length=40)
    digest = models.CharField(max_length=40)
    said = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    problems = models.JSONField(default=list, help_text="Column, value, reason and fix of each.")
    changes = models.JSONField(default=list, help_text="What, from, to.")
    facts = models.JSONField(default=dict, help_text="The public names of what the row was written to.")
    broken = models.BooleanField(default=False, help_text="It lost its bodies, or turned back to unanswered.")
    applied = models.BooleanField(default=False)

    class Meta:
        ordering = ("of", "number")
        constraints: ClassVar = [is_one_of("importrow", "outcome", Outcome, empty=True)]
        indexes: ClassVar = [
            # Read by the plan: what is known of a feed, the latest first.
            models.Index(
                F("feed"), F("key"), F("id").desc(), name="importrow_known", condition=Q(applied=True)
            ),
            models.Index(fields=["feed", "report_key"], name="importrow_reports", condition=Q(applied=True)),
            # Read by the plan and by the import, report by report, and by the pages, row by row.
            models.Index(fields=["of", "report_key", "ask_key", "number"], name="importrow_by_report"),
            models.Index(fields=["of", "number"], name="importrow_by_number"),
        ]


class ImportName(models.Model):
    """A name in a file that no body on record has, what it may be, and what a person says of it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    nearest = ArrayField(models.CharField(max_length=240), default=list, help_text="Bodies with such a name.")
    choice = models.CharField(max_length=5, choices=NameChoice.choices, blank=True)
    body = models.ForeignKey("tracker.Body", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30, choices=BodyKind.choices, blank=True)

    class Meta:
        ordering = ("-rows", "name")
        constraints: ClassVar = [
            is_one_of("importname", "choice", NameChoice, empty=True),
            models.UniqueConstraint(fields=["of", "name"], name="import_name_once"),
        ]


class ImportBatch(models.Model):
    """One transaction of an import: which lines it wrote. To undo it is to look at what stands in them."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="batches")
    xact = TransactionId()
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("of", "id")
