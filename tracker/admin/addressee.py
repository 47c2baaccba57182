"""Addressees: one recommendation as put to one body, with its clocks, and what staff do about them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.actions.assessments import assess
from tracker.actions.deadlines import confirm_deadlines, extend_deadlines, set_deadlines
from tracker.actions.silences import propose_silences, record_checks
from tracker.actions.steps import record_steps
from tracker.admin.acts import Act, ActForm
from tracker.admin.choose import choose_page
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField, PickField, ProseField, SpanField
from tracker.admin.lists import pick_filter
from tracker.admin.preview import statuses_of
from tracker.admin.reviewing import REPLY_ACTS
from tracker.admin.site import REGISTER_NAME, site
from tracker.admin.sourced import FromASource, source_of
from tracker.ledger import Actor
from tracker.models import Addressee, Assessment, Extension, Fact, Recommendation
from tracker.models.base import span_columns
from tracker.queries.days import register_day
from tracker.queries.deadlines import suggested_answer_due
from tracker.queries.desk import ADDRESSEE_QUEUES, UNANSWERED
from tracker.queries.letters import Letter, last_checks, notices, reminders
from tracker.vocabulary import Clock, Finding, Implementation, StepKind, Strength, Verification, View

MOST_SUGGESTIONS = 20


class QueueFilter(admin.SimpleListFilter):
    """What waits for somebody: the queues of the desk."""

    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(queue.key, queue.title) for queue in (*ADDRESSEE_QUEUES, UNANSWERED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        today = register_day(timezone.now())
        rows = [queue.rows(today) for queue in (*ADDRESSEE_QUEUES, UNANSWERED) if queue.key == self.value()]
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
        label="A later day",
        required=False,
        help_text="Leave empty to confirm the day that the rule gives. One that no rule gives is set, with its basis.",
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


class SourcedForm(FromASource):
    """What was entered of a document: which one, and how it was checked."""

    aliases = {"granted": "granted_on", "assessed": "assessed_on", **FromASource.source_aliases}

    verification = forms.ChoiceField(
        label="How it was checked", choices=Verification.choices, initial=Verification.READ
    )


def entered(data: dict[str, Any], span: str, names: Sequence[str], by: Actor, at: datetime) -> dict[str, Any]:
    """The columns of a fact that a form with a source and one date holds."""
    columns = span_columns(span, data[f"{span}_on"])
    return {"source": source_of(data, by, at), **{name: data[name] for name in names}, **columns}


class ExtendForm(SourcedForm):
    clock = forms.ChoiceField(choices=Clock.choices)
    until_on = DayField(label="New last day")
    granted_on = SpanField(label="Granted on")
    granted_by = PickField(Extension.granted_by, required=False)
    reason = ProseField(required=False, max_length=2_000)
    field_order = ("clock", "until_on", "granted_on", "granted_by", "reason")


def extend(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    names = ("clock", "until_on", "granted_by", "reason", "verification")
    fields = entered(data, "granted", names, by, at)
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
    names = ("view", "implementation", "made_by", "summary", "verification")
    fields = entered(data, "assessed", names, by, at)
    made = [Assessment(addressee=addressee, **fields) for addressee in addressees]
    return assess(assessments=made, by=by, at=at)


class ChaseForm(ActForm):
    kind = forms.ChoiceField(label="What you did", choices=StepKind.choices, initial=StepKind.LETTER)
    taken_on = DayField(label="On")
    summary = forms.CharField(
        max_length=500,
        label="In a sentence",
        help_text="In words that may be published: no name of a person.",
    )
    url = forms.URLField(
        max_length=1000,
        required=False,
        assume_scheme="https",
        label="Where it can be followed",
        help_text="The page of the request.",
    )
    letter = ProseField(max_length=20_000, required=False, label="What was sent", help_text="For staff only.")


def chase(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    return record_steps(addressees=addressees, by=by, at=at, **{**data, "kind": StepKind(data["kind"])})


def reminder_letters(addressees: Sequence[Addressee], by: Actor, at: datetime) -> Sequence[Letter]:
    return reminders(with_all(addressees), register_day(at), signed(by))


def notice_letters(addressees: Sequence[Addressee], by: Actor, at: datetime) -> Sequence[Letter]:
    return notices(with_all(addressees), register_day(at), signed(by))


def with_all(addressees: Sequence[Addressee]) -> list[Addressee]:
    """The same addressees, with what a letter tells of them; those the public sees, for a letter is public words."""
    rows = Addressee.objects.public().filter(pk__in=[each.pk for each in addressees])
    return list(rows.select_related("recommendation__report", "body", "duty_holder"))


def signed(by: Actor) -> str:
    """Who signs a letter: the person who is logged in, and the register."""
    name = (by.user.get_full_name() or by.user.get_username()) if by.user else ""
    return f"{name}\n{REGISTER_NAME}" if name else REGISTER_NAME


class TellForm(ActForm):
    aliases = {"checks": "told_on"}

    told_on = DayField(label="The bodies were told on")
    told_how = forms.CharField(max_length=500, help_text="By letter, by e-mail, and to which office.")
    answer_by = DayField(
        label="They may answer until",
        required=False,
        help_text="Leave empty for ten working days from the day after they were told.",
    )


def tell(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    checks = last_checks(addressees)
    missing = [each for each in addressees if each.pk not in checks]
    if missing:
        raise ValidationError(f"{missing[0]}: publish a check that found no answer first.")
    propose_silences(checks=[checks[each.pk] for each in addressees], by=by, at=at, **data)


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
    stands = (
        *("duty_holder", "answer_due_on", "act_by", "answer_missed_on", "promise_missed_on"),
        "under_review_since",
    )
    parts: ClassVar = {
        "answers": ("response", "position", "on_behalf"),
        "assessments": ("view", "implementation", "assessed_on"),
        "extensions": ("clock", "old_on", "until_on"),
        "checks": ("checked_on", "clock", "finding"),
        "silences": ("told_on", "answer_by"),
        "steps": ("kind", "taken_on", "summary"),
        "challenges": ("received_on", "by_whom", "outcome"),
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
            "chase",
            "Chase an answer",
            chase,
            ChaseForm,
            needs="tracker.add_step",
            drafts=True,
            intro="A letter with the facts filled in. Say what you did with it: the step is for staff only until it "
            "is published, and stops no clock.",
            letters=reminder_letters,
        ),
        Act(
            "tell",
            "Tell the body before its silence is confirmed",
            tell,
            TellForm,
            needs="tracker.add_silence",
            intro="The letter says what would be published, and gives ten working days. Send it, and say here when "
            "and how. Then a second person agrees, and the record says: no response found.",
            fits=lambda addressee: addressee.answer_missed_on is not None,
            letters=notice_letters,
        ),
        *REPLY_ACTS,
        Act(
            "assess", "Say what was done", assess_all, AssessForm, needs="tracker.add_assessment", drafts=True
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithStatuses

    def get_urls(self) -> list[URLPattern]:
        choose = path(
            "choose/<slug:name>/", self.admin_site.admin_view(self.choose_view), name="tracker_choose"
        )
        return [choose, *super().get_urls()]

    def choose_view(self, request: HttpRequest, name: str) -> HttpResponse:
        return choose_page(self, request, name)

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
