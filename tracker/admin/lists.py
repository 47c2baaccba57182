"""What the lists share: filters that stay short however many rows there are, and searches that bear any input."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from tracker.admin.fields import names_at

LONGEST_SEARCH = 200
MOST_WORDS = 12


class StateFilter(admin.SimpleListFilter):
    """Draft, published, withdrawn."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return (
            ("draft", "Draft"),
            ("published", "Published"),
            ("public", "Seen by the public"),
            ("hidden", "Published, but hidden by a draft above it"),
            ("withdrawn", "Withdrawn"),
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        published = Q(published_at__isnull=False, withdrawn_at=None)
        match self.value():
            case None:
                return queryset
            case "draft":
                return queryset.filter(published_at=None, withdrawn_at=None)
            case "published":
                return queryset.filter(published)
            case "public":
                return queryset.public()  # type: ignore[attr-defined]
            case "hidden":
                public = queryset.model._default_manager.public()
                return queryset.filter(published).exclude(pk__in=public.values("pk"))
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
        return queryset.none()


class PickFilter(admin.SimpleListFilter):
    """Rows of one fact that somebody names: a box with names offered, not a list of thousands."""

    template = "admin/pick_filter.html"
    path = ""
    field: Any = None

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return ((self.value() or "", self.value() or ""),)

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterable[dict[str, Any]]:
        others = [
            (name, value)
            for name, values in changelist.get_filters_params().items()
            if name != self.parameter_name
            for value in values
        ]
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "names_at": names_at(self.field),
            "others": others,
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = (self.value() or "").strip()
        return queryset.filter(**{f"{self.path}__ref": value}) if value else queryset


def pick_filter(path: str, title_: str, relation_: Any) -> type[PickFilter]:
    """A filter by the public name of a fact that the rows reach by `path`."""

    class Filter(PickFilter):
        title = title_
        parameter_name = title_.replace(" ", "_")
        field = relation_.field

    Filter.path = path
    return Filter


def searchable(term: str) -> str:
    """Why a search cannot be made; empty if it can."""
    if len(term) > LONGEST_SEARCH or len(term.split()) > MOST_WORDS:
        return f"Search for at most {MOST_WORDS} words, {LONGEST_SEARCH} characters in all."
    return ""
