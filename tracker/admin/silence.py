"""Checks, and the silences that stand on them: check, notice to the body, time, a second person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions.seconding import ask_to_second
from tracker.actions.silences import propose_silences, second_silences
from tracker.admin.acts import PUBLISH, Act, ActForm
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField
from tracker.admin.lists import pick_filter
from tracker.admin.office import PersonField
from tracker.admin.site import site
from tracker.alerts.seconding import send_links
from tracker.ledger import Actor
from tracker.models import Addressee, Check, SecondingLink, Silence, User
from tracker.queries.days import register_day
from tracker.queries.desk import silences_to_second
from tracker.rights import PUBLISH as TO_PUBLISH
from tracker.vocabulary import Clock, Finding


class ProposeForm(ActForm):
    told_on = DayField(label="The body was told on")
    told_how = forms.CharField(max_length=500, help_text="By letter, by e-mail, and to which office.")
    answer_by = DayField(
        label="It may answer until",
        required=False,
        help_text="Leave empty for ten working days from the day after it was told.",
    )


def propose(checks: Sequence[Check], data: dict[str, Any], by: Actor, at: datetime) -> None:
    propose_silences(checks=checks, by=by, at=at, **data)


def second(silences: Sequence[Silence], _data: dict[str, Any], by: Actor, at: datetime) -> None:
    second_silences(silences=silences, by=by, at=at)


class AskForm(ActForm):
    person = PersonField(
        queryset=User.objects.none(),
        help_text="A trustee or a partner with an account here, or a colleague. The link goes to the address of the "
        "account by e-mail; you do not see it.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = User.objects.filter(is_active=True).exclude(email="").order_by("username")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def ask(silences: Sequence[Silence], data: dict[str, Any], by: Actor, at: datetime) -> None:
    ask_to_second(silences=silences, person=data["person"], by=by, at=at)


def send(by: Actor, at: datetime) -> Sequence[str]:
    assert by.user is not None  # the desk is only for those who logged in
    return send_links(asked_by=by.user, at=at)


class WaitingFilter(admin.SimpleListFilter):
    """Silences whose time to reply is over."""

    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return (("second", "Ready for a second person"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        waiting = silences_to_second(register_day(timezone.now()))
        return queryset.filter(pk__in=waiting.values("pk")) if self.value() == "second" else queryset.none()


@admin.register(Check, site=site)
class CheckAdmin(FactAdmin):
    list_display = ("addressee", "clock", "checked_on", "finding", "where_looked")
    list_select_related = ("addressee",)
    list_filter = ("clock", "finding", pick_filter("addressee__body", "body", Addressee.body))
    search_fields = ("addressee__ref", "addressee__body__name", "where_looked")
    sections: ClassVar = {"": ("clock", "checked_on", "where_looked", "finding")}
    fixed = frozenset({"addressee"})
    parts: ClassVar = {"silences": ("told_on", "answer_by")}
    acts = (
        Act(
            "propose-silence",
            "Propose to confirm the silence",
            propose,
            ProposeForm,
            needs="tracker.add_silence",
            intro="The body was told what would be published, and has at least ten working days. Then a second "
            "person agrees, and the record says: no response found.",
            fits=lambda check: check.clock == Clock.ANSWER and check.finding == Finding.NOTHING,
        ),
    )


@admin.register(Silence, site=site)
class SilenceAdmin(FactAdmin):
    list_display = ("addressee", "told_on", "answer_by", "proposed_by", "seconded_by")
    list_select_related = ("addressee", "proposed_by", "seconded_by")
    list_filter = (WaitingFilter, pick_filter("addressee__body", "body", Addressee.body))
    search_fields = ("addressee__ref", "addressee__body__name", "told_how")
    sections: ClassVar = {"": ("told_on", "told_how", "answer_by")}
    fixed = frozenset({"addressee", "found_by"})
    stands = ("proposed_by", "seconded_by")
    acts = (
        Act(
            "second",
            "Agree to the silence",
            second,
            needs=TO_PUBLISH,
            intro="You are the second person: you have looked at the check and at what the body was told. The "
            "record will say that no response was found.",
            fits=lambda silence: silence.is_draft,
        ),
        Act(
            "ask",
            "Ask somebody to agree by link",
            ask,
            AskForm,
            needs=TO_PUBLISH,
            intro="One person gets a link by e-mail that shows these silences and lets them agree, without logging "
            "in. It works once, for two weeks.",
            fits=lambda silence: silence.is_draft,
            after=send,
        ),
    )

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        """Who was asked by link, and what they said."""
        found = super().about(request, fact)
        for link in SecondingLink.objects.filter(silences=fact, used_at__isnull=False).select_related(
            "person"
        ):
            said = f": “{link.words}”" if link.words else "."
            found["stands"].append(
                (f"{link.person} by link", f"{'Agrees' if link.agreed else 'Does not agree'}{said}")
            )
        return found

    def all_acts(self) -> list[Act]:
        """A silence is published by the second person, never by hand."""
        return [act for act in super().all_acts() if act is not PUBLISH]
