"""Steps: what staff did to get an answer. They are entered on the page of an addressee ("Chase an answer")."""

from typing import ClassVar

from django.contrib import admin

from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.site import site
from tracker.models import Addressee, Recommendation, Step


@admin.register(Step, site=site)
class StepAdmin(FactAdmin):
    list_display = ("addressee", "kind", "taken_on", "summary")
    list_select_related = ("addressee",)
    list_filter = (
        "kind",
        pick_filter("addressee__body", "body", Addressee.body),
        pick_filter("addressee__recommendation__report", "report", Recommendation.report),
    )
    search_fields = ("addressee__ref", "addressee__body__name", "summary")
    sections: ClassVar = {"": ("kind", "taken_on", "summary", "url"), "What was sent": ("letter",)}
    fixed = frozenset({"addressee"})
