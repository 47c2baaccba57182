"""One report, one form: its source, its recommendations pasted as text, to whom they are put, and both clocks.

1. The form is filled in and sent for a preview: nothing is saved. The text is split and numbered.
2. The preview is the same page with a box for each ask: its number, words, addressees, time to act, and the older
   asks it looks like. All of it can be changed there, and looked at again.
3. Saving is one transaction, as a draft or published at once. It works without a script.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from tracker.admin.acts import acting
from tracker.admin.entered_report import enter_report
from tracker.admin.fields import DayField, PickField, PicksField, ProseField, SpanField
from tracker.admin.forms import attach
from tracker.admin.gate import must, publishing
from tracker.admin.pasted import PastedAsk, split_asks, suggested_act_by
from tracker.admin.site import NEEDED
from tracker.admin.sourced import FromASource
from tracker.deadlines import Due
from tracker.models import Addressee, Group, Recommendation, Report
from tracker.models.base import span_columns
from tracker.queries.deadlines import suggested_answer_due
from tracker.queries.similar import similar_asks
from tracker.vocabulary import RecommendationKind, Relation, ReportKind, TimeKind, Verification

MOST_ASKS = 200


class NewReportForm(FromASource):
    """The document, the text of what it asks, to whom, and what a person confirms of the clocks."""

    aliases = {
        "dated": "dated_on",
        "recommendation": "text",
        "number": "text",
        "limb": "text",
        "title": "title",
        **FromASource.source_aliases,
    }

    title = forms.CharField(label="Title of the report", max_length=500)
    kind = forms.ChoiceField(choices=ReportKind.choices, initial=ReportKind.INSPECTION_REPORT)
    publishers = PicksField(Report.publishers, help_text="Who published it; the first is named first.")
    dated_on = SpanField(label="Date of the report")
    verification = forms.ChoiceField(
        label="How it was checked", choices=Verification.choices, initial=Verification.READ
    )
    text = ProseField(
        label="What it recommends",
        max_length=100_000,
        widget=forms.Textarea({"rows": 14}),
        help_text="Paste it as printed: “1.”, “3a”, “Recommendation 2:”, “Action 1:”, and (a), (b) for parts that "
        "are answered apart. Without numbers, each paragraph is one.",
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        to_field_name="ref",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each member on the day of the report is addressed.",
    )
    bodies = PicksField(Addressee.body, required=False, help_text="Bodies by name.")
    regime = PickField(Report.regime, required=False, label="Rule for the time to answer")
    answer_due_on = DayField(
        required=False,
        label="The day the report itself names for answers",
        help_text="Only if it names one: it goes before the rule.",
    )
    confirm_answer = forms.BooleanField(required=False, label="I confirm the time to answer")
    confirm_act = forms.BooleanField(required=False, label="I confirm the times to act below")

    SECTIONS = (
        ("The report", ("title", "kind", "publishers", "dated_on", "verification")),
        ("What it recommends", ("text",)),
        ("To whom", ("groups", "bodies")),
        ("By when to answer", ("regime", "answer_due_on")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: Any = self.fields["groups"]
        groups.queryset = Group.objects.filter(withdrawn_at=None)
        groups.label_from_instance = lambda group: group.name

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, self.bound(names)) for title, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("groups") and not data.get("bodies"):
            self.add_error("groups", "Tick a group or name a body: somebody is asked.")
        # What an action refuses is attached to its field, which Django then drops from the cleaned data.
        self.told = dict(data)
        return data

    def targets(self) -> list[tuple[str, str]]:
        """Whom the whole report may be put to: the boxes of each ask."""
        groups = [(f"group:{each.ref}", each.name) for each in self.told["groups"]]
        return [*groups, *((f"body:{each.ref}", each.name) for each in self.told["bodies"])]

    def suggested(self) -> Due:
        """What the rule on record makes of the date of the report."""
        dated = self.told["dated_on"]
        report = Report(regime=self.told["regime"], **span_columns("dated", dated))
        named = self.told["answer_due_on"]
        asked = span_columns("asked", dated)
        return suggested_answer_due(Recommendation(report=report, answer_due_on=named, **asked))


class AskForm(forms.Form):
    """One ask of the preview."""

    use = forms.BooleanField(required=False, initial=True, label="Enter this one")
    number = forms.CharField(max_length=40, required=False)
    limb = forms.CharField(max_length=40, required=False, label="Part")
    kind = forms.ChoiceField(choices=RecommendationKind.choices)
    title = forms.CharField(max_length=300)
    text = ProseField(max_length=20_000, required=False)
    to = forms.MultipleChoiceField(label="Put to", required=False, widget=forms.CheckboxSelectMultiple)
    act_by = DayField(required=False, label="To be done by")
    act_by_kind = forms.ChoiceField(choices=TimeKind.choices, label="Kind of time to act")
    act_by_text = forms.CharField(
        max_length=300, required=False, label="By when, in its own words", help_text="within six months"
    )
    repeats = forms.ChoiceField(required=False, label="This looks like an older ask")
    relation = forms.ChoiceField(choices=Relation.choices, required=False, label="Beside the older one it is")

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = targets  # type: ignore[attr-defined]
        title = self["title"].value() or ""
        found = similar_asks(title, self["text"].value() or "")
        self.fields["repeats"].choices = [  # type: ignore[attr-defined]
            ("", "It is new"),
            *(
                (
                    each.recommendation.ref,
                    f"{each.recommendation} ({each.recommendation.report}), {each.percent} % alike",
                )
                for each in found
            ),
        ]
        self.looks_like = bool(found)

    @property
    def is_whole_of_limbs(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("act_by") and not data.get("act_by_text"):
            self.add_error("act_by_text", "Say by when, in the words of the source.")
        return data


def ask_forms(form: NewReportForm, data: Mapping[str, Any] | None) -> list[AskForm]:
    """A box for each ask: as it was sent back, or as the text was split."""
    targets = form.targets()
    sent = _sent_count(data)
    if data is not None and sent:
        return [AskForm(data, prefix=f"ask-{place}", targets=targets) for place in range(sent)]
    pasted = split_asks(form.told["text"]).asks[: MOST_ASKS + 1]
    dated = form.told["dated_on"]
    return [
        AskForm(prefix=f"ask-{place}", targets=targets, initial=_initial(ask, dated, targets))
        for place, ask in enumerate(pasted)
    ]


def _sent_count(data: Mapping[str, Any] | None) -> int:
    written = str((data or {}).get("asks", ""))
    return min(int(written), MOST_ASKS) if written.isascii() and written.isdigit() and len(written) < 5 else 0


def _initial(ask: PastedAsk, dated: Any, targets: list[tuple[str, str]]) -> dict[str, Any]:
    act = suggested_act_by(ask.text, dated)
    return {
        "number": ask.number,
        "limb": ask.limb,
        "kind": ask.kind,
        "title": ask.title,
        "text": ask.text,
        "to": [value for value, _ in targets],
        "act_by": act.on if act else None,
        "act_by_kind": act.kind if act else TimeKind.NO_DATE,
        "act_by_text": act.words if act else "",
        "relation": Relation.SAME,
    }


def new_report_page(site: Any, opts: Any, request: HttpRequest) -> HttpResponse:
    """Fill in, preview, save. Everything typed comes back with an error."""
    for noun in NEEDED:
        must(request, f"tracker.add_{noun}")
    form = NewReportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        by=acting(request),
    )
    step = request.POST.get("save", "preview")
    to_publish = publishing(request, step == "publish")
    asks: list[AskForm] = []
    if request.method == "POST" and form.is_valid():
        asks = ask_forms(form, None if step == "split" else request.POST)
        if not asks or len(asks) > MOST_ASKS:
            form.add_error(
                "text", f"Nothing to enter was found, or more than {MOST_ASKS}: that is an import."
            )
            asks = []
        elif step in ("draft", "publish") and _ready(form, asks):
            report = _save(request, form, asks, to_publish=to_publish)
            if report is not None:
                messages.success(request, f"“{report}” is entered.")
                return HttpResponseRedirect(reverse("admin:tracker_report_entered", args=[report.pk]))
    context = {
        **site.each_context(request),
        "title": "New report",
        "opts": opts,
        "form": form,
        "asks": asks,
        **(_preview(form, asks) if asks else {}),
    }
    return TemplateResponse(request, "admin/new_report.html", context)


def _ready(form: NewReportForm, asks: list[AskForm]) -> bool:
    """Every box sent back is right, and one at least is entered."""
    if not all(ask.is_bound for ask in asks):
        return False  # the text was not looked at yet
    right = [ask.is_valid() for ask in asks]
    if not all(right):
        form.add_error(None, "See the asks marked below.")
        return False
    used = [ask for ask in asks if ask.cleaned_data["use"]]
    if not used:
        form.add_error(None, "Enter one ask at least.")
    whole = {ask.cleaned_data["number"] for ask in used if ask.cleaned_data["limb"]}
    for ask in used:
        answered_in_parts = not ask.cleaned_data["limb"] and ask.cleaned_data["number"] in whole
        if not ask.cleaned_data["to"] and not answered_in_parts:
            ask.add_error("to", "Tick whom this is put to.")
            form.add_error(
                None, f"{ask.cleaned_data['number'] or ask.cleaned_data['title']}: tick whom it is put to."
            )
    return not form.errors


def _save(
    request: HttpRequest, form: NewReportForm, asks: list[AskForm], *, to_publish: bool
) -> Report | None:
    """The report, or None where the actions refused: the form then says why."""
    used = [ask.cleaned_data for ask in asks if ask.cleaned_data["use"]]
    try:
        return enter_report(form.told, used, acting(request), timezone.now(), publishing=to_publish)
    except ValidationError as error:
        attach(form, error, form.aliases)
        return None


def _preview(form: NewReportForm, asks: list[AskForm]) -> dict[str, Any]:
    """What saving would make: how many addressees, the clocks, and what of the text is left out."""
    sizes = _sizes(form)
    parts = {(ask["number"].value() or "") for ask in asks if ask["limb"].value()}
    put = [
        0 if not ask["limb"].value() and (ask["number"].value() or "") in parts else _count(ask, sizes)
        for ask in asks
    ]
    return {
        "due": form.suggested(),
        "left_out": split_asks(form.told["text"]).left_out,
        "rows": list(zip(asks, put, strict=True)),
        "addressed": sum(put),
        "sizes": [(name, sizes[value]) for value, name in form.targets() if value.startswith("group:")],
    }


def _sizes(form: NewReportForm) -> dict[str, int]:
    """How many addressees each box of an ask stands for."""
    dated = form.told["dated_on"]
    on: date = dated.latest
    members = Count(
        "memberships",
        filter=Q(memberships__withdrawn_at=None)
        & (Q(memberships__from_on=None) | Q(memberships__from_on__lte=on))
        & (Q(memberships__until_on=None) | Q(memberships__until_on__gt=on)),
    )
    groups = form.told["groups"].annotate(members=members)
    sizes = {f"group:{group.ref}": group.members for group in groups}
    return {**sizes, **{value: 1 for value, _ in form.targets() if value.startswith("body:")}}


def _count(ask: AskForm, sizes: Mapping[str, int]) -> int:
    used = ask["use"].value() if ask.is_bound else True
    return sum(sizes.get(value, 0) for value in ask["to"].value() or ()) if used else 0
