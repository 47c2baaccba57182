"""Bodies: whoever recommends, is addressed, or answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin

from tracker.actions.bodies import end_bodies
from tracker.actions.entering import add_bodies
from tracker.admin.acts import Act, ReasonForm
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField, PickField
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Body


class EndForm(ReasonForm):
    on = DayField(label="Ended on")
    successor = PickField(
        Body.successor,
        required=False,
        help_text="It takes over all that was asked and not delivered. Several bodies with one successor merge.",
    )
    field_order = ("on", "successor", "reason")


def end(bodies: Sequence[Body], data: dict[str, Any], by: Actor, at: datetime) -> None:
    end_bodies(bodies=bodies, by=by, at=at, **data)


@admin.register(Body, site=site)
class BodyAdmin(FactAdmin):
    list_display = ("name", "kind", "jurisdiction", "ended_on")
    list_filter = ("kind", ("ended_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "ref", "other_names")
    sections: ClassVar = {
        "": ("name", "kind", "jurisdiction", "url", "other_names"),
        "How it stands to others": ("parent", "speaks_for", "overseen_by"),
        "Where else it is known": ("identifiers", "contacts"),
    }
    stands = ("ended_on", "successor")
    parts: ClassVar = {"memberships": ("group", "from_on", "until_on")}
    acts = (
        Act(
            "end",
            "End or merge",
            end,
            EndForm,
            intro="The history stays as it is. What was asked of the body keeps its name.",
            fits=lambda body: body.ended_on is None,
        ),
    )

    def enter(self, body: Body, data: Any, by: Actor, at: datetime) -> None:
        add_bodies(bodies=[body], by=by, at=at)
