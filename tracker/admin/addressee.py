"""Addressees: one recommendation as put to one body, with its clocks, and what staff do about them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.actions.assessments import assess
from tracker.actions.deadlines import confirm_deadlines, extend_deadlines, set_deadlines
from tracker.actions.silences import record_checks
from tracker.admin.acts import Act, ActForm
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField, PickField, ProseField, SpanField
from tracker.admin.lists import pick_filter
from tracker.admin.preview import statuses_of
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Addressee, Assessment, Extension, Fact, Recommendation
from tracker.models.base import span_columns
from tracker.queries.days import register_day
from tracker.queries.deadlines import suggested_answer_due
from tracker.queries.desk import ADDRESSEE_QUEUES
from tracker.vocabulary import Clock, Finding, Implementation, Strength, Verification, View

MOST_SUGGESTIONS = 20


class QueueFilter(admin.SimpleListFilter):
    """What waits for somebody: the queues of the desk."""

    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(queue.key, queue.title) for queue in ADDRESSEE_QUEUES]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        today = register_day(timezone.now())
        rows = [queue.rows(today) for queue in ADDRESSEE_QUEUES if queue.key == self.value()]
        return queryset.filter(pk__in=rows[0].values("pk")) if rows else queryset.none()


class WithStatuses(ChangeList):
    """A page of addressees, each with its status of today: the same few queries for any page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        statuses = statuses_of(self.result_list, register_day(timezone.now()))
        for addressee in self.result_list:
            addressee.status_today = statuses[addressee.pk]


class CheckForm(ActForm):
    clock = forms.ChoiceField(label="What was looked for", choices=Clock.choices, initial=Clock.ANSWER)
    checked_on = DayField(label="Looked on")
    where_looked = ProseField(max_length=2_000, help_text="Pages, registers, and whom you asked.")
    finding = forms.ChoiceField(choices=Finding.choices, initial=Finding.NOTHING)
    note = ProseField(required=False, max_length=20_000, help_text="For staff only.")


def check(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    found = {**data, "clock": Clock(data["clock"]), "finding": Finding(data["finding"])}
    return record_checks(addressees=addressees, by=by, at=at, **found)


class ConfirmForm(ActForm):
    on = DayField(
        label="Another day",
        required=False,
        help_text="Leave empty to confirm the day that the rule gives.",
    )


def confirm(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    confirm_deadlines(addressees=addressees, on=data["on"], by=by, at=at)


def suggestions(addressees: Sequence[Addressee]) -> list[str]:
    """What the rules on record say, once for each recommendation."""
    asks = {addressee.recommendation_id: addressee for addressee in addressees}
    related = ("report__regime__source", "answer_regime__source")
    rows = Recommendation.objects.filter(pk__in=asks).select_related(*related)[:MOST_SUGGESTIONS]
    return [f"{row}: {_suggestion(row)}" for row in rows]


def _suggestion(recommendation: Recommendation) -> str:
    due = suggested_answer_due(recommendation)
    return f"{date_format(due.on, 'j F Y')}. {due.basis}" if due.on else due.basis


class SetForm(ActForm):
    clock = forms.ChoiceField(choices=Clock.choices)
    on = DayField(label="Last day")
    basis = ProseField(
        max_length=1000, help_text="A sentence that can be checked: the rule, the count, the source."
    )
    strength = forms.ChoiceField(label="What stands behind it", choices=Strength.choices)


def set_clock(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    words = {**data, "clock": Clock(data["clock"]), "strength": Strength(data["strength"])}
    set_deadlines(addressees=addressees, by=by, at=at, **words)


class SourcedForm(ActForm):
    source = PickField(Extension.source)
    verification = forms.ChoiceField(
        label="How it was checked", choices=Verification.choices, initial=Verification.READ
    )


class ExtendForm(SourcedForm):
    clock = forms.ChoiceField(choices=Clock.choices)
    until_on = DayField(label="New last day")
    granted_on = SpanField(label="Granted on")
    granted_by = PickField(Extension.granted_by, required=False)
    reason = ProseField(required=False, max_length=2_000)
    field_order = ("clock", "until_on", "granted_on", "granted_by", "reason")


def extend(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    fields = {**data, **span_columns("granted", data["granted_on"])}
    del fields["granted_on"]
    extensions = [Extension(addressee=addressee, **fields) for addressee in addressees]
    return extend_deadlines(extensions=extensions, by=by, at=at)


class AssessForm(SourcedForm):
    view = forms.ChoiceField(label="Whose view", choices=View.choices)
    implementation = forms.ChoiceField(label="What was done", choices=Implementation.choices)
    assessed_on = SpanField(label="As of")
    made_by = PickField(Assessment.made_by, required=False)
    summary = ProseField(required=False, max_length=5_000)
    field_order = ("view", "implementation", "assessed_on", "made_by", "summary")


def assess_all(
    addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime
) -> Sequence[Fact]:
    fields = {**data, **span_columns("assessed", data["assessed_on"])}
    del fields["assessed_on"]
    made = [Assessment(addressee=addressee, **fields) for addressee in addressees]
    return assess(assessments=made, by=by, at=at)


@admin.register(Addressee, site=site)
class AddresseeAdmin(FactAdmin):
    list_display = ("body", "ask", "status", "answer_due_on", "act_by")
    list_select_related = ("body", "recommendation__report")
    list_filter = (
        QueueFilter,
        pick_filter("recommendation__report", "report", Recommendation.report),
        pick_filter("body", "body", Addressee.body),
        pick_filter("via_group", "group", Addressee.via_group),
    )
    search_fields = ("body__name", "recommendation__title", "recommendation__report__title", "ref")
    sections: ClassVar = {
        "Time to answer": ("first_answer_due_on", "answer_due_basis", "answer_due_strength"),
        "Time to act": ("first_act_by", "act_by_basis"),
        "Its place": ("via_group",),
    }
    fixed = frozenset({"recommendation", "body"})
    stands = ("duty_holder", "answer_due_on", "act_by", "answer_missed_on", "promise_missed_on")
    parts: ClassVar = {
        "answers": ("response", "position", "on_behalf"),
        "assessments": ("view", "implementation", "assessed_on"),
        "extensions": ("clock", "old_on", "until_on"),
        "checks": ("checked_on", "clock", "finding"),
        "silences": ("told_on", "answer_by"),
    }
    acts = (
        Act(
            "check",
            "I looked for an answer",
            check,
            CheckForm,
            needs="tracker.add_check",
            drafts=True,
            intro="Say when and where you looked. A published check makes a missed deadline public.",
        ),
        Act(
            "confirm",
            "Confirm the time to answer",
            confirm,
            ConfirmForm,
            intro="The rule on record suggests a day; it counts once a person confirms it.",
            fits=lambda addressee: addressee.first_answer_due_on is None,
            hints=suggestions,
        ),
        Act("set", "Set a deadline", set_clock, SetForm),
        Act(
            "extend",
            "Move a deadline",
            extend,
            ExtendForm,
            needs="tracker.add_extension",
            drafts=True,
            intro="The first date stays on record. A draft holds the clock back until it is published.",
        ),
        Act(
            "assess", "Say what was done", assess_all, AssessForm, needs="tracker.add_assessment", drafts=True
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithStatuses

    def heading(self, fact: Any) -> str:
        return f"{fact.body}: {fact.recommendation}"

    @admin.display(description="Recommendation", ordering="recommendation__ref")
    def ask(self, addressee: Addressee) -> SafeString:
        asked = addressee.recommendation
        return format_html('{}<div class="soft">{}</div>', asked, asked.report)

    @admin.display(description="Status today")
    def status(self, addressee: Any) -> SafeString:
        return format_html('<span class="status">{}</span>', addressee.status_today)

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        found = super().about(request, fact)
        today = register_day(timezone.now())
        found["stands"].insert(0, ("Status today", statuses_of([fact], today)[fact.pk]))
        return found
