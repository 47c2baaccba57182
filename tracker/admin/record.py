"""Recording a response: one document, the addressees it answers, and what it says to all that are ticked.

First the report is chosen (a plain GET), then one form takes the rest. The preview does the same action and undoes
it: it shows the public words that would change, and there an addressee may be ticked whose answer differs. Errors keep
everything typed; saving is one transaction, as a draft or published at once; then the page of what was written shows
its lines and the statuses.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from tracker.actions.publishing import publish
from tracker.actions.responses import record_response
from tracker.admin.acts import acting
from tracker.admin.addressed import ChooseForm, TickForm, TicksField, addressees_of, asks_of
from tracker.admin.fields import PickField, PicksField, ProseField, SpanField
from tracker.admin.forms import attach
from tracker.admin.gate import must, publishing
from tracker.admin.preview import PREVIEWING, statuses_of, tried
from tracker.admin.shown import waiting_words
from tracker.admin.sourced import FromASource, source_of
from tracker.admin.taking import initial_of, proposal_of, take_over, taking_context
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Fact, Response
from tracker.models.base import span_columns
from tracker.queries.days import register_day
from tracker.vocabulary import Basis, Position, Reason, ResponseKind, Verification


class RecordForm(FromASource, TickForm):
    """One document and one answer to all that are ticked."""

    aliases = {
        "answers": "addressees",
        "addressee": "addressees",
        "written": "written_on",
        "received": "received_on",
        "published": "published_on",
        "on_behalf_of": "on_behalf_of_body",
        **FromASource.source_aliases,
    }

    title = forms.CharField(label="What to call the response", max_length=500)
    kind = forms.ChoiceField(
        choices=ResponseKind.choices,
        help_text="A holding reply acknowledges and answers nothing: it stops no clock.",
    )
    author = PickField(Response.author, help_text="Who answers.")
    joint_authors = PicksField(
        Response.joint_authors, required=False, help_text="Bodies that answer together with the author."
    )
    on_behalf_of_body = PickField(Response.on_behalf_of_body, required=False, label="On behalf of a body")
    on_behalf_of_group = PickField(Response.on_behalf_of_group, required=False, label="On behalf of a group")
    signed_by = PickField(
        Response.signed_by,
        required=False,
        help_text="Which part of the author wrote it, where the source says so.",
    )
    written_on = SpanField(label="Written on", required=False)
    received_on = SpanField(label="Received on", required=False)
    published_on = SpanField(label="Published on", required=False)
    date_text = forms.CharField(label="What the source says of its date", max_length=300, required=False)
    verification = forms.ChoiceField(
        label="How it was checked", choices=Verification.choices, initial=Verification.READ
    )

    differs = forms.MultipleChoiceField(required=False)

    position = forms.ChoiceField(label="What it says", choices=[("", "—"), *Position.choices], required=False)
    basis = forms.ChoiceField(label="Whose word that is", choices=Basis.choices, initial=Basis.OUR_READING)
    reason = forms.ChoiceField(
        label="Reason for a refusal", choices=[("", "—"), *Reason.choices], required=False
    )
    summary = ProseField(max_length=5_000, required=False, help_text="What it says, in our words.")
    quote = forms.CharField(max_length=500, required=False, help_text="A short quotation.")
    conditions = ProseField(max_length=2_000, required=False)
    waits_for = forms.CharField(
        max_length=300, required=False, help_text="If it defers: what it waits for, in words."
    )
    waits_for_report = PickField(Answer.waits_for_report, required=False)
    waits_for_recommendation = PickField(Answer.waits_for_recommendation, required=False)
    points_to = PickField(Answer.points_to, required=False, help_text="The body whose answer it points to.")
    alternative = PickField(
        Answer.alternative, required=False, help_text="The commitment it offers instead, if one is on record."
    )
    decision = forms.SlugField(
        max_length=100,
        required=False,
        help_text="One word for the decision it is part of: one decision that answers five asks counts once.",
    )

    SECTIONS = (
        ("The document", ("title", "kind", "verification")),
        ("Who answers", ("author", "joint_authors", "on_behalf_of_body", "on_behalf_of_group", "signed_by")),
        ("When", ("written_on", "received_on", "published_on", "date_text")),
    )
    ANSWER = ("position", "basis", "reason", "summary", "quote")
    RARELY = (
        "conditions",
        "waits_for",
        "waits_for_report",
        "waits_for_recommendation",
        "points_to",
        "alternative",
        "decision",
    )

    def __init__(self, data: Any, *, addressees: Sequence[Addressee], **options: Any) -> None:
        super().__init__(data, addressees=addressees, **options)
        self.fields["differs"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]
        self.differences: list[DifferenceForm] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ticked = self.ticked()
        if not ticked and "addressees" not in self.errors:
            self.add_error("addressees", TicksField.default_error_messages["required"])
        data["answered"] = ticked
        if not self.errors:
            self.differences = differences(self, data)
            if any(not each.is_valid() for each in self.differences):
                self.add_error(None, "See the boxes of those to whom it says something else.")
        return data

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, self.bound(names)) for title, names in self.SECTIONS]

    def answer(self) -> list[forms.BoundField]:
        return self.bound(self.ANSWER)

    def rarely(self) -> list[forms.BoundField]:
        return self.bound(self.RARELY)

    def rarely_open(self) -> bool:
        return (
            any(self[name].data or self.errors.get(name) for name in self.RARELY) if self.is_bound else False
        )


class DifferenceForm(forms.Form):
    """What the document says to one addressee, where that is not what it says to all."""

    position = forms.ChoiceField(label="What it says", choices=[("", "—"), *Position.choices], required=False)
    basis = forms.ChoiceField(label="Whose word that is", choices=Basis.choices)
    reason = forms.ChoiceField(
        label="Reason for a refusal", choices=[("", "—"), *Reason.choices], required=False
    )
    summary = ProseField(max_length=5_000, required=False)
    quote = forms.CharField(max_length=500, required=False)
    conditions = ProseField(max_length=2_000, required=False)
    waits_for = forms.CharField(max_length=300, required=False)
    points_to = PickField(Answer.points_to, required=False)

    def __init__(self, *args: Any, addressee: Addressee, **options: Any) -> None:
        super().__init__(*args, prefix=f"to-{addressee.pk}", **options)
        self.addressee = addressee


def differences(form: "RecordForm", data: dict[str, Any]) -> list[DifferenceForm]:
    """A box for each addressee ticked as different: as it was sent, or to begin with what is said to all."""
    answered = {str(each.pk): each for each in data["answered"]}
    found = []
    for key in data.get("differs", ()):
        if key not in answered:
            continue
        sent = f"to-{key}-basis" in form.data
        common = {name: data.get(name) for name in DifferenceForm.base_fields}
        begun = {f"to-{key}-{name}": _as_sent(value) for name, value in common.items()}
        found.append(DifferenceForm(form.data if sent else begun, addressee=answered[key]))
    return found


def _as_sent(value: Any) -> str:
    return value.ref if isinstance(value, Fact) else str(value or "")


def record_page(site: Any, opts: Any, request: HttpRequest) -> HttpResponse:
    """Choose the report, fill in the form, save. Everything typed comes back with an error."""
    must(request, "tracker.add_response")
    to_publish = publishing(request, request.POST.get("save") == "publish")
    context = {**site.each_context(request), "title": "Record a response", "opts": opts}
    choose = ChooseForm(request.GET if "report" in request.GET else None)
    if not choose.is_valid():
        return TemplateResponse(request, "admin/record_choose.html", {**context, "form": choose})
    reports = choose.cleaned_data["report"]
    addressees = addressees_of(reports)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        files=request.FILES if request.method == "POST" else None,
        by=acting(request),
        addressees=addressees,
        initial=initial_of(proposal_of(request)),
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        by, at, step = acting(request), timezone.now(), request.POST.get("save")
        try:
            if step != "preview":
                with transaction.atomic():
                    response = save(form, by, at, by if to_publish else None)
                    take_over(request, at)
                return _recorded(request, response)
            preview = tried(form.cleaned_data["answered"], at, lambda: save(form, by, at, PREVIEWING))
        except ValidationError as error:
            attach(form, error, form.aliases)
    statuses = statuses_of(addressees, register_day(timezone.now()))
    context |= {
        "reports": reports,
        "form": form,
        "asks": asks_of(addressees, form, statuses),
        "preview": preview,
        "differences_offered": True,
        "differing": {each.addressee.pk for each in form.differences},
        **taking_context(request),
    }
    return TemplateResponse(request, "admin/record.html", context)


def _recorded(request: HttpRequest, response: Response) -> HttpResponse:
    messages.success(request, f"“{response}” is recorded.")
    if waits := waiting_words(list(response.answers.all())):
        messages.warning(request, waits)
    return HttpResponseRedirect(reverse("admin:tracker_response_recorded", args=[response.pk]))


ANSWER_FIELDS = (*RecordForm.ANSWER, *RecordForm.RARELY)
RESPONSE_FIELDS = (
    "title",
    "kind",
    "author",
    "on_behalf_of_body",
    "on_behalf_of_group",
    "signed_by",
    "date_text",
    "verification",
)


@transaction.atomic
def save(form: RecordForm, by: Actor, at: datetime, publisher: Actor | None) -> Response:
    """The source, the document, the answers, and their publication if asked: all of it or nothing."""
    data = form.cleaned_data
    source = source_of(data, by, at)
    response = Response(source=source, **{name: data[name] for name in RESPONSE_FIELDS})
    for name in ("written", "received", "published"):
        for column, value in span_columns(name, data[f"{name}_on"]).items():
            setattr(response, column, value)
    common = {name: data[name] for name in ANSWER_FIELDS}
    own = {each.addressee.pk: each.cleaned_data for each in form.differences}
    answers = [Answer(addressee=each, **{**common, **own.get(each.pk, {})}) for each in data["answered"]]
    record_response(response=response, answers=answers, joint_authors=data["joint_authors"], by=by, at=at)
    if publisher:
        publish(facts=[*([source] if source.is_draft else []), response, *answers], by=publisher, at=at)
    return response
