"""The part of a form that says where a fact comes from: a source on record, or a new one. The source comes first."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.actions.entering import add_sources
from tracker.admin.acts import ActForm
from tracker.admin.fields import PickField, SpanField
from tracker.admin.kept_paper import KeptPaperField
from tracker.ledger import Actor
from tracker.models import Response, Source
from tracker.models.base import span_columns
from tracker.vocabulary import SourceKind


class FromASource(ActForm):
    """Every form that enters facts of one document."""

    source_aliases = {"source_dated": "source_dated_on"}
    NEW_SOURCE = (
        "source_kind",
        "source_title",
        "source_url",
        "source_publisher",
        "source_dated_on",
        "source_file",
    )

    source = PickField(Response.source, required=False, label="A source on record")
    source_kind = forms.ChoiceField(label="Kind", choices=SourceKind.choices, required=False)
    source_title = forms.CharField(label="Title", max_length=500, required=False)
    source_url = forms.URLField(label="Address", max_length=1000, required=False, assume_scheme="https")
    source_publisher = forms.CharField(label="Publisher", max_length=300, required=False)
    source_dated_on = SpanField(label="Date", required=False)
    source_file = KeptPaperField(
        label="The paper itself",
        help_text="As it came: an e-mail, a letter, a PDF. Only staff see it, ever. A copy for the public is added "
        "on the source's page.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        file: Any = self.fields["source_file"]
        file.by = self.by

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") and data.get("source_title"):
            self.add_error("source", "Choose a source on record, or enter a new one: not both.")
        if not data.get("source") and not data.get("source_title") and "source" not in self.errors:
            self.add_error("source", "Name the source: nothing is recorded without one.")
        if data.get("source") and data.get("source_file"):
            self.add_error(
                "source_file",
                "A file is sent with a new source. Leave it out here, and add it on the page of the source on record, "
                "under Files; or clear the source on record and enter a new one.",
            )
        return data

    def bound(self, names: Any) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def own_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in ("source", *self.NEW_SOURCE)]

    def new_source(self) -> list[forms.BoundField]:
        return self.bound(self.NEW_SOURCE)


def source_of(data: dict[str, Any], by: Actor, at: datetime) -> Source:
    """The source chosen, or the new one, entered as a draft."""
    return data["source"] or _new_source(data, by, at)


def _new_source(data: dict[str, Any], by: Actor, at: datetime) -> Source:
    kept = data["source_file"]
    source = Source(
        kind=data["source_kind"],
        title=data["source_title"],
        url=data["source_url"],
        publisher=data["source_publisher"],
        file=kept.stored if kept else "",
        file_sha256=kept.sha256 if kept else "",
        **span_columns("dated", data["source_dated_on"]),
    )
    try:
        add_sources(sources=[source], by=by, at=at)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError({f"source_{name}": said for name, said in error.error_dict.items()}) from error
    return source
