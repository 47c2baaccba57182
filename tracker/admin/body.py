"""Bodies: whoever recommends, is addressed, or answers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tracker.actions.bodies import end_bodies, take_back_ends
from tracker.actions.entering import add_bodies
from tracker.admin.acts import Act, ReasonForm
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField, PickField
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Body
from tracker.queries.days import register_day
from tracker.queries.desk_charts import open_asks
from tracker.queries.scorecards import ScorecardView, scorecards
from tracker.queries.subjects import ScorecardFilter, subject_called
from tracker.rights import PUBLISH


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


def take_back_end(bodies: Sequence[Body], data: dict[str, Any], by: Actor, at: datetime) -> None:
    take_back_ends(bodies=bodies, reason=data["reason"], by=by, at=at)


def scorecard_of(ref: str, on: date) -> ScorecardView | None:
    """The scorecard of a public body; None for a draft."""
    wanted = ScorecardFilter(as_of=on)
    subject = subject_called(wanted, f"body/{ref}")
    return scorecards([subject], wanted)[0] if subject else None


def what_passes(bodies: Sequence[Body]) -> list[str]:
    """What a successor would take over: the preview of a merger."""
    asks = open_asks([body.pk for body in bodies], register_day(timezone.now()))
    return [
        f"{body}: {asks.get(body.pk, 0)} asks that no verdict of the register has closed would be held by the "
        "successor, and stay under the names of those they were put to."
        for body in bodies
    ]


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
    parts: ClassVar = {
        "memberships": ("group", "from_on", "until_on"),
        "addressed": ("recommendation", "answer_due_on", "act_by"),
        "responses": ("title", "kind", "written_on"),
        "predecessors": ("name", "ended_on"),
    }
    acts = (
        Act(
            "end",
            "End or merge",
            end,
            EndForm,
            needs=PUBLISH,
            intro="The history stays as it is. What was asked of the body keeps its name.",
            fits=lambda body: body.ended_on is None,
            hints=what_passes,
        ),
        Act(
            "take-back-end",
            "It has not ended after all",
            take_back_end,
            ReasonForm,
            needs=PUBLISH,
            intro="For an end or a merger that was entered in error. What passed to the successor by it, and further, "
            "is held by this body again. The lines that said so stay, and new ones say that it was wrong.",
            fits=lambda body: body.ended_on is not None,
        ),
    )

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        """Also its scorecard, as everybody reads it, and its answers."""
        found = super().about(request, fact)
        card = scorecard_of(fact.ref, register_day(timezone.now()))
        if card:
            found["stands"].append(("Scorecard", card.sentence))
        url = reverse("admin:tracker_answer_changelist")
        if request.user.has_perm("tracker.view_answer"):
            found["acts"].append({"label": "Its answers", "url": f"{url}?body={fact.ref}", "name": "answers"})
        return found

    def enter(self, body: Body, data: Any, by: Actor, at: datetime) -> None:
        add_bodies(bodies=[body], by=by, at=at)
