"""Keeping the file behind a source, and the redacted copy of it that the public may see."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change, reasoned
from tracker.ledger import Actor
from tracker.models import Source, TaskRun
from tracker.queries.days import register_day
from tracker.vocabulary import Step, fact_event

FOLDER = "sources"
# How long a form may hold a file that no source names yet.
HELD_FOR = timedelta(days=1)
# The sweep asks each hour, and does it once a day.
FORGET_EVERY = timedelta(hours=20)


@dataclass(frozen=True)
class Kept:
    """A file to be kept: its bytes, what its name ends in, its hash, and what it was found to hide."""

    content: bytes
    extension: str
    sha256: str
    findings: tuple[str, ...] = ()


@transaction.atomic
def keep_papers(
    *,
    source: Source,
    original: Kept | None = None,
    redacted: Kept | None = None,
    may_be_published: bool,
    findings_seen: bool,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Store the original, which is never public, and a redacted copy, which is where its sender permits it.

    Raises ValidationError for a copy that hides something, until somebody has said that they looked; for a copy that
    is the original itself while that hides something; and for a permission without a copy to show.
    """
    reason = reasoned(reason)
    row = Source.objects.select_for_update().get(pk=source.pk)
    if redacted and redacted.findings and not findings_seen:
        raise ValidationError({"redacted": list(redacted.findings)})
    if may_be_published and not (redacted or row.redacted_file):
        raise ValidationError(
            {"redacted": ["Send the copy that the public may see: the original stays here."]}
        )
    values: dict[str, Any] = {"may_be_published": may_be_published}
    if original:
        values |= {"file": store(original), "file_sha256": original.sha256}
    if redacted:
        values |= {
            "redacted_file": store(redacted),
            "redacted_sha256": redacted.sha256,
            "redacted_findings": "\n".join(redacted.findings),
        }
    told = may_be_published != row.may_be_published
    change(
        [Change(row, values)],
        Writing(by, at),
        kind=fact_event(row.noun, Step.CORRECTED),
        occurred_on=register_day(at),
        public=public_ids([row]) if told else set(),
        reason=reason if told else "",
        staff_reason="" if told else reason,
    )


def store(kept: Kept) -> str:
    """Write a file under its own hash, before a row names it: what is rolled back leaves a file that nobody names.

    That is forgotten some days later (`forget_papers`), counted from when it was stored last.
    """
    name = stored_name(kept.sha256, kept.extension)
    if not is_stored(name):
        return default_storage.save(name, ContentFile(kept.content))
    os.utime(default_storage.path(name))
    return name


def forget_papers(*, at: datetime) -> int:
    """Delete the files that no source names and no form holds any more, unless it was done today; how many.

    A file is stored when it is chosen, and the form may never be saved. Whoever names one has stored it shortly
    before: so its age, looked at right before it goes, says that nobody is about to.
    """
    if TaskRun.objects.is_done("forget_papers", since=at - FORGET_EVERY):
        return 0
    named = {name for row in Source.objects.values_list("file", "redacted_file") for name in row if name}
    gone = [name for name in _stored() if name not in named and _forget_if_old(name, at)]
    TaskRun.objects.note("forget_papers", at=at)
    return len(gone)


def _forget_if_old(name: str, at: datetime) -> bool:
    is_old = at - default_storage.get_modified_time(name) > 2 * HELD_FOR
    if is_old:
        default_storage.delete(name)
    return is_old


def _stored() -> Iterator[str]:
    """The names of all papers."""
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        yield from (f"{FOLDER}/{folder}/{name}" for name in default_storage.listdir(f"{FOLDER}/{folder}")[1])


def stored_name(sha256: str, extension: str) -> str:
    """The name under which a file of this hash is stored."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}.{extension}"


def is_stored(name: str) -> bool:
    return default_storage.exists(name)
