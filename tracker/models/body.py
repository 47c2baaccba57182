"""Whoever recommends, is addressed, or answers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from tracker.models.base import (
    SourcedFact,
    guard_fact,
    is_one_of,
    published_with_a_source,
)
from tracker.vocabulary import BodyKind, Noun


class Body(SourcedFact):
    """A department, police force, inspectorate, commissioner, committee, coroner, inquiry, NGO, state, company."""

    noun = Noun.BODY
    private_fields: ClassVar[frozenset[str]] = frozenset({"note", "contacts"})

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=BodyKind.choices)
    jurisdiction = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    speaks_for = models.ForeignKey(
        "tracker.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="spoken_for_by",
    )
    overseen_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="oversees")
    other_names = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    identifiers = models.JSONField(
        default=dict,
        blank=True,
        help_text="Identifier by scheme: wikidata, whatdotheyknow.",
    )
    contacts = models.JSONField(default=list, blank=True, help_text="For staff only: purpose and address.")
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ("name", "id")
        constraints: ClassVar = [
            *published_with_a_source("body"),
            is_one_of("body", "kind", BodyKind),
            models.CheckConstraint(
                name="body_successor_after_its_end",
                condition=Q(successor=None) | Q(ended_on__isnull=False),
                violation_error_message="A body with a successor has ended: give the day it ended.",
            ),
            models.CheckConstraint(
                name="body_not_its_own_successor",
                condition=Q(successor=None) | ~Q(successor=F("id")),
                violation_error_message="A body cannot succeed itself.",
            ),
        ]
        indexes: ClassVar = [
            # Read by the search of the admin and by imports that match names with typing errors.
            GinIndex(fields=["name"], name="body_name_trigrams", opclasses=["gin_trgm_ops"]),
            # Read by queries.filters: bodies, and what they were asked, by their names.
            models.Index(fields=["name"], name="body_by_name"),
        ]
        triggers = guard_fact(Noun.BODY)

    def __str__(self) -> str:
        return self.name
