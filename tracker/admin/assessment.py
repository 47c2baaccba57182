"""Assessments and extensions. Both are entered from an addressee's page or the list of addressees."""

from typing import ClassVar

from django.contrib import admin

from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.models import Addressee, Assessment, Extension


@admin.register(Assessment, site=site)
class AssessmentAdmin(FactAdmin):
    list_display = ("addressee", "view", "implementation", span_column("assessed", "As of"), "made_by")
    list_select_related = ("addressee", "made_by")
    list_filter = ("view", "implementation", pick_filter("addressee__body", "body", Addressee.body))
    search_fields = ("addressee__ref", "addressee__body__name", "summary")
    sections: ClassVar = {"": ("view", "implementation", "assessed_on", "made_by", "summary")}
    fixed = frozenset({"addressee"})


@admin.register(Extension, site=site)
class ExtensionAdmin(FactAdmin):
    list_display = (
        "addressee",
        "clock",
        "old_on",
        "until_on",
        span_column("granted", "Granted on"),
        "granted_by",
    )
    list_select_related = ("addressee", "granted_by")
    list_filter = ("clock", pick_filter("addressee__body", "body", Addressee.body))
    search_fields = ("addressee__ref", "addressee__body__name", "reason")
    sections: ClassVar = {"": ("clock", "until_on", "granted_on", "granted_by")}
    fixed = frozenset({"addressee"})
    stands = ("old_on", "reason")
