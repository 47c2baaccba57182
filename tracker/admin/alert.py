"""What was sent, and to whom: a log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.admin.acts import Act
from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.site import site
from tracker.alerts import addresses as addresses_of_readers
from tracker.alerts import endpoints
from tracker.ledger import Actor
from tracker.models import Address, Message, Notice


@admin.register(Message, site=site)
class MessageAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "purpose",
        "user",
        "address",
        "endpoint",
        "subject",
        "state",
        "attempts",
        "next_attempt_at",
        "sent_at",
        "outcome",
    )
    list_select_related = ("user", "address", "endpoint")
    list_filter = ("state", "purpose", "created_at")
    search_fields = ("user__username", "subject", "message_id", "outcome")
    ordering = ("-id",)
    actions = ("resend",)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's own kind: one step, and no page between."""
        return admin.ModelAdmin.get_actions(self, request)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.change_endpoint")

    @admin.action(description="Send these calls again", permissions=["resend"])
    def resend(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        """Calls only, each with its id and its bytes; a mail is not sent twice."""
        calls = chosen.filter(endpoint__isnull=False).values_list("pk", flat=True)
        again = endpoints.send_again(list(calls), at=timezone.now())
        messages.success(request, f"{again} calls are sent again.")


def lift(addresses: Sequence[Address], _data: dict[str, Any], _by: Actor, _at: datetime) -> None:
    for address in addresses:
        addresses_of_readers.lift(address)


@admin.register(Address, site=site)
class AddressAdmin(ReadOnlyAdmin):
    """The addresses to which nothing is sent any more, and why. Who follows what stands with the subscriptions."""

    list_display = ("__str__", "suspended_at", "suspended_because")
    list_filter = ("suspended_at",)
    search_fields = ("digest",)
    search_help_text = "A whole address. Of one that was forgotten only a keyed hash is left: so it is found."
    fields = ("email", "created_at", "confirmed_at", "suspended_at", "suspended_because")
    ordering = ("-suspended_at", "-id")
    acts = (
        Act(
            "lift",
            "Write to it again",
            lift,
            intro="Where its reader asks for it, or the mailbox works again. What was not sent meanwhile is not sent.",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Address]:
        return super().get_queryset(request).filter(suspended_at__isnull=False)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        asked = search_term.strip()
        found = queryset.filter(digest=addresses_of_readers.digest_of(asked)) if asked else queryset
        return found, False


@admin.register(Notice, site=site)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("id", "news", "event", "subscription", "message", "told", "dropped_because")
    list_filter = ("news", "told")
    list_select_related = (
        "event",
        "subscription__user",
        "subscription__address",
        "subscription__endpoint",
        "subscription__interest",
        "message",
    )
    search_fields = ("subscription__user__username", "event__kind")
    ordering = ("-id",)
