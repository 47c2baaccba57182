"""The ledger, to read: every line with what it says. Nobody changes a line."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.facts import ActingAdmin
from tracker.admin.shown import change_url, shown_value
from tracker.admin.site import site
from tracker.models import Event, Fact
from tracker.queries.history import HistoryLine, line_of
from tracker.vocabulary import (
    CORRECTIONS,
    EVENT_KINDS,
    RETRACTIONS,
    REVIEWS,
    WITHDRAWALS,
    EventKind,
)

NOUNS = {model.noun.value: model for model in apps.get_models() if issubclass(model, Fact)}


class ReadOnlyAdmin(ActingAdmin):
    """Rows that a person only reads."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LogFilter(admin.SimpleListFilter):
    """The log of complaints, corrections and removals in full: what the public page counts, and the private lines."""

    title = "complaints, corrections, removals"
    parameter_name = "log"
    kinds: ClassVar = {
        "challenges": ("Challenges", tuple(kind for kind in EVENT_KINDS if kind.startswith("challenge."))),
        "reviews": ("Reviews", REVIEWS),
        "corrections": ("Corrections", CORRECTIONS),
        "retractions": ("Misses and silences taken back", RETRACTIONS),
        "withdrawals": ("Withdrawn", WITHDRAWALS),
        "removals": ("Removed by law", (EventKind.CONTENT_ERASED.value,)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(name, words) for name, (words, _) in self.kinds.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        known = self.kinds.get(self.value() or "")
        return queryset.filter(kind__in=known[1]) if known else queryset.none()


@admin.register(Event, site=site)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("number", "public_number", "kind", "subject", "who", "occurred_on", "recorded", "why")
    list_display_links = ("number", "kind")
    list_select_related = ("content", "seal", "public_seal")
    list_filter = (LogFilter, "is_public", "role", "subject_type", "recorded_at")
    search_fields = ("kind", "=subject_id")
    search_help_text = "A kind (answer.published), or the number of a fact."
    ordering = ("-id",)
    fields = (
        "number",
        "public_number",
        "what",
        "kind",
        "subject",
        "is_public",
        "occurred_on",
        "recorded",
        "who",
        "why",
        "content_told",
        "action",
        "hashes",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("content", "seal", "public_seal")

    def line(self, event: Any) -> HistoryLine:
        """The line read once, however many columns ask for it."""
        if not hasattr(event, "read"):
            event.read = line_of(event)
        return event.read

    @admin.display(description="Line", ordering="id")
    def number(self, event: Event) -> Any:
        return self.line(event).number

    @admin.display(description="Public line")
    def public_number(self, event: Event) -> Any:
        return self.line(event).public_number or "private"

    @admin.display(description="Recorded", ordering="id")
    def recorded(self, event: Event) -> SafeString | str:
        return shown_value(event.recorded_at)

    @admin.display(description="What")
    def what(self, event: Event) -> str:
        return self.line(event).kind_label

    @admin.display(description="About")
    def subject(self, event: Event) -> SafeString | str:
        model = NOUNS.get(event.subject_type)
        name = self.line(event).subject or f"{event.subject_type} {event.subject_id}"
        url = change_url(model(pk=event.subject_id)) if model else ""
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    @admin.display(description="Who", ordering="role")
    def who(self, event: Event) -> str:
        line = self.line(event)
        return f"{line.actor} ({line.role_label})" if line.actor else line.role_label

    @admin.display(description="Why")
    def why(self, event: Event) -> str:
        return self.line(event).reason

    @admin.display(description="What it says")
    def content_told(self, event: Event) -> SafeString | str:
        if self.line(event).erased:
            return "Erased. The chain still verifies."
        return shown_value({change.field: change.after for change in self.line(event).changes})

    @admin.display(description="Hashes")
    def hashes(self, event: Event) -> SafeString | str:
        known = {"staff": event.staff_hash, "public": event.public_hash}
        return shown_value({name: bytes(value).hex() for name, value in known.items() if value})
