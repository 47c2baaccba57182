"""Partner sites, their keys, and what they propose. None of it is a fact: never in the ledger, never guarded."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tracker.models.base import is_one_of
from tracker.vocabulary import Noun, ProposalKind, ProposalState, Scope


class Partner(models.Model):
    """A site that builds on the register: who it is, and whom to ask."""

    name = models.CharField(max_length=200, unique=True)
    contact = models.CharField(
        max_length=300, help_text="A person and an address, for when a key misbehaves."
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """A partner's key, as it is kept: what tells it from others, and the digest of the whole.

    The key itself is nowhere: it was shown once. Its secret half has 160 bits, so a plain SHA-256 is enough.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="keys")
    prefix = models.CharField(max_length=12, unique=True, help_text="How the key begins: no secret.")
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To five minutes or so.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="key_scopes_known",
                condition=Q(scopes__contained_by=Scope.values) & Q(scopes__len__gt=0),
                violation_error_message="Choose what the key may do.",
            ),
            models.CheckConstraint(
                name="key_expires_after_it_is_made", condition=Q(expires_at__gt=models.F("made_at"))
            ),
            models.CheckConstraint(
                name="key_revoked_by_somebody", condition=Q(revoked_at=None) | Q(revoked_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.partner}"


class Proposal(models.Model):
    """What a partner proposes: it waits for staff, and writes no fact.

    `said` is the proposal as it came, checked; `answer` is what the partner was told then, to the byte, for whoever
    sends the same `idempotency_key` again. What it is about is named as the partner named it.
    """

    ref = models.UUIDField(unique=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="proposals")
    idempotency_key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=ProposalKind.choices)
    about_type = models.CharField(max_length=20, choices=Noun.choices)
    about_ref = models.CharField(max_length=240)
    said = models.JSONField()
    answer = models.TextField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ProposalState.choices, default=ProposalState.WAITING)
    reason = models.TextField(blank=True, max_length=2_000, help_text="The partner reads it.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-received_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "idempotency_key"], name="proposal_once_an_idempotency_key"
            ),
            is_one_of("proposal", "kind", ProposalKind),
            is_one_of("proposal", "state", ProposalState),
            models.CheckConstraint(
                name="proposal_decided_by_somebody",
                condition=Q(state=ProposalState.WAITING, decided_at=None, decided_by=None)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_a_reason",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(reason=""),
                violation_error_message="Say why: the partner reads it.",
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk.proposals_waiting and partners.proposals.receive.
            models.Index(
                fields=["partner"], name="proposal_waiting", condition=Q(state=ProposalState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about_ref}"


class RateCount(models.Model):
    """How many requests one caller was granted in its present window. Unlogged: it need not outlive a crash.

    `caller` is a keyed digest: no address stands in the database.
    """

    caller = models.UUIDField(primary_key=True)
    begun_at = models.DateTimeField()
    granted = models.IntegerField()

    class Meta:
        indexes: ClassVar = [
            # Read by partners.limits.forget.
            models.Index(fields=["begun_at"], name="rate_count_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.granted} since {self.begun_at}"
