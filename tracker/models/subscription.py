"""Who wants to hear of what, and how. None of it is a fact: never in the ledger, never guarded."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models, transaction
from django.db.models import Q

from tracker.models.base import is_one_of
from tracker.models.endpoint import Endpoint
from tracker.vocabulary import Channel, News


class Interest(models.Model):
    """What somebody wants to hear of: a filter, in the words of `queries.filters.AddresseeFilter`.

    One row for each filter, however many follow it: ten thousand readers of one report cost one evaluation. It is
    made by `alerts.interests.interest_in` only, which checks the words and writes the terms. `wanted` is the filter
    as it was typed, keys sorted; empty it means everything.
    """

    wanted = models.JSONField(unique=True)
    fields = models.PositiveSmallIntegerField(help_text="How many different fields its terms name.")

    def __str__(self) -> str:
        words = (f"{field}={_spoken(value)}" for field, value in sorted(self.wanted.items()))
        return "&".join(words) or "everything"


def _spoken(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


class InterestTerm(models.Model):
    """One condition of a filter: `report` = `safe-to-share`. Of the terms of one field any may hold; of the
    fields each must. The fan-out joins them with the terms that hold for the addressees of a batch: those that lead
    (the terms of the rarest field of their interest) first.
    """

    interest = models.ForeignKey(Interest, models.CASCADE, related_name="terms")
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=500)
    leads = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["field", "value", "interest"], name="interest_term_once"),
        ]
        indexes: ClassVar = [
            # Read by the fan-out (queries.terms.FITTING).
            models.Index(fields=["field", "value"], name="interest_term_leads", condition=Q(leads=True)),
        ]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class Address(models.Model):
    """An e-mail address of somebody without an account. Nothing but a link is sent to it before it is confirmed.

    `digest` is a keyed hash of the address: it alone stays when the address is forgotten (`email` is empty then), so
    that a suspension holds, and links in old mails lead to nothing. A suspended address gets nothing.
    """

    email = models.EmailField(max_length=254, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.email or "a forgotten address"


class FollowRequest(models.Model):
    """Somebody typed in an address: what it would follow once whoever reads its mail has said so.

    Nothing is sent for it but the link. It goes with the answer, or after some days without one.
    """

    address = models.ForeignKey(Address, models.CASCADE, related_name="requests")
    wanted = models.JSONField(help_text="The filter, checked: an interest is made once it is confirmed.")
    kinds = ArrayField(models.CharField(max_length=20, choices=News.choices))
    channel = models.CharField(max_length=8, choices=Channel.choices)
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            is_one_of("follow_request", "channel", Channel),
            models.UniqueConstraint(fields=["address", "wanted"], name="follow_request_once"),
        ]
        indexes: ClassVar = [
            # Read by alerts.readers.forget_unconfirmed.
            models.Index(fields=["asked_at"], name="follow_request_age"),
        ]

    def __str__(self) -> str:
        return f"{self.address} asks to follow {self.wanted or 'everything'}"


class Asking(models.Model):
    """Somebody asked for a mail: counted by the address that it goes to, and by the network that asks.

    `who` is a keyed digest; neither address stands here. Dropped after some hours.
    """

    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            # Read by alerts.readers: how often of late.
            models.Index(fields=["who", "at"], name="asking_of_late"),
        ]

    def __str__(self) -> str:
        return f"{self.who[:8]} at {self.at}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def heeded(self) -> "SubscriptionQuerySet":
        """Those whose reader can be told: the account is open, the address confirmed, the endpoint called."""
        return self.filter(
            Q(user__is_active=True)
            | Q(address__confirmed_at__isnull=False, address__suspended_at=None)
            | Q(endpoint__disabled_at=None, endpoint__isnull=False)
        )

    def delete(self) -> tuple[int, dict[str, int]]:
        """With the notices that are being made for them: the fan-out holds them until these are on record.

        Who is followed is locked first, and only then looked at: else a notice would come after its subscription is
        gone.
        """
        with transaction.atomic():
            ids = list(self.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
            return super(SubscriptionQuerySet, type(self)(self.model).filter(pk__in=ids)).delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Subscription(models.Model):
    """Who (an account, an address or an endpoint: exactly one), what (an interest, and kinds of news), how.

    An account is told of private lines too; an address and an endpoint are told of public ones only. Whoever
    subscribes hears of what is recorded from then on.
    """

    ref = models.UUIDField(unique=True, default=uuid4, db_default=RandomUUID(), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    address = models.ForeignKey(Address, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    interest = models.ForeignKey(Interest, models.PROTECT, related_name="subscriptions")
    kinds = ArrayField(models.CharField(max_length=20, choices=News.choices))
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.AT_ONCE)
    created_at = models.DateTimeField()

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            is_one_of("subscription", "channel", Channel),
            models.CheckConstraint(
                name="subscription_of_one_reader",
                condition=Q(user__isnull=False, address=None, endpoint=None)
                | Q(user=None, address__isnull=False, endpoint=None)
                | Q(user=None, address=None, endpoint__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_endpoint_by_webhook",
                condition=Q(endpoint__isnull=False, channel=Channel.WEBHOOK)
                | (Q(endpoint=None) & ~Q(channel=Channel.WEBHOOK)),
            ),
            models.CheckConstraint(
                name="subscription_kinds_known",
                condition=Q(kinds__contained_by=News.values, kinds__len__gt=0),
                violation_error_message=f"kinds: choose some of {', '.join(News.values)}.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[reader, "interest", "channel"],
                    name=f"subscription_once_a_{reader}",
                    violation_error_message="You follow this already.",
                )
                for reader in ("user", "address", "endpoint")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.address or self.endpoint} follows {self.interest}"

    def delete(self, *_args: Any, **_options: Any) -> tuple[int, dict[str, int]]:
        """As several are: with the notices that are being made for it."""
        return Subscription.objects.filter(pk=self.pk).delete()
