"""Challenges: what came in and waits, what is shown beside the record, and the links that bodies were sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from tracker.actions.challenges import (
    answer_challenges,
    decline_received,
    publish_received,
    record_challenges,
    settle_challenges,
    subjects_of,
)
from tracker.admin.acts import Act, ActForm
from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField, PickField, ProseField
from tracker.admin.lists import pick_filter
from tracker.admin.shown import change_url, shown_value
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Addressee, Challenge, Fact, ReceivedChallenge, ReplyLink
from tracker.models.challenge import LONGEST_CHALLENGE
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.rights import PUBLISH as TO_PUBLISH
from tracker.vocabulary import (
    SETTLED,
    CameBy,
    ChallengeAbout,
    ChallengeOutcome,
    Challenger,
    DeclineReason,
    ReceivedState,
)


class PublishForm(ActForm):
    about = forms.ChoiceField(
        label="What it contests", choices=ChallengeAbout.choices, initial=ChallengeAbout.ADDRESSEE
    )
    words = ProseField(
        max_length=LONGEST_CHALLENGE,
        required=False,
        label="Their words, if something must be left out",
        help_text="Empty: as they came. Leave out what tells of a person, and mark it by […].",
    )


def publish_all(received: Sequence[ReceivedChallenge], data: dict[str, Any], by: Actor, at: datetime) -> None:
    publish_received(
        received=received, about=ChallengeAbout(data["about"]), words=data["words"], by=by, at=at
    )


class DeclineForm(ActForm):
    declined_because = forms.ChoiceField(
        label="Why it is not published", choices=DeclineReason.choices, help_text="Counted in public."
    )
    reason = ProseField(max_length=2_000, required=False, label="For staff only")


def decline_all(received: Sequence[ReceivedChallenge], data: dict[str, Any], by: Actor, at: datetime) -> None:
    decline_received(
        received=received,
        declined_because=DeclineReason(data["declined_because"]),
        reason=data["reason"],
        by=by,
        at=at,
    )


def _waits(received: ReceivedChallenge) -> bool:
    return received.state == ReceivedState.WAITING


@admin.register(ReceivedChallenge, site=site)
class ReceivedChallengeAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "by_whom", "body", "came_by", "state", "decided_by")
    list_select_related = ("body", "decided_by")
    list_filter = ("state", "by_whom", "came_by")
    search_fields = ("receipt", "body__name")
    acts = (
        Act(
            "publish",
            "Publish beside the record",
            publish_all,
            PublishForm,
            needs=TO_PUBLISH,
            intro="It is shown beside the record, in their words, and the record is marked as contested. The record "
            "itself stays as it is.",
            fits=_waits,
        ),
        Act(
            "decline",
            "Do not publish",
            decline_all,
            DeclineForm,
            needs=TO_PUBLISH,
            intro="Nothing of it is shown. That it came, when, and why it was not published, is counted in public. Its "
            "words are deleted after 90 days.",
            fits=_waits,
        ),
    )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What came, to read beside the record; nothing is changed here."""
        received = self.get_object(request, unquote(object_id))
        if received is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST" or not self.has_view_permission(request, received):
            raise PermissionDenied
        rows = Addressee.objects.filter(pk__in=received.addressees.values("pk")).order_by("ref")
        about = list(rows.select_related("recommendation__report", "body"))
        today = register_day(timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": str(received),
            "opts": self.opts,
            "original": received,
            "acts": self.acts_on(request, received),
            "records": [
                (change_url(row), view) for row, view in zip(about, describe(about, today), strict=True)
            ],
            "made": [(change_url(each), each) for each in received.challenges.all()],
            "facts": [
                ("From", shown_value(received.body or received.get_by_whom_display())),
                ("How it came", received.get_came_by_display()),
                ("Received", shown_value(received.received_at)),
                ("Number", str(received.receipt)),
                ("State", received.get_state_display()),
                ("Why not", received.get_declined_because_display() or "—"),
                ("For staff", shown_value(received.reason)),
                ("Decided", shown_value(received.decided_at)),
                ("By", shown_value(received.decided_by)),
            ],
        }
        return TemplateResponse(request, "admin/received.html", context)


class ReplyForm(ActForm):
    reply = ProseField(max_length=5_000, label="What the register says", help_text="Everybody reads it.")


class SettleForm(ReplyForm):
    outcome = forms.ChoiceField(
        label="What came of it", choices=[(each.value, each.label) for each in SETTLED]
    )
    field_order = ("outcome", "reply")


def answer(challenges: Sequence[Challenge], data: dict[str, Any], by: Actor, at: datetime) -> None:
    answer_challenges(challenges=challenges, reply=data["reply"], by=by, at=at)


def settle(challenges: Sequence[Challenge], data: dict[str, Any], by: Actor, at: datetime) -> None:
    settle_challenges(
        challenges=challenges,
        outcome=ChallengeOutcome(data["outcome"]),
        reply=data["reply"],
        by=by,
        at=at,
    )


def _is_open(challenge: Challenge) -> bool:
    return not challenge.outcome and challenge.withdrawn_at is None


@admin.register(Challenge, site=site)
class ChallengeAdmin(FactAdmin):
    list_display = ("received_on", "by_whom", "body", "about", "outcome")
    list_select_related = ("body",)
    list_filter = ("outcome", "by_whom", "about", pick_filter("body", "body", Challenge.body))
    search_fields = ("ref", "body__name", "words")
    sections: ClassVar = {"": ("words",)}
    stands = (
        *("about", "addressee", "recommendation", "response", "answer", "assessment"),
        *("by_whom", "body", "came_by", "received_on", "reply", "outcome", "settled_on", "declined_because"),
    )
    acts = (
        Act(
            "answer",
            "Say what the register says to it",
            answer,
            ReplyForm,
            intro="Shown beside the challenge. It settles nothing.",
            fits=_is_open,
        ),
        Act(
            "settle",
            "Settle it",
            settle,
            SettleForm,
            intro="Correct the record first, where it is wrong. One that is upheld no longer marks the record as "
            "contested; it is still shown.",
            fits=_is_open,
        ),
    )


@admin.register(ReplyLink, site=site)
class ReplyLinkAdmin(ReadOnlyAdmin):
    """When a body was asked, and whether it used its link. The link itself is shown to nobody."""

    list_display = (
        "body",
        "address",
        "asked_by",
        "created_at",
        "sent_at",
        "used_at",
        "expires_at",
        "outcome",
    )
    list_select_related = ("body", "asked_by")
    search_fields = ("body__name",)
    fields = (*list_display, "addressees")
    readonly_fields = fields


class EnterForm(ActForm):
    """A challenge that came by letter, of the addressees chosen."""

    about = forms.ChoiceField(
        label="What it contests", choices=ChallengeAbout.choices, initial=ChallengeAbout.ADDRESSEE
    )
    by_whom = forms.ChoiceField(label="Who contests it", choices=Challenger.choices)
    body = PickField(Challenge.body, required=False, label="Which body", help_text="Of those affected: none.")
    received_on = DayField(label="Received on")
    words = ProseField(max_length=LONGEST_CHALLENGE, label="Their words")


def enter(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    return record_challenges(
        subjects=subjects_of(ChallengeAbout(data["about"]), addressees),
        by_whom=Challenger(data["by_whom"]),
        body=data["body"],
        came_by=CameBy.LETTER,
        received_on=data["received_on"],
        words=data["words"],
        by=by,
        at=at,
    )
