"""What has become of a source: it no longer answers, it moved, it says something else, an archive keeps a copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change
from tracker.ledger import Actor
from tracker.models import Source
from tracker.queries.days import register_day
from tracker.vocabulary import EventKind, SourceState

_KINDS: dict[str, EventKind] = {
    "": EventKind.SOURCE_FOUND_AGAIN,
    SourceState.MOVED.value: EventKind.SOURCE_MOVED,
    SourceState.GONE.value: EventKind.SOURCE_GONE,
    SourceState.CHANGED.value: EventKind.SOURCE_CHANGED,
}


@dataclass(frozen=True)
class Found:
    """What was found of a source at an address: the address moved to, where it moved; its state, or none."""

    source: int
    url: str
    state: SourceState | None
    moved_to: str = ""


@transaction.atomic
def record_states(*, found: Sequence[Found], by: Actor, at: datetime) -> list[Source]:
    """Record what has become of sources, where it is not on record already; those of which something was recorded.

    Nothing of a source whose address was corrected since it was looked at.
    """
    changed = []
    writing = Writing(by, at)
    rows = Source.objects.select_for_update().in_bulk([each.source for each in found])
    seen = public_ids(list(rows.values())) if rows else set()
    for each in found:
        row = rows.get(each.source)
        state = each.state.value if each.state else ""
        if row is None or row.url != each.url or (row.state, row.moved_to) == (state, each.moved_to):
            continue
        on = register_day(at)
        values: dict[str, Any] = {
            "state": state,
            "state_on": on if state else None,
            "moved_to": each.moved_to,
        }
        change(
            [Change(row, values)], writing, kind=_KINDS[state].value, occurred_on=on, public=seen & {row.pk}
        )
        changed.append(row)
    return changed


@transaction.atomic
def record_archived_copy(*, source: Source, archived_url: str, by: Actor, at: datetime) -> None:
    """Record where an archive keeps a copy of a source; nothing where a copy is on record already."""
    row = Source.objects.select_for_update().get(pk=source.pk)
    if row.archived_url:
        return
    change(
        [Change(row, {"archived_url": archived_url})],
        Writing(by, at),
        kind=EventKind.SOURCE_ARCHIVED.value,
        occurred_on=register_day(at),
        public=public_ids([row]),
    )
