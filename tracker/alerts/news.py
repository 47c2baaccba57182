"""What kind of news a line of the ledger is, and whom it is about. One table says it for all kinds of lines."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from tracker.models import (
    Addressee,
    AddresseeSeen,
    Answer,
    Assessment,
    Check,
    Event,
    EventContent,
    Extension,
    Link,
    Silence,
)
from tracker.queries.concerned import CONCERNED
from tracker.queries.days import register_day
from tracker.queries.terms import Standing, Term, authors
from tracker.vocabulary import (
    Clock,
    EventKind,
    Finding,
    LinkKind,
    News,
    Noun,
    Role,
    Status,
    Step,
    fact_event,
)

# What occurred longer before it was recorded is history being filled in, and no news.
NEWS_DAYS = 30

ANSWER_PUBLISHED = fact_event(Noun.ANSWER, Step.PUBLISHED)
ANSWER_CORRECTED = fact_event(Noun.ANSWER, Step.CORRECTED)
ANSWER_WITHDRAWN = fact_event(Noun.ANSWER, Step.WITHDRAWN)
ASSESSMENT_PUBLISHED = fact_event(Noun.ASSESSMENT, Step.PUBLISHED)
ASSESSMENT_CORRECTED = fact_event(Noun.ASSESSMENT, Step.CORRECTED)
ASSESSMENT_WITHDRAWN = fact_event(Noun.ASSESSMENT, Step.WITHDRAWN)
ADDRESSEE_PUBLISHED = fact_event(Noun.ADDRESSEE, Step.PUBLISHED)
CHALLENGE_PUBLISHED = fact_event(Noun.CHALLENGE, Step.PUBLISHED)
CHALLENGE_WITHDRAWN = fact_event(Noun.CHALLENGE, Step.WITHDRAWN)
CHECK_PUBLISHED = fact_event(Noun.CHECK, Step.PUBLISHED)
CHECK_CORRECTED = fact_event(Noun.CHECK, Step.CORRECTED)
LINK_PUBLISHED = fact_event(Noun.LINK, Step.PUBLISHED)
LINK_CORRECTED = fact_event(Noun.LINK, Step.CORRECTED)
SILENCE_WITHDRAWN = fact_event(Noun.SILENCE, Step.WITHDRAWN)

# What follows a challenge: whoever shows the record elsewhere lets its adverse words rest, and says them again.
_CONTESTS = (
    EventKind.CHALLENGE_ANSWERED.value,
    EventKind.CHALLENGE_SETTLED.value,
    EventKind.REVIEW_BEGUN.value,
    EventKind.REVIEW_ENDED.value,
)

# Private lines: for staff.
_STAFF: Mapping[str, News] = {
    EventKind.DEADLINE_MISSED.value: News.DEADLINE_MISSED,
    EventKind.PROMISE_MISSED.value: News.PROMISE_MISSED,
}
# Public lines: for everybody.
_PUBLIC: Mapping[str, News] = {
    ANSWER_PUBLISHED: News.ANSWERED,
    EventKind.SILENCE_CONFIRMED.value: News.SILENCE_CONFIRMED,
    EventKind.DEADLINE_SET.value: News.DEADLINE_MOVED,
    EventKind.DEADLINE_MOVED.value: News.DEADLINE_MOVED,
    ASSESSMENT_PUBLISHED: News.DELIVERED,
    ADDRESSEE_PUBLISHED: News.ADDED,
    **{
        fact_event(noun, Step.CORRECTED): News.CORRECTED
        for noun in (
            Noun.ADDRESSEE,
            Noun.ANSWER,
            Noun.ASSESSMENT,
            Noun.EXTENSION,
            Noun.RECOMMENDATION,
            Noun.RESPONSE,
            Noun.CHALLENGE,
        )
    },
    **{
        fact_event(noun, Step.WITHDRAWN): News.WITHDRAWN
        for noun in (Noun.ADDRESSEE, Noun.ANSWER, Noun.ASSESSMENT, Noun.SILENCE, Noun.CHALLENGE)
    },
    EventKind.SILENCE_RETRACTED.value: News.WITHDRAWN,
    **dict.fromkeys((CHALLENGE_PUBLISHED, *_CONTESTS), News.CONTESTED),
}
# News for the other status alone that came with them.
BY_STATUS = (CHECK_PUBLISHED, EventKind.WAIT_ENDED.value)
# All lines that are news to somebody outside.
PUBLIC_KINDS = (*_PUBLIC, LINK_PUBLISHED, *BY_STATUS)
# After these lines the status may be another.
_MOVES_STATUS = {
    ANSWER_PUBLISHED,
    ANSWER_CORRECTED,
    ANSWER_WITHDRAWN,
    fact_event(Noun.RESPONSE, Step.CORRECTED),
    EventKind.SILENCE_CONFIRMED.value,
    EventKind.SILENCE_RETRACTED.value,
    SILENCE_WITHDRAWN,
    EventKind.DEADLINE_SET.value,
    EventKind.DEADLINE_MOVED.value,
    EventKind.WAIT_ENDED.value,
    CHECK_PUBLISHED,
}
# What is loaded, or old when it was recorded, is told in a digest only, as "added to the register".
_ADDS = {ADDRESSEE_PUBLISHED, ANSWER_PUBLISHED, ASSESSMENT_PUBLISHED}

# Which earlier news a correction takes back: whoever was told the one is told the other.
CORRECTS: dict[str, str] = {
    EventKind.DEADLINE_MISS_RETRACTED.value: EventKind.DEADLINE_MISSED.value,
    EventKind.PROMISE_MISS_RETRACTED.value: EventKind.PROMISE_MISSED.value,
    ANSWER_WITHDRAWN: ANSWER_PUBLISHED,
    ANSWER_CORRECTED: ANSWER_PUBLISHED,
    ASSESSMENT_WITHDRAWN: ASSESSMENT_PUBLISHED,
    ASSESSMENT_CORRECTED: ASSESSMENT_PUBLISHED,
    CHECK_CORRECTED: CHECK_PUBLISHED,
    LINK_CORRECTED: LINK_PUBLISHED,
    CHALLENGE_WITHDRAWN: CHALLENGE_PUBLISHED,
    EventKind.SILENCE_RETRACTED.value: EventKind.SILENCE_CONFIRMED.value,
    SILENCE_WITHDRAWN: EventKind.SILENCE_CONFIRMED.value,
    **{
        fact_event(noun, Step.WITHDRAWN): fact_event(noun, Step.PUBLISHED)
        for noun in (Noun.ADDRESSEE, Noun.CHECK, Noun.LINK)
    },
}
# A retracted miss takes back what a check made public of it too, of whom it is about and of that clock.
_CHECKED = {
    EventKind.DEADLINE_MISS_RETRACTED.value: Clock.ANSWER,
    EventKind.PROMISE_MISS_RETRACTED.value: Clock.ACT,
}
# What is withdrawn takes its corrections back as well: some heard of it by one.
_CORRECTED = {ANSWER_WITHDRAWN: ANSWER_CORRECTED, ASSESSMENT_WITHDRAWN: ASSESSMENT_CORRECTED}
# These change what was told; the others take it back.
CORRECTED_WORDS = (ANSWER_CORRECTED, ASSESSMENT_CORRECTED, CHECK_CORRECTED, LINK_CORRECTED)
# A corrected spelling takes nothing back; another value of one of these does.
_MATERIAL = {
    "position",
    "basis",
    "reason",
    "on_behalf",
    "conditions",
    "waits_for",
    "points_to",
    "alternative",
    "implementation",
    "finding",
    "clock",
    "kind",
}


class Line(NamedTuple):
    """A line of the ledger, as far as it decides who is told."""

    id: int
    kind: str
    subject_type: str
    subject_id: int
    is_public: bool
    occurred_on: date | None
    recorded_at: datetime
    role: str
    action: UUID

    @classmethod
    def of(cls, event: Event) -> "Line":
        return cls(*(getattr(event, name) for name in cls._fields))


@dataclass(frozen=True)
class About:
    """Whom a line is about, and what it says itself, whatever came after it."""

    addressee: int
    says: frozenset[Term] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)


def is_backfill(line: Line) -> bool:
    """Is this history being filled in? Then nobody gets a mail about it.

    Loaded from files, or over thirty days old when it was recorded. What shows no date was entered by a person
    who has just read it: that is news. A silence is confirmed on the day of its line, whenever somebody looked.
    """
    if line.role == Role.LOADER:
        return True
    if line.kind == EventKind.SILENCE_CONFIRMED:
        return False
    recorded = register_day(line.recorded_at)
    return line.occurred_on is not None and line.occurred_on < recorded - timedelta(days=NEWS_DAYS)


def news_of(
    line: Line, about: About, before: AddresseeSeen | None, after: Standing | None
) -> tuple[News, ...]:
    """The kinds of news that a line is for one addressee; whoever follows one of them is told."""
    if not line.is_public:
        kind = _STAFF.get(line.kind)
        return (kind,) if kind and not is_backfill(line) else ()
    if is_backfill(line):
        return (News.ADDED,) if line.kind in _ADDS else ()
    kinds = [_PUBLIC[line.kind]] if line.kind in _PUBLIC else []
    if _promise_was_looked_after(line, about):
        kinds.append(News.PROMISE_MISSED)
    if line.kind == LINK_PUBLISHED and about.facts.get("kind") == LinkKind.REPEATS:
        kinds.append(News.ASKED_AGAIN)
    if _status_changed(line, before, after):
        kinds.append(News.STATUS_CHANGED)
    return tuple(kinds)


def _promise_was_looked_after(line: Line, about: About) -> bool:
    """A public check found nothing delivered: staff knew, now everybody may."""
    return (
        line.kind == CHECK_PUBLISHED
        and about.facts.get("clock") == Clock.ACT
        and about.facts.get("finding") == Finding.NOTHING
    )


def _status_changed(line: Line, before: AddresseeSeen | None, after: Standing | None) -> bool:
    """Another status than when a line was last read. That a deadline passed is told once somebody has checked."""
    if line.kind not in _MOVES_STATUS or after is None:
        return False
    if after.status == Status.OVERDUE and line.kind != CHECK_PUBLISHED:
        return before is not None and before.status not in (Status.AWAITING, Status.OVERDUE)
    if before is None:
        return line.kind != CHECK_PUBLISHED
    return before.status != after.status


def taken_back(lines: Sequence[Line]) -> list[Line]:
    """The lines that show earlier news to be wrong, whoever was told it."""
    found = [
        line for line in lines if line.kind in CORRECTS and (line.is_public or _is_private_correction(line))
    ]
    corrected = [line.id for line in found if line.kind in CORRECTED_WORDS]
    slight = _slight(corrected) if corrected else set()
    return [line for line in found if line.id not in slight]


def wrong_lines(corrections: Sequence[Line]) -> list[tuple[int, str, str, int, UUID]]:
    """What each correction takes back: its line, and the kind and subject of the lines that turned out wrong."""
    taken = [
        (line.id, CORRECTS[line.kind], line.subject_type, line.subject_id, line.action)
        for line in corrections
    ]
    taken += [
        (line.id, _CORRECTED[line.kind], line.subject_type, line.subject_id, line.action)
        for line in corrections
        if line.kind in _CORRECTED
    ]
    retracted = [line for line in corrections if line.kind in _CHECKED]
    checks = (
        Check.objects.filter(addressee__any_of=[line.subject_id for line in retracted]) if retracted else ()
    )
    return taken + [
        (line.id, CHECK_PUBLISHED, Noun.CHECK.value, check.pk, line.action)
        for check in checks
        for line in retracted
        if line.subject_id == check.addressee_id and check.clock == _CHECKED[line.kind]
    ]


def _is_private_correction(line: Line) -> bool:
    """A miss that was told to staff is taken back to staff."""
    return line.kind in (EventKind.DEADLINE_MISS_RETRACTED, EventKind.PROMISE_MISS_RETRACTED)


def _slight(events: Collection[int]) -> set[int]:
    """The corrections that change nothing of substance, or whose content was erased."""
    said = EventContent.objects.filter(event__any_of=events).values_list("event", "public")
    changed = {event: set(orjson.loads(bytes(public))["after"]) for event, public in said if public}
    return {event for event in events if not changed.get(event, set()) & _MATERIAL}


def subjects(lines: Iterable[Line]) -> dict[int, list[About]]:
    """Whom each line is about, by the id of the line. One query for each kind of subject."""
    by_noun: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_noun[line.subject_type].append(line)
    found: dict[int, list[About]] = {}
    for noun, few in by_noun.items():
        look = _LOOKS.get(noun)
        if look:
            known = look({line.subject_id for line in few})
            found |= {line.id: known[line.subject_id] for line in few if line.subject_id in known}
    return found


def _addressees(ids: Collection[int]) -> dict[int, list[About]]:
    return {pk: [About(pk)] for pk in ids}


def _answers(ids: Collection[int]) -> dict[int, list[About]]:
    """An answer says its own position, though a later one may be in force by now."""
    rows = list(
        Answer.objects.filter(pk__any_of=ids).values_list(
            "pk", "addressee", "position", "on_behalf", "response"
        )
    )
    wrote = authors({row[4] for row in rows})
    found = {}
    for pk, addressee, position, on_behalf, response in rows:
        says: set[Term] = {("answered_by", body) for body in wrote.get(response, ())}
        if position:
            status = Status.ANSWERED_FOR_IT.value if on_behalf else position
            says |= {("position", position), ("status", status)}
        found[pk] = [About(addressee, frozenset(says))]
    return found


def _parts(model: type[Any], *facts: str) -> Any:
    """Facts that name their addressee."""

    def look(ids: Collection[int]) -> dict[int, list[About]]:
        rows = model.objects.filter(pk__any_of=ids).values("pk", "addressee_id", *facts)
        return {
            row["pk"]: [About(row["addressee_id"], facts={name: row[name] for name in facts})] for row in rows
        }

    return look


def _responses(ids: Collection[int]) -> dict[int, list[About]]:
    found: dict[int, list[About]] = defaultdict(list)
    rows = Answer.objects.public(given=("response",)).filter(response__any_of=ids).order_by("pk")
    for response, addressee in rows.values_list("response", "addressee"):
        found[response].append(About(addressee))
    return found


def _challenges(ids: Collection[int]) -> dict[int, list[About]]:
    """Whom a challenge concerns."""
    found: dict[int, list[About]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, addressee_id FROM ({CONCERNED}) AS of WHERE id = ANY(%s) ORDER BY addressee_id",
            [list(ids)],
        )
        for pk, addressee in cursor.fetchall():
            found[pk].append(About(addressee))
    return found


def _asks(ids: Collection[int]) -> dict[int, list[About]]:
    """What was asked is news to all whom it was put to."""
    found: dict[int, list[About]] = defaultdict(list)
    rows = Addressee.objects.filter(recommendation__any_of=ids).order_by("pk")
    for ask, pk in rows.values_list("recommendation", "pk"):
        found[ask].append(About(pk))
    return found


def _links(ids: Collection[int]) -> dict[int, list[About]]:
    """A repeat is news of the earlier ask: of all whom it was put to."""
    links = list(Link.objects.filter(pk__any_of=ids).values_list("pk", "kind", "other"))
    put: dict[int, list[int]] = defaultdict(list)
    rows = Addressee.objects.filter(recommendation__any_of={other for _, _, other in links}).order_by("pk")
    for ask, pk in rows.values_list("recommendation", "pk"):
        put[ask].append(pk)
    return {pk: [About(each, facts={"kind": kind}) for each in put[other]] for pk, kind, other in links}


_LOOKS: Mapping[str, Any] = {
    Noun.ADDRESSEE.value: _addressees,
    Noun.ANSWER.value: _answers,
    Noun.ASSESSMENT.value: _parts(Assessment),
    Noun.EXTENSION.value: _parts(Extension),
    Noun.SILENCE.value: _parts(Silence),
    Noun.CHECK.value: _parts(Check, "clock", "finding"),
    Noun.RECOMMENDATION.value: _asks,
    Noun.RESPONSE.value: _responses,
    Noun.LINK.value: _links,
    Noun.CHALLENGE.value: _challenges,
}
