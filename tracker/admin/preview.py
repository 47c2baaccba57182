"""What a save would change, before anything is saved: the same action is done, looked at, and undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from tracker.ledger import LOADER
from tracker.models import Addressee
from tracker.queries.addressees import describe
from tracker.queries.followers import followers_of

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
    """What publishing would change, and how many would hear of it."""

    changes: list[StatusChange]
    followers: int

    @property
    def moving(self) -> int:
        return sum(change.moves for change in self.changes)


class _Undone(Exception):
    """Raised inside the transaction, so that nothing of it stays."""


def tried(addressees: Sequence[Addressee], on: date, save: Callable[[], Any]) -> Preview:
    """Save, read the public words, and undo it all. What the actions refuse comes up as it would on saving."""
    before = statuses_of(addressees, on)
    after: dict[int, str] = {}
    try:
        with transaction.atomic():
            save()
            after = statuses_of(addressees, on)
            raise _Undone
    except _Undone:
        pass
    changes = [StatusChange(each, before[each.pk], after[each.pk]) for each in addressees]
    return Preview(changes, followers_of(addressees, on))
