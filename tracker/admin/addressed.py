"""Choosing among those whom reports addressed: boxes for all members of a group, with exceptions, and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms

from tracker.admin.fields import PicksField
from tracker.models import Addressee, Fact, Group, Recommendation

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


class TickForm(forms.Form):
    """The boxes of all addressees of some reports."""

    addressees = TicksField(required=False)
    all = forms.MultipleChoiceField(required=False)
    excepted = PicksField(
        Addressee.body,
        required=False,
        label="But not",
        help_text="Members of a group ticked as a whole for whom it does not answer.",
    )

    def __init__(self, data: Any, *, addressees: Sequence[Addressee], **options: Any) -> None:
        super().__init__(data, **options)
        self.known = {str(each.pk): each for each in addressees}
        self.through = {_all_of(each): each.via_group for each in addressees if each.via_group}
        self.fields["addressees"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]
        self.fields["all"].choices = [(key, key) for key in self.through]  # type: ignore[attr-defined]

    def ticked(self) -> list[Addressee]:
        """Those ticked one by one, and all reached through a group but those excepted."""
        one_by_one = set(self.cleaned_data.get("addressees", ()))
        through = set(self.cleaned_data.get("all", ()))
        excepted = {body.pk for body in self.cleaned_data.get("excepted") or ()}
        return [
            each
            for key, each in self.known.items()
            if key in one_by_one or (_all_of(each) in through and each.body_id not in excepted)
        ]


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


def asks_of(addressees: Sequence[Addressee], form: TickForm, statuses: dict[int, str]) -> list[Ask]:
    """The recommendations with their addressees, ticked as they were sent, or as the form begins."""
    ticked = set(form.data.getlist("addressees") if form.is_bound else form.initial.get("addressees", ()))
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
