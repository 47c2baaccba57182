"""Sources: where facts come from."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin

from tracker.actions.entering import add_sources
from tracker.admin.facts import FactAdmin
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Source


@admin.register(Source, site=site)
class SourceAdmin(FactAdmin):
    list_display = ("title", "kind", "publisher", span_column("dated", "Date"))
    list_filter = ("kind", "may_be_published")
    search_fields = ("title", "url", "publisher", "ref")
    sections: ClassVar = {
        "": ("kind", "title", "url", "publisher", "dated_on"),
        "Copies": ("archived_url", "may_be_published"),
    }
    stands = ("file",)

    def enter(self, source: Source, data: Any, by: Actor, at: datetime) -> None:
        add_sources(sources=[source], by=by, at=at)
