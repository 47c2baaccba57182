"""The forms of imports: a file, the meaning of its columns and words, the meaning of names, and reasons."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from tracker.admin.fields import PickField, PicksField, ProseField
from tracker.importing.bounds import LARGEST
from tracker.importing.cells import DATE_ORDERS
from tracker.importing.matching import Seen, written_profile
from tracker.importing.profiles import NAME, NOT_IN_A_CROSSWALK, profile_names
from tracker.models import Addressee, ImportName, Report
from tracker.vocabulary import (
    BodyKind,
    Implementation,
    ImportColumn,
    NameChoice,
    Position,
    ReportKind,
    SourceKind,
    Verification,
)

ORDERS = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year-month-day only"}
MEANINGS = [
    ("", "no answer yet"),
    *((word.value, word.label) for word in Position if word not in NOT_IN_A_CROSSWALK),
    *((f"claimed:{word.value}", f"The body says: {word.label.lower()}") for word in Implementation),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text=f"CSV, XLSX, XLS, ODS or JSON Lines, at most {LARGEST // 1024 // 1024} MB.",
        max_length=300,
    )
    profile = forms.ChoiceField(label="Profile", required=False, help_text="How its columns are read.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [("", "Match the columns"), *((n, n) for n in profile_names())]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"It is larger than {LARGEST // 1024 // 1024} MB: split it into several files."
            )
        return file


class OverrideForm(forms.Form):
    because = ProseField(
        label="Why the file is right", max_length=2_000, help_text="It is kept with your name."
    )


class UndoForm(forms.Form):
    because = ProseField(label="Why it is undone", max_length=2_000, help_text="It stands in the record.")


class NameForm(forms.ModelForm):
    """What a person says of a name that no body on record has."""

    body = PickField(Addressee.body, required=False, label="The body it means")

    class Meta:
        model = ImportName
        fields = ("choice", "body", "kind")
        labels = {"choice": "What is it?", "kind": "Kind, if it is new"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [("", "not decided"), *NameChoice.choices]
        self.fields["kind"].choices = [("", "—"), *BodyKind.choices]
        if not self.instance.body_id and self.instance.nearest:
            self.initial["body"] = self.instance.nearest[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") == NameChoice.SAME and not data.get("body"):
            self.add_error("body", "Name the body that it means.")
        if data.get("choice") == NameChoice.NEW and not data.get("kind"):
            self.add_error("kind", "Say what kind of body it is.")
        if data.get("choice") != NameChoice.SAME:
            data["body"] = None
        return data


class MatchForm(forms.Form):
    """A profile, by matching columns. The columns and words of the file are added by `match_form`."""

    seen: Seen

    name = forms.CharField(
        label="Name of the profile",
        max_length=39,
        validators=[RegexValidator(f"^{NAME.pattern}$", "Small letters, digits and hyphens: coroners.")],
        help_text="Small letters, digits and hyphens. The next file of the feed is read by it.",
    )
    title = forms.CharField(label="What the feed is", max_length=300)
    source_kind = forms.ChoiceField(label="Kind of source", choices=SourceKind.choices)
    source_url = forms.URLField(label="Its address", max_length=1000, required=False, assume_scheme="https")
    publishers = PicksField(Report.publishers, required=False, label="Who asks, if no column says so")
    report_kind = forms.ChoiceField(label="Kind of report", choices=ReportKind.choices, initial="other")
    date_order = forms.ChoiceField(
        label="How 3/4/2021 is meant", choices=[(key, ORDERS[key]) for key in DATE_ORDERS], initial="dmy"
    )
    separators = forms.CharField(
        label="What separates bodies in a cell", initial="; |", max_length=50, required=False,
        help_text="Signs with spaces between them. A line end separates too.",
    )  # fmt: skip
    regime = PickField(Report.regime, required=False, label="Rule that sets the time to answer")
    confirm_deadlines = forms.BooleanField(label="I confirm the days that this rule suggests", required=False)
    verification = forms.ChoiceField(
        label="How the rows were checked", choices=Verification.choices, initial="unverified"
    )
    publish = forms.BooleanField(label="Publish what is imported at once", required=False)

    ABOUT = ("name", "title", "source_kind", "source_url", "publishers", "report_kind")
    HOW = ("date_order", "separators", "regime", "confirm_deadlines", "verification", "publish")

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    def how(self) -> list[forms.BoundField]:
        return [self[name] for name in self.HOW]

    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("word_")]

    def definition(self) -> str:
        """The profile as TOML."""
        data = self.cleaned_data
        return written_profile(
            name=data["name"],
            title=data["title"],
            source={"kind": data["source_kind"], "title": data["title"], "url": data["source_url"]},
            columns={column.value: data[f"column_{column}"] for column in ImportColumn if column != "id"},
            publishers=[body.ref for body in data["publishers"]],
            separators=[*data["separators"].split(), "\n"],
            statuses={word: data[f"word_{n}"] for n, word in enumerate(self.seen.words)},
            plain={
                "date_order": data["date_order"],
                "verification": data["verification"],
                "publish": data["publish"],
                "regime": data["regime"].ref if data["regime"] else "",
                "confirm_deadlines": data["confirm_deadlines"],
            },
            report_kind=data["report_kind"],
        )


def match_form(seen: Seen) -> type[MatchForm]:
    """The form for one file: a choice for each thing that a column can say, and for each word of the status."""
    choices = [("", "—"), *((name, name) for name in seen.columns)]
    fields: dict[str, Any] = {"seen": seen}
    for column in ImportColumn:
        if column != ImportColumn.ID:
            fields[f"column_{column}"] = forms.ChoiceField(
                label=column.label.capitalize(), choices=choices, required=False, initial=seen.guess(column)
            )
    for number, word in enumerate(seen.words):
        fields[f"word_{number}"] = forms.ChoiceField(label=f"“{word}”", choices=MEANINGS, required=False)
    return type("MatchFormOfFile", (MatchForm,), fields)
