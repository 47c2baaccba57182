"""Uploading the paper behind a source: the original for staff, and a redacted copy beside it for the public."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest

from tracker.actions.papers import Kept, keep_papers
from tracker.admin.acts import Act, ReasonForm
from tracker.importing.papers import LARGEST, Paper, as_download, read_paper
from tracker.ledger import Actor
from tracker.models import Source


class PaperField(forms.FileField):
    """A file that was read and found to be what it may be. Its value is a Paper, or None."""

    def clean(self, data: Any, initial: Any = None) -> Paper | None:
        file = super().clean(data)  # what stands in the address of a page is no file
        if not file:
            return None
        if file.size > LARGEST:
            raise ValidationError(
                f"The file is larger than {LARGEST // 1024 // 1024} MB: send a smaller copy."
            )
        return read_paper(file.read())


class PapersForm(ReasonForm):
    original = PaperField(required=False, help_text="As it came. Only staff see it, ever.")
    redacted = PaperField(
        required=False,
        label="A copy for the public",
        help_text="With names and addresses taken out, not only covered. It is looked through for what it hides.",
    )
    may_be_published = forms.BooleanField(
        required=False,
        label="Whoever sent it allows the register to publish the copy",
    )
    findings_seen = forms.BooleanField(
        required=False,
        label="I have looked at what was found in the copy, and it may be public",
        help_text="Only after it was shown to you: choose the file once more and tick this, or send a cleaner copy.",
    )
    field_order = ("original", "redacted", "may_be_published", "findings_seen", "reason")


def keep(sources: Sequence[Source], data: dict[str, Any], by: Actor, at: datetime) -> None:
    if len(sources) > 1:
        raise ValidationError("A file belongs to one source.")
    keep_papers(
        source=sources[0],
        original=to_keep(data["original"]),
        redacted=to_keep(data["redacted"]),
        may_be_published=data["may_be_published"],
        findings_seen=data["findings_seen"],
        reason=data["reason"],
        by=by,
        at=at,
    )


def to_keep(paper: Paper | None) -> Kept | None:
    return Kept(paper.content, paper.extension, paper.sha256, paper.findings) if paper else None


PAPERS = Act(
    "papers",
    "Files: original and redacted copy",
    keep,
    PapersForm,
    intro="The original is for staff only. The public sees the copy, once the source is published and whoever sent "
    "it allows it.",
)


def original_of(request: HttpRequest, source: Source | None) -> FileResponse:
    """The original, for staff, as a file to keep: no browser opens it in this site's name."""
    if source is None or not source.file:
        raise Http404
    if not request.user.has_perm("tracker.view_source"):
        raise PermissionDenied
    return as_download(source.file, source.ref)
