"""Drafts that one person would have published, and that wait for another."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.vocabulary import Noun

# The nouns that can be adverse: tracker/queries/second_looks.py.
ADVERSE_NOUNS = (Noun.ANSWER, Noun.ASSESSMENT, Noun.CHECK)


class SecondLook(models.Model):
    """One draft that waits for a second pair of eyes, or did. It is staff's own business: no fact, and no line.

    It names the fact by noun and id: a foreign key for each noun would say no more, and nothing is ever deleted.
    """

    noun = models.CharField(max_length=14, choices=[(noun.value, noun.label) for noun in ADVERSE_NOUNS])
    fact_id = models.BigIntegerField()
    fact_ref = models.CharField(max_length=240)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_looks_asked")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was published, or withdrawn.")

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name = "draft waiting for a second pair of eyes"
        verbose_name_plural = "drafts waiting for a second pair of eyes"
        constraints: ClassVar = [
            models.CheckConstraint(name="second_look_noun_known", condition=Q(noun__in=ADVERSE_NOUNS)),
            models.UniqueConstraint(
                fields=["noun", "fact_id"], name="second_look_once_a_draft", condition=Q(ended_at=None)
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.second_looks: the oldest first.
            models.Index(fields=["asked_at", "id"], name="second_look_waiting", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.fact_ref
