"""What partners send of their webhooks and subscriptions: the members, their types and their bounds."""

from typing import Any

from rest_framework import serializers

from api.proposed import Address, Strict, Text, Word
from tracker.alerts.endpoints import KEPT
from tracker.vocabulary import WEBHOOK_NEWS


class Mailbox(serializers.EmailField):
    """An e-mail address."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WebhookSent(Strict):
    """An address that is called when something changes."""

    address = Address(max_length=1000, help_text="It is called by POST; https is wise.")
    contact = Mailbox(max_length=254, help_text="Who is written to when it fails.")
    name = Text(max_length=200, required=False, help_text="What you call it.")


class WebhookChanged(WebhookSent):
    """What is to be another; the rest stays."""


class Kinds(serializers.ListField):
    """Kinds of news, each once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=Word([*WEBHOOK_NEWS]), min_length=1, max_length=len(WEBHOOK_NEWS), **options)


class SubscriptionSent(Strict):
    """What an endpoint is to follow."""

    webhook = serializers.UUIDField(format="hex_verbose", help_text="The `id` of one of your webhooks.")
    filter = serializers.DictField(
        required=False,
        default=dict,
        help_text="In the words of the parameters of `addressees`; lists as lists. Empty: everything.",
    )
    kinds = Kinds(help_text="What is told of what fits. Reminders (`due_soon`) go by mail and calendar only.")


class SubscriptionChanged(Strict):
    """What is to be another."""

    kinds = Kinds()


class Moment(serializers.DateTimeField):
    """A moment, with its time zone."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="2026-03-02T09:00:00Z")
        return super().to_internal_value(value)


class ReplaySent(Strict):
    """From when on."""

    since = Moment(help_text=f"At most {KEPT.days} days ago.")
