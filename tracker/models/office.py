"""How the office divides its work: who looks after a report, who was asked to agree. No facts, never in the ledger."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ReportOwner(models.Model):
    """The member of staff who looks after a report. It says nothing about the world, so the ledger does not know it."""

    report = models.OneToOneField("tracker.Report", models.CASCADE, related_name="owner_row")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports_owned")
    since = models.DateTimeField()

    class Meta:
        verbose_name = "owner of a report"

    def __str__(self) -> str:
        return f"{self.user} looks after {self.report_id}"


class SecondingLink(models.Model):
    """A link by which one person, without logging in, may agree to some silences: once, and until it expires.

    It goes by e-mail to the address of that person's account and is never shown to whoever asked: two people stay
    two. The link is signed; this row says for what, until when, and whether it was used.
    """

    silences = models.ManyToManyField("tracker.Silence", related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seconding_links")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    words = models.TextField(blank=True, max_length=2_000, help_text="What the person said with it.")

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="seconding_link_to_another",
                condition=~Q(person=F("asked_by")),
                violation_error_message="person: ask another person than yourself.",
            ),
            models.CheckConstraint(
                name="seconding_link_expires",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message="expires_at: the link must last a while.",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} for {self.person}"
