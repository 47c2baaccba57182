"""A partner's system that is called when something changes."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def active(self) -> "EndpointQuerySet":
        """Those that are called."""
        return self.filter(disabled_at=None)

    def kept(self) -> "EndpointQuerySet":
        """Those that their owners have not deleted."""
        return self.filter(deleted_at=None)


class Endpoint(models.Model):
    """An address that somebody typed in, called through `tracker.egress` and nothing else.

    `secret` signs each call; after a change the one before signs too until `old_secret_until`, so that the owner
    can change over at leisure. A `partner` manages it with a key; without one staff do. `failing_since` is when calls
    began to fail with no success since; one success clears it, and `warned_at` with it. `rests_until` keeps an endpoint
    that hangs from taking a thread in every run. One that its owner deleted stays for its log alone: it is never called
    again.
    """

    ref = models.UUIDField(unique=True, default=uuid4, db_default=RandomUUID(), editable=False)
    url = models.URLField(max_length=1000)
    name = models.CharField(max_length=200, blank=True, help_text="What it is, in the owner's words.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="endpoints"
    )
    partner = models.ForeignKey(
        "tracker.Partner", models.CASCADE, null=True, blank=True, related_name="endpoints"
    )
    contact = models.EmailField(help_text="Who is written to when it fails.")
    secret = models.CharField(max_length=100, editable=False)
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="Since the last success.")
    rests_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_success_at = models.DateTimeField(null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When its owner read that calls were given up."
    )
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_because = models.CharField(max_length=200, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="endpoint_disabled_with_a_reason",
                condition=Q(disabled_at=None, disabled_because="")
                | (Q(disabled_at__isnull=False) & ~Q(disabled_because="")),
            ),
            models.CheckConstraint(
                name="endpoint_deleted_is_disabled",
                condition=Q(deleted_at=None) | Q(disabled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="endpoint_old_secret_ends",
                condition=Q(old_secret="", old_secret_until=None)
                | (Q(old_secret_until__isnull=False) & ~Q(old_secret="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.url
