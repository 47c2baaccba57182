"""What a partner is told of its own endpoints and of what they follow. Nobody else is told anything of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from tracker.models import Attempt, Endpoint, Partner, Subscription
from tracker.queries.followed import all_in_words
from tracker.vocabulary import News, Purpose

AS_MADE = ("created_at", "ref")
LATEST_FIRST = ("-at", "-pk")


@dataclass(frozen=True)
class WebhookView:
    """An endpoint: where it is called, and how that goes. `disabled_because` says why it is called no more."""

    resource: ClassVar[str] = "webhooks"

    id: str
    address: str
    name: str
    contact: str
    created_at: datetime
    last_success_at: datetime | None
    failing_since: datetime | None
    failures: int
    disabled_at: datetime | None
    disabled_because: str


@dataclass(frozen=True)
class SecretView:
    """A secret, shown this once. After a change the one before signs too, until `old_until`."""

    id: str
    secret: str
    old_until: datetime | None


@dataclass(frozen=True)
class NewWebhookView(WebhookView):
    """An endpoint that was just made, with the secret that signs its calls: it is shown this once."""

    secret: str


@dataclass(frozen=True)
class DeliveryView:
    """One attempt to call. `status` is null where no answer came; `webhook_id` is the same in every attempt."""

    webhook_id: str
    purpose: Purpose
    at: datetime
    milliseconds: int
    status: int | None
    outcome: str


@dataclass(frozen=True)
class QueuedView:
    """What was put into the queue."""

    queued: int


@dataclass(frozen=True)
class SubscriptionView:
    """What an endpoint follows: a filter in the parameters of `addressees`, in words, and kinds of news."""

    resource: ClassVar[str] = "subscriptions"

    id: str
    webhook: str
    filter: dict[str, Any]
    filter_label: str
    kinds: list[News]
    created_at: datetime


def webhooks_of(partner: Partner) -> QuerySet[Endpoint]:
    return Endpoint.objects.kept().filter(partner=partner)


def subscriptions_of(partner: Partner) -> QuerySet[Subscription]:
    rows = Subscription.objects.filter(endpoint__in=webhooks_of(partner))
    return rows.select_related("endpoint", "interest")


def deliveries_of(endpoint: Endpoint) -> QuerySet[Attempt]:
    return Attempt.objects.filter(message__endpoint=endpoint).select_related("message")


def _webhook_fields(endpoint: Endpoint) -> dict[str, Any]:
    same = ("name", "contact", "created_at", "last_success_at", "failing_since", "failures")
    return {
        "id": str(endpoint.ref),
        "address": endpoint.url,
        **{name: getattr(endpoint, name) for name in (*same, "disabled_at", "disabled_because")},
    }


def webhook_view(endpoint: Endpoint) -> WebhookView:
    return WebhookView(**_webhook_fields(endpoint))


def new_webhook_view(endpoint: Endpoint) -> NewWebhookView:
    return NewWebhookView(**_webhook_fields(endpoint), secret=endpoint.secret)


def secret_view(endpoint: Endpoint) -> SecretView:
    return SecretView(str(endpoint.ref), endpoint.secret, endpoint.old_secret_until)


def subscription_views(rows: Sequence[Subscription]) -> list[SubscriptionView]:
    told = all_in_words([row.interest.wanted for row in rows])
    return [
        SubscriptionView(
            id=str(row.ref),
            webhook=str(row.endpoint.ref) if row.endpoint else "",
            filter=row.interest.wanted,
            filter_label=followed.words,
            kinds=[News(kind) for kind in row.kinds],
            created_at=row.created_at,
        )
        for row, followed in zip(rows, told, strict=True)
    ]


def webhook_views(rows: Iterable[Endpoint]) -> list[WebhookView]:
    return [webhook_view(row) for row in rows]


def delivery_views(rows: Iterable[Attempt]) -> list[DeliveryView]:
    return [_delivery_view(row) for row in rows]


def _delivery_view(attempt: Attempt) -> DeliveryView:
    return DeliveryView(
        webhook_id=attempt.message.message_id,
        purpose=Purpose(attempt.message.purpose),
        at=attempt.at,
        milliseconds=attempt.milliseconds,
        status=attempt.status,
        outcome=attempt.outcome,
    )
