"""Groups, and who was a member when."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin

from tracker.actions.entering import add_groups, add_members
from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Group, Membership


@admin.register(Group, site=site)
class GroupAdmin(FactAdmin):
    list_display = ("name", "members_called")
    search_fields = ("name", "ref")
    sections: ClassVar = {"": ("name", "members_called")}
    parts: ClassVar = {"memberships": ("body", "from_on", "until_on")}

    def enter(self, group: Group, data: Any, by: Actor, at: datetime) -> None:
        add_groups(groups=[group], by=by, at=at)


@admin.register(Membership, site=site)
class MembershipAdmin(FactAdmin):
    list_display = ("body", "group", "from_on", "until_on")
    list_select_related = ("body", "group")
    list_filter = (
        pick_filter("group", "group", Membership.group),
        pick_filter("body", "body", Membership.body),
    )
    search_fields = ("body__name", "group__name", "ref")
    sections: ClassVar = {"": ("group", "body", "from_on", "until_on")}
    fixed = frozenset({"group", "body"})

    def enter(self, membership: Membership, data: Any, by: Actor, at: datetime) -> None:
        add_members(memberships=[membership], by=by, at=at)
