"""What a digest says: the news of a day or a week, by body, and under each body by report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.alerts.messages import Words, about_the_reader, ask_label, rendered, reports_of
from tracker.alerts.news import ANSWER_PUBLISHED, ANSWER_WITHDRAWN
from tracker.alerts.told import Entry, Telling, capital, known_of, line, tellings
from tracker.models import Address, Notice, User
from tracker.vocabulary import EVENT_KINDS, EventKind, News, day_label

# A mail is read: what is beyond stands in the register.
MOST_SHOWN = 200


@dataclass(frozen=True)
class Item:
    """One thing that happened to one ask."""

    label: str
    ask: str
    entry: Entry


@dataclass(frozen=True)
class OfReport:
    """What happened to the asks of one report."""

    title: str
    items: list[Item]


@dataclass(frozen=True)
class OfBody:
    """What happened to what one body was told."""

    name: str
    reports: list[OfReport]


def write(notices: Sequence[Notice], *, to: User | Address | None, on: date) -> Words | None:
    """The digest that tells somebody these notices, on a day; None where nothing of them is public any more."""
    told = tellings(notices, known_of(notices, on))
    if not told:
        return None
    heard = {notice.addressee_id for notice in notices if notice.news != News.ADDED}
    added = {notice.addressee_id for notice in notices if notice.news == News.ADDED} - heard
    items = sorted(
        (item for telling in told for item in _items(telling, added)),
        key=lambda item: (_body(item), _report(item), item.ask),
    )
    shown = items[:MOST_SHOWN]
    bodies = [
        OfBody(name, [OfReport(title, list(few)) for title, few in groupby(of_body, key=_report)])
        for name, of_body in groupby(shown, key=_body)
    ]
    names = list(dict.fromkeys(_body(item) for item in items))
    context = {
        "bodies": bodies,
        "matters": [matter for telling in told for matter in telling.matters],
        "count": len(items),
        "more": len(items) - len(shown),
        "lead": items[0] if len(items) == 1 else None,
        "names": names[:2],
        "other_bodies": len(names) - 2,
        "day": day_label(on),
        **about_the_reader(notices, to, reports_of(notices)),
    }
    return rendered("digest", context)


def _items(told: Telling, added: Collection[int | None]) -> list[Item]:
    """The entries of one kind, each with what happened. What is history being filled in says so."""
    label = told.label or capital(_NAMES.get(told.kind) or EVENT_KINDS[told.kind])
    return [
        Item(
            capital(News.ADDED.label) if entry.addressee.pk in added else label,
            ask_label(entry.addressee),
            entry,
        )
        for entry in told.entries
    ]


# What a digest calls the lines that a mail at once has headings of its own for.
_NAMES = {
    ANSWER_PUBLISHED: News.ANSWERED.label,
    ANSWER_WITHDRAWN: "correction: an answer was withdrawn",
    EventKind.DEADLINE_MISSED.value: News.DEADLINE_MISSED.label,
    EventKind.PROMISE_MISSED.value: News.PROMISE_MISSED.label,
    EventKind.DEADLINE_MISS_RETRACTED.value: "correction: it was no missed deadline",
    EventKind.PROMISE_MISS_RETRACTED.value: "correction: it was no missed time to act",
}


def _body(item: Item) -> str:
    return line(item.entry.addressee.body.name)


def _report(item: Item) -> str:
    return line(item.entry.addressee.recommendation.report.title)
