"""Drafts that wait for a second pair of eyes: the list of the desk. Each is published on its own page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.event import NOUNS, ReadOnlyAdmin
from tracker.admin.shown import change_url
from tracker.admin.site import site
from tracker.models import SecondLook


class OpenFilter(admin.SimpleListFilter):
    """Those that wait; all of them on request."""

    title = "what waits"
    parameter_name = "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Those that were decided too")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() == "1" else queryset.filter(ended_at=None)


@admin.register(SecondLook, site=site)
class SecondLookAdmin(ReadOnlyAdmin):
    list_display = ("draft", "noun", "asked_by", "asked_at", "ended_at")
    list_display_links = None
    list_select_related = ("asked_by",)
    list_filter = (OpenFilter, "noun")
    search_fields = ("fact_ref", "asked_by__username")

    @admin.display(description="Draft", ordering="fact_ref")
    def draft(self, look: SecondLook) -> SafeString:
        url = change_url(NOUNS[look.noun](pk=look.fact_id))
        return format_html('<a href="{}">{}</a>', url, look.fact_ref)
