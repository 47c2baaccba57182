"""What there is to tell, and what was sent. None of it is a fact: never in the ledger, never guarded."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tracker.models.base import is_one_of
from tracker.models.endpoint import Endpoint
from tracker.models.event import Event
from tracker.models.subscription import Address, Subscription
from tracker.vocabulary import Clock, News, Purpose


class AlertCursor(models.Model):
    """How far the ledger has been turned into notices: one row, moved in the transaction that makes them.

    `left_out` are the ids of lines before it that could not be, by a fault of ours: they are tried with each run.
    """

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0, help_text="The last number of the chain of all lines read.")
    left_out = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="alert_cursor_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"read up to line {self.number}"


class AddresseeSeen(models.Model):
    """How an addressee stood when the fan-out last read a line about it: what was true *before* the next change.

    `terms` are the conditions of filters that held ("status=overdue"). Moved in the transaction of the cursor.
    Only ever what the public could see.
    """

    addressee = models.OneToOneField(
        "tracker.Addressee", models.CASCADE, primary_key=True, related_name="seen", db_constraint=False
    )
    status = models.CharField(max_length=30)
    due_on = models.DateField(null=True)
    terms = ArrayField(models.CharField(max_length=600))

    def __str__(self) -> str:
        return f"{self.addressee_id}: {self.status}"


class AddresseeWas(models.Model):
    """How an addressee stood before a public line that changed it: what a feed asks, which keeps no notices.

    `terms` as in `AddresseeSeen`, of the few fields that change with what a body says and does. How it stood after the
    line is how it stood before the next, or stands now.
    """

    addressee = models.ForeignKey(
        "tracker.Addressee", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    event = models.ForeignKey(Event, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    terms = ArrayField(models.CharField(max_length=600))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["addressee", "event"], name="addressee_was_once_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.addressee_id} before {self.event_id}"


class MessageState(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending", "waiting to be sent"
    SENDING = "sending", "taken by a worker"
    SENT = "sent", "sent"
    DROPPED = "dropped", "not sent: no longer true or public"
    FAILED = "failed", "given up"


class Message(models.Model):
    """One mail or one call, with its attempts and outcome. It goes to an account, an address or an endpoint.

    `message_id` (of a call: its `webhook-id`) is fixed when the row is made; the words of a mail, the `body` of a
    call at the first attempt: every repeat is the same. A mail of purpose `news` tells the notices of one action;
    `digest` those of some days; a `letter` has no notices and its words from the start. A `call` tells one public
    line, `event`; a `ping` tells none.
    """

    purpose = models.CharField(max_length=6, choices=Purpose.choices, default=Purpose.NEWS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        db_index=False,  # the unique constraints below find the messages of a reader
    )
    address = models.ForeignKey(
        Address, models.CASCADE, null=True, blank=True, related_name="messages", db_index=False
    )
    endpoint = models.ForeignKey(
        Endpoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        db_constraint=False,  # the rows of endpoints stay for ever
        db_index=False,
    )
    mail_to = models.EmailField(
        blank=True, help_text="Of a letter to nobody's account: the contact of an endpoint."
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        db_constraint=False,
        db_index=False,
    )
    action = models.UUIDField()
    state = models.CharField(max_length=7, choices=MessageState.choices, default=MessageState.PENDING)
    message_id = models.CharField(max_length=200)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    body = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(help_text="While it is being sent: the end of the lease.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message_id"], name="message_id_once"),
            *(
                models.UniqueConstraint(
                    fields=[reader, what],
                    name=f"message_once_an_{what}_and_{reader}",
                    condition=Q(**{f"{reader}__isnull": False}),
                )
                for reader, what in (("user", "action"), ("address", "action"), ("endpoint", "event"))
            ),
            is_one_of("message", "purpose", Purpose),
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="message_to_one_reader",
                condition=Q(user__isnull=False, address=None, endpoint=None, mail_to="")
                | Q(user=None, address__isnull=False, endpoint=None, mail_to="")
                | Q(user=None, address=None, endpoint__isnull=False, mail_to="")
                | (Q(user=None, address=None, endpoint=None, purpose=Purpose.LETTER) & ~Q(mail_to="")),
            ),
            models.CheckConstraint(
                name="message_call_to_an_endpoint",
                condition=Q(endpoint__isnull=False, purpose__in=[Purpose.CALL, Purpose.PING])
                | (Q(endpoint=None) & ~Q(purpose__in=[Purpose.CALL, Purpose.PING])),
            ),
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
                name="message_mail_due",
                condition=Q(state__in=["pending", "sending"], endpoint=None),
            ),
            # Read by alerts.calls: which endpoints have something due, and what.
            models.Index(
                fields=["endpoint", "next_attempt_at", "id"],
                name="message_call_due",
                condition=Q(state__in=["pending", "sending"], endpoint__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def recipient(self) -> str:
        """The address that a mail goes to; empty where there is none, and for a call."""
        if self.user:
            return self.user.email
        return self.address.email if self.address else self.mail_to


class Attempt(models.Model):
    """One call of an endpoint: when, how long it took, what came back. Nothing that the other side said is kept."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts_made")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: no answer came.")
    outcome = models.CharField(max_length=200)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.outcome


class Notice(models.Model):
    """One thing to tell one subscriber: once an event, once a reminder, once a matter.

    It stands for one of three things. A line of the ledger: `event`. A reminder: no event, `addressee`, `clock`,
    `due_on` and `days_before`, so that a deadline that moved reminds again and a second sweep does not. A matter for
    staff that is no fact (a failing endpoint): no event, and `matter`, a line of words that is told once.
    `addressee` is whom it concerns, where it is one. Without a message it waits for the next digest.

    `told` is true once it was sent, and where nobody knows: a worker was killed while it was sending. `corrects`
    is the earlier notice that turned out wrong: who was not told the one is not told the other.
    """

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    news = models.CharField(max_length=20, choices=News.choices)
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        db_constraint=False,
        db_index=False,
    )
    addressee = models.ForeignKey(
        "tracker.Addressee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    clock = models.CharField(max_length=6, choices=Clock.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    matter = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    message = models.ForeignKey(
        Message,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        db_constraint=False,  # only ever set in the transaction that makes the message
    )
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="corrections", db_index=False
    )
    told = models.BooleanField(default=False)
    dropped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            is_one_of("notice", "news", News),
            models.UniqueConstraint(
                fields=["event", "subscription"],
                name="notice_once_an_event_and_subscription",
            ),
            models.UniqueConstraint(
                fields=["addressee", "clock", "due_on", "days_before", "subscription"],
                name="notice_once_a_reminder",
                condition=Q(days_before__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["matter", "subscription"], name="notice_once_a_matter", condition=~Q(matter="")
            ),
            models.CheckConstraint(
                name="notice_of_one_thing",
                condition=Q(event__isnull=False, days_before=None, matter="")
                | (
                    Q(event=None, days_before__isnull=False, due_on__isnull=False, matter="")
                    & Q(addressee__isnull=False)
                    & ~Q(clock="")
                )
                | (Q(event=None, days_before=None) & ~Q(matter="")),
            ),
        ]
        indexes: ClassVar = [
            # Read by the sweep of digests: what waits for one.
            models.Index(
                F("subscription"),
                F("id"),
                name="notice_waits_for_a_digest",
                condition=Q(message=None, dropped_because="", told=False),
            ),
            # Read when a notice is deleted with its subscription.
            models.Index(fields=["corrects"], name="notice_corrected", condition=Q(corrects__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.matter or self.news} for {self.subscription}"
