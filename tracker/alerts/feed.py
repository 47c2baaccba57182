"""The news of a filter as a feed has it: what everybody may read, one entry for each action, the latest first.

An entry is a function of the public lines: what is no longer true or public is in no entry.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, islice
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from tracker.alerts.messages import Section, sections_of, subject_of
from tracker.alerts.news import BY_STATUS, PUBLIC_KINDS, Line, is_backfill, news_of, subjects
from tracker.alerts.told import Known, known_of, line
from tracker.alerts.truth import verdicts
from tracker.models import Addressee, AddresseeWas, Event, Link, Notice
from tracker.queries.changes import parts_of
from tracker.queries.filters import AddresseeFilter, addressees_matching
from tracker.vocabulary import News, Noun

ENTRIES = 50
# Lines that are looked at: of a filter that fits few by their subjects, of one that fits many from the latest back.
LINES = 2_000
FEW = 500


@dataclass(frozen=True)
class Entry:
    """What happened in one action: a title as a mail would have for its subject, and what it tells."""

    id: str
    title: str
    lines: list[str]
    recorded_at: datetime
    report: str


Pair = tuple[int, int]


def entries(wanted: AddresseeFilter, *, epoch: UUID) -> list[Entry]:
    """The latest entries about the public addressees that a filter fits today, or fitted before or after a line."""
    on = wanted.as_of
    matching = addressees_matching(wanted)
    stood = _stood(wanted)
    events = _events(matching, {event for event, _ in stood})
    told = subjects(Line.of(event) for event in events)
    asked = {about.addressee for few in told.values() for about in few}
    fits_today = {*matching.filter(pk__in=asked).order_by().values_list("pk", flat=True)}
    shown = {
        row.pk: row
        for row in Addressee.objects.public()
        .filter(pk__in=fits_today | ({pk for _, pk in stood} & asked))
        .select_related("body", "via_group", "recommendation__report")
    }
    notices: list[Notice] = []
    moved = _moved(events)
    for event in events:
        for about in told.get(event.pk, ()):
            news = news_of(Line.of(event), about, None, None)
            if not news and (event.pk, about.addressee) in moved:
                news = (News.STATUS_CHANGED,)
            fits = about.addressee in fits_today or (event.pk, about.addressee) in stood
            if news and fits and about.addressee in shown:
                # It is never saved: the words of mails are made of notices.
                notices.append(
                    Notice(pk=len(notices) + 1, event=event, addressee=shown[about.addressee], news=news[0])
                )
    true = verdicts([notice for notice in notices if notice.news != News.CORRECTED], on=on)
    notices = [notice for notice in notices if notice.pk not in true or true[notice.pk].tell]
    return _by_action(notices, epoch, on)


def _stood(wanted: AddresseeFilter) -> set[Pair]:
    """The lines, with whom they were about, before or after which a filter fitted that may fit no more.

    Of a filter by what never changes with a line there are none but those that fit today.
    """
    asked = _asked(wanted)
    if not asked:
        return set()
    all_along = addressees_matching(
        replace(wanted, status=(), position=(), answered_by="", implementation=(), view=())
    )
    rows = AddresseeWas.objects.filter(addressee__in=all_along.order_by().values("pk")).order_by("-pk")
    found: set[Pair] = set()
    later: dict[int, frozenset[str]] = {}
    for event, addressee, terms in rows.values_list("event", "addressee", "terms")[:LINES]:
        for held in (frozenset(terms), later.get(addressee, frozenset())):
            if all(held & words for words in asked):
                found.add((event, addressee))
        later[addressee] = frozenset(terms)
    return found


def _moved(events: Sequence[Event]) -> set[Pair]:
    """The lines that are news for the other status alone that came with them, with whom they are about."""
    asked = [e.pk for e in events if e.kind in BY_STATUS and not is_backfill(Line.of(e))]
    return (
        {*AddresseeWas.objects.filter(event__in=asked).values_list("event", "addressee")} if asked else set()
    )


def _asked(wanted: AddresseeFilter) -> list[frozenset[str]]:
    """Of each field asked for that changes with what a body says and does, the terms of which one must hold."""
    views = [f"{view}:" for view in wanted.view] or [""]
    words = {
        "status": wanted.status,
        "position": wanted.position,
        "answered_by": [wanted.answered_by] if wanted.answered_by else [],
        "implementation": [f"{view}{word}" for view in views for word in wanted.implementation],
    }
    return [frozenset(f"{field}={word}" for word in few) for field, few in words.items() if few]


def _events(matching: QuerySet[Addressee], stood: Collection[int]) -> list[Event]:
    """The public lines that may be about them, and those given, the latest first."""
    events = Event.objects.filter(public_seal__isnull=False, kind__in=PUBLIC_KINDS)
    few = list(matching.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        events = events.filter(_about(few) | Q(pk__in=stood))
    return list(events.select_related("public_seal").order_by("-public_seal__number")[:LINES])


def _about(addressees: Collection[int]) -> Q:
    """The lines about these addressees, by the index of subjects."""
    asks = Addressee.objects.filter(pk__in=addressees).values("recommendation")
    repeats = Link.objects.filter(other__in=asks)
    by_noun: dict[str, Collection[int]] = {
        **parts_of(addressees),
        Noun.RECOMMENDATION.value: {*asks.values_list("recommendation", flat=True)},
        Noun.LINK.value: {*repeats.values_list("pk", flat=True)},
    }
    found = Q(pk__in=())
    for subject_type, ids in by_noun.items():
        found |= Q(subject_type=subject_type, subject_id__in=ids)
    return found


def _by_action(notices: Sequence[Notice], epoch: UUID, on: date) -> list[Entry]:
    """One entry for each action: what stands together in the chain is one letter."""
    by_action = groupby(notices, key=lambda notice: notice.event.action if notice.event else None)
    latest = [list(few) for _, few in islice(by_action, ENTRIES)]
    known = known_of([notice for few in latest for notice in few], on)
    return [_entry(few, epoch, known) for few in latest]


def _entry(notices: Sequence[Notice], epoch: UUID, known: Known) -> Entry:
    sections = sections_of(notices, known)
    event = notices[0].event
    assert event is not None  # each is made of a line
    report = notices[0].addressee.recommendation.report if notices[0].addressee else None
    return Entry(
        id=uuid5(epoch, str(event.public_seal.number)).urn,
        title=subject_of(sections, notices),
        lines=[text for section in sections for text in _lines(section)],
        recorded_at=event.recorded_at,
        report=report.ref if report else "",
    )


def _lines(section: Section) -> list[str]:
    found = []
    for block in section.blocks:
        said = [
            block.words,
            f"Shown now: {block.status}" if block.status else "",
            block.summary,
            block.source,
        ]
        told = ". ".join(text for text in said if text)
        found.append(line(f"{block.ask} — {', '.join(block.bodies)}: {told}"))
    return found
