"""What a save would change, before anything is saved: the same action is done, looked at, and undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracker.alerts.fanout import readers_told
from tracker.alerts.news import Line
from tracker.ledger import LOADER
from tracker.models import Addressee, Event
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.vocabulary import Role

NOT_PUBLIC = "Not shown to the public"
# A preview publishes in nobody's name, and undoes it: it shows the words as they will stand once two agreed.
PREVIEWING = LOADER


def statuses_of(addressees: Iterable[Addressee], on: date) -> dict[int, str]:
    """The public words for the status of each addressee; the same few queries however many there are."""
    rows = list(addressees)
    public = list(Addressee.objects.public().filter(pk__in=[row.pk for row in rows]))
    words = {row.pk: view.status_label for row, view in zip(public, describe(public, on), strict=True)}
    return {row.pk: words.get(row.pk, NOT_PUBLIC) for row in rows}


@dataclass(frozen=True)
class StatusChange:
    """The public words for one addressee as they are, and as they would be."""

    addressee: Addressee
    before: str
    after: str

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Preview:
    """What publishing would change, and how many would hear of it: people, and systems of partners."""

    changes: list[StatusChange]
    readers: int

    @property
    def moving(self) -> int:
        return sum(change.moves for change in self.changes)


class _Undone(Exception):
    """Raised inside the transaction, so that nothing of it stays."""


def tried(addressees: Sequence[Addressee], at: datetime, save: Callable[[], Any]) -> Preview:
    """Save, at a moment, read the public words, note who would be told, and undo it all.

    What the actions refuse comes up as it would on saving.
    """
    on = register_day(at)
    before = statuses_of(addressees, on)
    after: dict[int, str] = {}
    readers = 0
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with transaction.atomic():
            save()
            after = statuses_of(addressees, on)
            readers = readers_told(_as_staff_wrote_them(last, at), at)
            raise _Undone
    except _Undone:
        pass
    changes = [StatusChange(each, before[each.pk], after[each.pk]) for each in addressees]
    return Preview(changes, readers)


def _as_staff_wrote_them(after: int, at: datetime) -> list[Line]:
    """The lines of a moment, after the last one before. A preview publishes as a loader, whose lines are no news."""
    lines = Event.objects.filter(pk__gt=after, recorded_at=at).order_by("pk").values_list(*Line._fields)
    return [Line(*row)._replace(role=Role.STAFF) for row in lines]
