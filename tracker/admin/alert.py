"""Who follows what, and what was sent. Staff follow a report from its page; the rest is a log."""

from django.contrib import admin

from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.site import site
from tracker.models import Message, Notice, Subscription


@admin.register(Subscription, site=site)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "channel", "kinds", "created_at")
    list_select_related = ("user", "address", "endpoint", "interest")
    list_filter = ("channel",)
    search_fields = ("user__username", "address__email", "endpoint__url")


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
