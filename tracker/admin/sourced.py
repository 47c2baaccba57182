"""The part of a form that says where a fact comes from: a source on record, or a new one. The source comes first."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.actions.entering import add_sources
from tracker.actions.papers import store, stored_name
from tracker.admin.acts import ActForm
from tracker.admin.fields import PickField, ProseField, SpanField
from tracker.admin.kept_paper import KeptPaperField
from tracker.admin.papers import to_keep
from tracker.importing.papers import read_paper
from tracker.ledger import Actor
from tracker.models import Response, Source
from tracker.models.base import span_columns
from tracker.vocabulary import SourceKind

# A long letter: what is longer is sent as a file.
LONGEST_PASTED = 200_000


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
        "source_text",
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
    source_text = ProseField(
        label="Or its words, pasted",
        required=False,
        max_length=LONGEST_PASTED,
        help_text="Of an e-mail or a letter of which there is no file. They are kept as a text file, for staff only.",
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
        if data.get("source_text"):
            self._check_pasted(data)
        return data

    def _check_pasted(self, data: dict[str, Any]) -> None:
        if data.get("source"):
            self.add_error(
                "source_text", "Words are pasted with a new source: clear them, or the source on record."
            )
        elif data.get("source_file"):
            self.add_error("source_text", "Send the file or paste its words: not both.")
        else:
            try:
                read_paper(data["source_text"].encode())
            except ValidationError as error:
                self.add_error("source_text", error)

    def bound(self, names: Any) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def own_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in ("source", *self.NEW_SOURCE)]

    def new_source(self) -> list[forms.BoundField]:
        return self.bound(self.NEW_SOURCE)


def source_of(data: dict[str, Any], by: Actor, at: datetime) -> Source:
    """The source chosen, or the new one, entered as a draft."""
    return data["source"] or _new_source(data, by, at)


def _paper_in(data: dict[str, Any]) -> tuple[str, str]:
    """The paper of a new source, which is stored: its name in the store and its hash. Pasted words are one too."""
    if kept := data["source_file"]:
        return kept.stored, kept.sha256
    if not data["source_text"]:
        return "", ""
    pasted = to_keep(read_paper(data["source_text"].encode()))
    assert pasted is not None
    store(pasted)
    return stored_name(pasted.sha256, pasted.extension), pasted.sha256


def _new_source(data: dict[str, Any], by: Actor, at: datetime) -> Source:
    file, sha256 = _paper_in(data)
    source = Source(
        kind=data["source_kind"],
        title=data["source_title"],
        url=data["source_url"],
        publisher=data["source_publisher"],
        file=file,
        file_sha256=sha256,
        **span_columns("dated", data["source_dated_on"]),
    )
    try:
        add_sources(sources=[source], by=by, at=at)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError({f"source_{name}": said for name, said in error.error_dict.items()}) from error
    return source
