"""Regimes: the rules that set the time to answer."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin

from tracker.actions.entering import add_regimes
from tracker.admin.facts import FactAdmin
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Regime


@admin.register(Regime, site=site)
class RegimeAdmin(FactAdmin):
    list_display = ("name", "jurisdiction", "strength", "time", "automatic")
    list_filter = ("strength", "kind", "automatic")
    search_fields = ("name", "jurisdiction", "ref")
    sections: ClassVar = {
        "": ("name", "jurisdiction", "strength", "automatic", "in_force_from", "applies_to"),
        "How the time is counted": (
            "kind",
            "amount",
            "unit",
            "counting",
            "starts_from",
            "starts_from_text",
            "calendar",
            "rolls_over_weekends",
            "counts_on",
        ),
        "What it says": ("what_is_due", "extension_allowed", "on_silence"),
    }

    @admin.display(description="Time to answer")
    def time(self, regime: Regime) -> str:
        if regime.amount and regime.unit:
            return f"{regime.amount} {regime.get_unit_display()}"
        return regime.get_kind_display()

    def enter(self, regime: Regime, data: Any, by: Actor, at: datetime) -> None:
        add_regimes(regimes=[regime], by=by, at=at)
