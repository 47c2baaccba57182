"""Recording a response: one document, the addressees it answers, and what it says to all that are ticked.

First the report is chosen (a plain GET), then one form takes the rest. Errors keep everything typed; saving is one
transaction, as a draft or published at once; then the page of what was written shows its lines and the statuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from tracker.actions.publishing import publish
from tracker.actions.responses import record_response
from tracker.admin.acts import acting
from tracker.admin.addressee import statuses_of
from tracker.admin.fields import PickField, PicksField, ProseField, SpanField
from tracker.admin.forms import attach
from tracker.admin.sourced import FromASource, source_of
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Fact, Group, Recommendation, Response
from tracker.models.base import span_columns
from tracker.queries.days import register_day
from tracker.vocabulary import Basis, Position, Reason, ResponseKind, Verification

# So many boxes still make a page; beyond it an import is the way.
MOST_ADDRESSEES = 5_000
OPEN_UP_TO = 12


class ChooseForm(forms.Form):
    """Which reports a document answers."""

    report = PicksField(
        Recommendation.report, label="Report", help_text="More than one, if it answers several."
    )


def addressees_of(reports: Sequence[Fact]) -> list[Addressee]:
    """All who were addressed by the reports given, in the order of their pages."""
    rows = Addressee.objects.filter(recommendation__report__in=reports, withdrawn_at=None)
    rows = rows.select_related("body", "via_group", "recommendation__report")
    order = ("recommendation__report", "recommendation__position", "recommendation", "body__name")
    return list(rows.order_by(*order)[:MOST_ADDRESSEES])


class TicksField(forms.MultipleChoiceField):
    """Addressees by their numbers; those that the reports do not have are refused."""

    default_error_messages = {
        "invalid_choice": "That body was not addressed by this report: record what it says as a development.",
        "required": "Choose at least one addressee that the response answers.",
    }


class RecordForm(FromASource):
    """One document and one answer to all that are ticked."""

    aliases = {
        "answers": "addressees",
        "addressee": "addressees",
        "answered_on": "written_on",
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

    addressees = TicksField(required=False)
    all = forms.MultipleChoiceField(required=False)

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
        super().__init__(data, **options)
        self.known = {str(each.pk): each for each in addressees}
        self.through = {_all_of(each): each.via_group for each in addressees if each.via_group}
        self.fields["addressees"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]
        self.fields["all"].choices = [(key, key) for key in self.through]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ticked = self._ticked()
        if not ticked and "addressees" not in self.errors:
            self.add_error("addressees", TicksField.default_error_messages["required"])
        data["answered"] = ticked
        return data

    def _ticked(self) -> list[Addressee]:
        one_by_one = set(self.cleaned_data.get("addressees", ()))
        through = set(self.cleaned_data.get("all", ()))
        return [each for key, each in self.known.items() if key in one_by_one or _all_of(each) in through]

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


def _all_of(addressee: Addressee) -> str:
    """The value of the box that stands for all whom a recommendation reached through one group."""
    return f"{addressee.recommendation_id}-{addressee.via_group_id}"


@dataclass
class Ask:
    """One recommendation on the page: the boxes for its groups, and those for its bodies."""

    recommendation: Recommendation
    rows: list[dict[str, Any]]
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return len(self.rows) <= OPEN_UP_TO or any(row["ticked"] for row in self.rows)


def asks_of(addressees: Sequence[Addressee], form: RecordForm, statuses: dict[int, str]) -> list[Ask]:
    """The recommendations with their addressees, ticked as they were sent."""
    ticked = set(form.data.getlist("addressees")) if form.is_bound else set()
    all_ticked = set(form.data.getlist("all")) if form.is_bound else set()
    asks = []
    for recommendation, few in groupby(addressees, key=lambda each: each.recommendation):
        put_to = list(few)
        rows = [
            {
                "value": each.pk,
                "label": each.body.name,
                "ticked": str(each.pk) in ticked,
                "status": statuses[each.pk],
            }
            for each in put_to
        ]
        counts: dict[str, tuple[Group, int]] = {}
        for each in put_to:
            if each.via_group:
                counts[_all_of(each)] = (each.via_group, counts.get(_all_of(each), (None, 0))[1] + 1)
        groups = [
            {"value": key, "label": group.name, "count": count, "ticked": key in all_ticked}
            for key, (group, count) in counts.items()
        ]
        asks.append(Ask(recommendation, rows, groups))
    return asks


def record_page(site: Any, opts: Any, request: HttpRequest) -> HttpResponse:
    """Choose the report, fill in the form, save. Everything typed comes back with an error."""
    if not request.user.has_perm("tracker.add_response"):
        raise PermissionDenied
    context = {**site.each_context(request), "title": "Record a response", "opts": opts}
    choose = ChooseForm(request.GET if "report" in request.GET else None)
    if not choose.is_valid():
        return TemplateResponse(request, "admin/record_choose.html", {**context, "form": choose})
    reports = choose.cleaned_data["report"]
    addressees = addressees_of(reports)
    form = RecordForm(request.POST if request.method == "POST" else None, addressees=addressees)
    if request.method == "POST" and form.is_valid():
        try:
            response = save(
                form.cleaned_data, acting(request), timezone.now(), request.POST.get("save") == "publish"
            )
        except ValidationError as error:
            attach(form, error, form.aliases)
        else:
            messages.success(request, f"“{response}” is recorded.")
            return HttpResponseRedirect(reverse("admin:tracker_response_recorded", args=[response.pk]))
    statuses = statuses_of(addressees, register_day(timezone.now()))
    context |= {"reports": reports, "form": form, "asks": asks_of(addressees, form, statuses)}
    return TemplateResponse(request, "admin/record.html", context)


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
def save(data: dict[str, Any], by: Actor, at: datetime, publishing: bool) -> Response:
    """The source, the document, the answers, and their publication if asked: all of it or nothing."""
    source = source_of(data, by, at)
    response = Response(source=source, **{name: data[name] for name in RESPONSE_FIELDS})
    for name in ("written", "received", "published"):
        for column, value in span_columns(name, data[f"{name}_on"]).items():
            setattr(response, column, value)
    answers = [
        Answer(addressee=each, **{name: data[name] for name in ANSWER_FIELDS}) for each in data["answered"]
    ]
    record_response(response=response, answers=answers, joint_authors=data["joint_authors"], by=by, at=at)
    if publishing:
        publish(facts=[*([source] if source.is_draft else []), response, *answers], by=by, at=at)
    return response
