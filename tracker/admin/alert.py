"""What was sent, and to whom: a log."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.site import site
from tracker.alerts import endpoints
from tracker.models import Message, Notice


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
