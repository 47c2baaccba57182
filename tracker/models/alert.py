"""Who wants to hear of what, and what was sent. None of it is a fact: never in the ledger, never guarded."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.models.event import Event


class Subscription(models.Model):
    """A member of staff who wants to hear of a report by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    report = models.ForeignKey("tracker.Report", models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "report"],
                name="subscription_once_a_report",
                violation_error_message="You follow this report already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.report}"


class AlertCursor(models.Model):
    """How far the ledger has been turned into notices: one row, moved in the transaction that makes them."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0, help_text="The last number of the chain of all lines read.")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="alert_cursor_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"read up to line {self.number}"


class MessageState(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending", "waiting to be sent"
    SENDING = "sending", "taken by a worker"
    SENT = "sent", "sent"
    DROPPED = "dropped", "not sent: no longer true or public"
    FAILED = "failed", "given up"


class Message(models.Model):
    """One mail to one member of staff: the notices of one action, with its attempts and outcome.

    `message_id` is fixed when the row is made, the words at the first attempt: every repeat is the same mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    action = models.UUIDField()
    state = models.CharField(max_length=7, choices=MessageState.choices, default=MessageState.PENDING)
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(help_text="While it is being sent: the end of the lease.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "action"], name="message_once_an_action_and_user"),
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="message_sent_has_a_moment",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at=None)),
            ),
        ]
        indexes: ClassVar = [
            # Read by alerts.outbox.send_due_messages.
            models.Index(
                fields=["next_attempt_at"],
                name="message_due",
                condition=Q(state__in=["pending", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Notice(models.Model):
    """One thing to tell one subscriber.

    `told` is true once it was sent, and where nobody knows: a worker was killed while it was sending. `corrects`
    is the earlier notice that turned out wrong: who was not told the one is not told the other.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    message = models.ForeignKey(Message, models.CASCADE, related_name="notices")
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="corrections")
    told = models.BooleanField(default=False)
    dropped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "subscription"],
                name="notice_once_an_event_and_subscription",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.subscription}"
