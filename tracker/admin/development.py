"""What happened around an ask, and what is contested."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin

from tracker.actions.entering import record_claims, record_developments
from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Claim, Development, DevelopmentBody


@admin.register(Development, site=site)
class DevelopmentAdmin(FactAdmin):
    list_display = ("title", "kind", span_column("happened", "Happened on"))
    list_filter = ("kind", pick_filter("bodies", "body", DevelopmentBody.body))
    search_fields = ("title", "summary", "ref")
    sections: ClassVar = {"": ("title", "kind", "happened_on", "summary", "bodies", "recommendations")}

    def enter(self, fact: Development, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
        record_developments(
            developments=[fact],
            bodies={0: data["bodies"]},
            recommendations={0: data["recommendations"]},
            by=by,
            at=at,
        )


@admin.register(Claim, site=site)
class ClaimAdmin(FactAdmin):
    list_display = ("text", "report")
    list_select_related = ("report",)
    list_filter = (pick_filter("report", "report", Claim.report),)
    search_fields = ("text", "ref")
    sections: ClassVar = {"": ("text", "position_of_report", "report", "made_by", "contested_by")}

    def enter(self, fact: Claim, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
        record_claims(
            claims=[fact], made_by={0: data["made_by"]}, contested_by={0: data["contested_by"]}, by=by, at=at
        )
