"""Sources: where facts come from."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import FileResponse, HttpRequest
from django.urls import URLPattern, path, reverse

from tracker.actions.entering import add_sources
from tracker.admin.facts import FactAdmin
from tracker.admin.papers import PAPERS, original_of
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Source, SourceLook


@admin.register(Source, site=site)
class SourceAdmin(FactAdmin):
    list_display = ("title", "kind", "publisher", span_column("dated", "Date"))
    list_filter = ("kind", "state", "may_be_published")
    search_fields = ("title", "url", "publisher", "ref")
    sections: ClassVar = {
        "": ("kind", "title", "url", "publisher", "dated_on"),
        "Copies": ("archived_url",),
    }
    stands = (
        "state",
        "state_on",
        "moved_to",
        "file_sha256",
        "may_be_published",
        "redacted_sha256",
        "redacted_findings",
    )
    acts = (PAPERS,)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.original_view)
        return [path("<path:object_id>/original/", view, name="tracker_source_original"), *super().get_urls()]

    def original_view(self, request: HttpRequest, object_id: str) -> FileResponse:
        return original_of(request, self.get_object(request, unquote(object_id)))

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        found = super().about(request, fact)
        if look := SourceLook.objects.filter(source=fact, looked_at__isnull=False).first():
            found["stands"].append(("Last looked at", f"{look.looked_at:%Y-%m-%d %H:%M} UTC: {look.outcome}"))
        if fact.file:
            url = reverse("admin:tracker_source_original", args=[fact.pk])
            found["acts"].append({"label": "Get the original", "url": url, "name": "original"})
        if fact.redacted_file and fact.may_be_published:
            url = reverse("source-copy", args=[fact.ref])
            found["acts"].append({"label": "Get the public copy", "url": url, "name": "copy"})
        return found

    def enter(self, source: Source, data: Any, by: Actor, at: datetime) -> None:
        add_sources(sources=[source], by=by, at=at)
