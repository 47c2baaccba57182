"""The lines of the ledger about facts, read as a story: what changed, from what to what, who, when, why. For staff."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from tracker.models import Event, EventContent, Fact
from tracker.vocabulary import EVENT_KINDS, Role, Step

# More lines than this about one fact are shown from the latest back.
MOST = 500
_NEVER = object()


@dataclass(frozen=True)
class FieldChange:
    """One field before and after a line."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class HistoryLine:
    """One line of the ledger, with what it changed. `erased` says that its content is gone, by law.

    `source` is the name of the source that the fact had after it, in its own history; empty elsewhere, and for none.
    """

    id: int
    number: int | None
    public_number: int | None
    kind: str
    subject_type: str
    subject: str
    recorded_at: datetime
    occurred_on: date | None
    role: str
    actor: str
    reason: str
    source: str
    changes: tuple[FieldChange, ...]
    told_in_full: bool
    erased: bool
    is_public: bool

    @property
    def kind_label(self) -> str:
        return EVENT_KINDS.get(self.kind, self.kind)

    @property
    def role_label(self) -> str:
        return Role(self.role).label


def _lines() -> Any:
    return Event.objects.select_related("content", "seal", "public_seal")


def history_of(fact: Fact) -> list[HistoryLine]:
    """All lines about one fact, the latest first; two queries at most."""
    events = _lines().filter(subject_type=fact.noun, subject_id=fact.pk).order_by("-pk")[:MOST]
    return list(reversed(list(_told(reversed(events), fact.ref))))


def lines_in_words(facts: Sequence[Fact], since: datetime) -> str:
    """The lines about facts since a moment, in a sentence: what a save has just written. Empty if it wrote none."""
    about: dict[str, list[int]] = defaultdict(list)
    for fact in facts:
        about[fact.noun].append(fact.pk)
    events: list[Event] = []
    for noun, ids in about.items():
        events += _lines().filter(subject_type=noun, subject_id__any_of=ids, recorded_at__gte=since)
    if not events:
        return ""
    lines = [line_of(event) for event in sorted(events, key=lambda event: event.pk)]
    last, public = lines[-1], sum(line.is_public for line in lines)
    if len(lines) > 2:
        return f"Written: {len(lines)} lines, {lines[0].number} to {last.number}, {public} of them public."
    seen = f", public line {last.public_number}" if last.is_public else ", private"
    return f"Written: line {last.number}{seen}: {last.kind_label}."


def line_of(event: Event) -> HistoryLine:
    """One line by itself: what it says, with nothing before it."""
    return next(_told([event], ""))


def _told(events: Iterable[Event], subject: str) -> Iterator[HistoryLine]:
    """The lines in order, each compared with what the lines before it left."""
    values: dict[str, Any] = {}
    for event in events:
        public, staff = contents(event)
        after = {**staff.get("after", {}), **public.get("after", {})}
        changes = tuple(
            FieldChange(name, values.get(name), value)
            for name, value in after.items()
            if values.get(name, _NEVER) != value and (name in values or value not in (None, "", [], {}))
        )
        values |= after
        yield HistoryLine(
            id=event.pk,
            number=event.seal.number if hasattr(event, "seal") else None,
            public_number=event.public_seal.number if hasattr(event, "public_seal") else None,
            kind=event.kind,
            subject_type=event.subject_type,
            subject=subject or public.get("subject", {}).get("id", ""),
            recorded_at=event.recorded_at,
            occurred_on=event.occurred_on,
            role=event.role,
            actor=staff.get("actor", ""),
            reason=public.get("reason") or staff.get("public_reason") or staff.get("reason") or "",
            source=str(values.get("source") or ""),
            changes=changes,
            told_in_full=event.is_public and event.kind.endswith(f".{Step.PUBLISHED}"),
            erased=not hasattr(event, "content"),
            is_public=event.is_public,
        )


def contents(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a line says to everybody, and what only to staff; nothing of either once it is erased."""
    content: EventContent | None = getattr(event, "content", None)
    if content is None:
        return {}, {}
    public = orjson.loads(bytes(content.public)) if content.public else {}
    return public, orjson.loads(bytes(content.staff))


def lines_written_with(fact: Fact) -> list[HistoryLine]:
    """The lines of the transaction in which a fact was entered: one moment, and neighbours in the ledger."""
    first = Event.objects.filter(subject_type=fact.noun, subject_id=fact.pk).order_by("pk").first()
    if first is None:
        return []
    near = (first.pk - 100, first.pk + 20_000)
    events = _lines().filter(recorded_at=first.recorded_at, pk__range=near).order_by("pk")[: 4 * MOST]
    return [line for event in events for line in _told([event], "")]
