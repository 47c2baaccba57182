"""Drafts that wait for a second pair of eyes: the list of the desk. Each is published on its own page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.actions.publishing import publish
from tracker.admin.acts import Act, PublishForm
from tracker.admin.event import NOUNS, ReadOnlyAdmin
from tracker.admin.shown import change_url
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Fact, SecondLook
from tracker.rights import PUBLISH as TO_PUBLISH


def facts_behind(looks: Sequence[SecondLook]) -> list[Fact]:
    """The drafts that wait, by noun."""
    found: list[Fact] = []
    for noun in sorted({look.noun for look in looks}):
        ids = [look.fact_id for look in looks if look.noun == noun]
        found += NOUNS[noun]._default_manager.filter(pk__in=ids).order_by("pk")
    return found


def agree(looks: Sequence[SecondLook], data: dict[str, Any], by: Actor, at: datetime) -> None:
    """Publish what waits: all that is ticked, or none where whoever asks wrote some of it."""
    held = publish(facts=facts_behind(looks), reason=data["reason"], by=by, at=at)
    if held:
        raise ValidationError(
            f"You wrote some of {held[0]}: another person publishes that. Nothing was published now."
        )


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
    acts = (
        Act(
            "publish",
            "Publish what waits",
            agree,
            PublishForm,
            needs=TO_PUBLISH,
            intro="You are the second pair of eyes: you have read each beside its source. Everybody will see it.",
            fits=lambda look: look.ended_at is None,
        ),
    )

    @admin.display(description="Draft", ordering="fact_ref")
    def draft(self, look: SecondLook) -> SafeString:
        url = change_url(NOUNS[look.noun](pk=look.fact_id))
        return format_html('<a href="{}">{}</a>', url, look.fact_ref)
