"""Who follows what, and what was sent. Staff follow a report from its page; the rest is a log."""

from django.contrib import admin

from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.site import site
from tracker.models import Message, Notice, Subscription


@admin.register(Subscription, site=site)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("user", "report", "created_at")
    list_select_related = ("user", "report")
    search_fields = ("user__username", "report__title")


@admin.register(Message, site=site)
class MessageAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "user",
        "subject",
        "state",
        "attempts",
        "next_attempt_at",
        "sent_at",
        "outcome",
    )
    list_select_related = ("user",)
    list_filter = ("state", "created_at")
    search_fields = ("user__username", "subject", "message_id", "outcome")
    ordering = ("-id",)


@admin.register(Notice, site=site)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("id", "event", "subscription", "message", "told", "dropped_because")
    list_filter = ("told",)
    list_select_related = ("event", "subscription__user", "subscription__report", "message")
    search_fields = ("subscription__user__username", "subscription__report__title", "event__kind")
    ordering = ("-id",)
