"""What notices tell of each body: the words of a mail, of a digest and of a feed are made of these.

One entry for each body: what it said, what was missed, what was wrong about an earlier mail, and the status shown now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from tracker.alerts.news import ANSWER_PUBLISHED, ANSWER_WITHDRAWN, CHALLENGE_PUBLISHED, Line, subjects
from tracker.models import Addressee, Answer, Challenge, Event, EventContent, Notice
from tracker.queries.addressees import describe
from tracker.queries.references import spoken
from tracker.vocabulary import EventKind, News, ResponseKind, day_label, days_label, position_label

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """What is told of one body."""

    addressee: Addressee
    words: str
    status: str
    summary: str
    source: str


@dataclass(frozen=True)
class Telling:
    """All that is told of one kind: of bodies, and matters that are of none."""

    kind: str
    label: str
    entries: list[Entry]
    matters: list[str]


def tellings(notices: Sequence[Notice], on: date) -> list[Telling]:
    """The notices by kind, in the order in which a mail tells them."""
    lines = [notice.event for notice in notices if notice.event]
    found = [
        Telling(kind, _LABELS.get(kind, ""), entries(told, on), [])
        for kind, entries in _KINDS.items()
        if (told := [line for line in lines if line.kind == kind])
    ]
    found += [
        Telling(
            news.value, capital(news.label), _others(others, on), [line(n.matter) for n in others if n.matter]
        )
        for news in News
        if (others := [n for n in notices if n.news == news and not (n.event and n.event.kind in _KINDS)])
    ]
    return found


def line(text: str) -> str:
    """A text on one line, without what a mail header or a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _answers(told: Sequence[Event], on: date) -> list[Entry]:
    """Answers that were published: what each says, and the status that is shown now."""
    answers = _answer_rows(told)
    statuses = _statuses([answer.addressee for answer in answers], on)
    return [
        Entry(
            addressee=answer.addressee,
            words=_position(answer),
            status=_unless_same(statuses.get(answer.addressee_id, ""), _position(answer)),
            summary=line(answer.summary),
            source=answer.response.source.read_at if answer.response.source else "",
        )
        for answer in answers
    ]


def _withdrawn_answers(told: Sequence[Event], on: date) -> list[Entry]:
    """Answers that are no longer on record: what was told, what is shown now, and why."""
    answers = _answer_rows(told)
    statuses = _statuses([answer.addressee for answer in answers], on)
    reasons = {event.subject_id: _reason(event) for event in told}
    return [
        Entry(
            addressee=answer.addressee,
            words=_position(answer),
            status=statuses.get(answer.addressee_id, "No longer shown to the public"),
            summary=reasons[answer.pk],
            source="",
        )
        for answer in answers
    ]


def _addressees(told: Sequence[Event], on: date) -> list[Entry]:
    """Deadlines that were missed, or were not after all: when, and the status that is shown now."""
    rows = {
        row.pk: row
        for row in Addressee.objects.filter(pk__in={event.subject_id for event in told}).select_related(
            "body", "recommendation__report", "via_group"
        )
    }
    statuses = _statuses(list(rows.values()), on)
    return [
        Entry(
            addressee=rows[event.subject_id],
            words=_deadline(event),
            status=statuses.get(event.subject_id, "No longer shown to the public"),
            summary="",
            source="",
        )
        for event in told
    ]


def _challenges(told: Sequence[Event], on: date) -> list[Entry]:
    """What is contested: by whom, in their words, and the status that is shown now."""
    rows = Challenge.objects.public().in_bulk({event.subject_id for event in told})
    about = subjects([Line(*(getattr(event, name) for name in Line._fields)) for event in told])
    ids = {each.addressee for few in about.values() for each in few}
    addressees = Addressee.objects.select_related("body", "recommendation__report", "via_group").in_bulk(ids)
    statuses = _statuses(list(addressees.values()), on)
    return [
        Entry(
            addressee=addressees[each.addressee],
            words=_contested(rows[event.subject_id]),
            status=statuses.get(each.addressee, "No longer shown to the public"),
            summary=line(rows[event.subject_id].reply or rows[event.subject_id].words),
            source="",
        )
        for event in told
        for each in about.get(event.pk, ())
        if event.subject_id in rows
    ]


def _contested(row: Challenge) -> str:
    """By whom, and what came of it."""
    came = f": {row.get_outcome_display()}" if row.outcome else ""
    return f"Contested by {row.get_by_whom_display()}{came}"


def _others(told: Sequence[Notice], on: date) -> list[Entry]:
    """News of any other kind: whom it concerns, what it says, and the status that is shown now."""
    rows = {(notice.addressee_id, _said(notice, on)): notice.addressee for notice in told if notice.addressee}
    statuses = _statuses(list(rows.values()), on)
    return [
        Entry(
            addressee=row,
            words=words,
            status=statuses.get(row.pk, "No longer shown to the public"),
            summary="",
            source="",
        )
        for (_, words), row in rows.items()
    ]


def _said(notice: Notice, on: date) -> str:
    """What a notice says by itself: which deadline is near, or is another now. Else the status says it."""
    if notice.due_on is not None:
        days = (notice.due_on - on).days
        when = "today" if days == 0 else f"in {days_label(days)}"
        return f"The time to {notice.clock} ends {when}, on {day_label(notice.due_on)}"
    row = notice.addressee
    if notice.news != News.DEADLINE_MOVED or row is None:
        return ""
    ends = [("answer", row.answer_due_on), ("act", row.act_by)]
    return "; ".join(f"The time to {clock} ends on {day_label(due)}" for clock, due in ends if due)


# The kinds of news in the order in which a mail tells them; the first one gives the subject.
_KINDS: dict[str, Callable[..., list[Entry]]] = {
    ANSWER_PUBLISHED: _answers,
    EventKind.DEADLINE_MISSED.value: _addressees,
    EventKind.PROMISE_MISSED.value: _addressees,
    EventKind.DEADLINE_MISS_RETRACTED.value: _addressees,
    EventKind.PROMISE_MISS_RETRACTED.value: _addressees,
    ANSWER_WITHDRAWN: _withdrawn_answers,
    CHALLENGE_PUBLISHED: _challenges,
    EventKind.CHALLENGE_ANSWERED.value: _challenges,
    EventKind.CHALLENGE_SETTLED.value: _challenges,
    EventKind.REVIEW_BEGUN.value: _addressees,
    EventKind.REVIEW_ENDED.value: _addressees,
}
_LABELS = {
    CHALLENGE_PUBLISHED: "Contested",
    EventKind.CHALLENGE_ANSWERED.value: "Contested, and answered by the register",
    EventKind.CHALLENGE_SETTLED.value: "Challenge settled",
    EventKind.REVIEW_BEGUN.value: "Under review",
    EventKind.REVIEW_ENDED.value: "No longer under review",
}


def _answer_rows(told: Sequence[Event]) -> list[Answer]:
    related = (
        "response__author",
        "response__source",
        "addressee__body",
        "addressee__via_group",
        "addressee__recommendation__report",
    )
    ids = {event.subject_id for event in told}
    return list(
        Answer.objects.filter(pk__in=ids).select_related(*related).order_by("addressee__body__name", "pk")
    )


def _statuses(addressees: Sequence[Addressee], on: date) -> dict[int, str]:
    """The status that the public is shown, in words, of those that it is shown at all."""
    ids = {addressee.pk for addressee in addressees}
    public = list(
        Addressee.objects.public().filter(pk__in=ids).select_related("recommendation__report", "body")
    )
    return {row.pk: view.status_label for row, view in zip(public, describe(public, on), strict=True)}


def _position(answer: Answer) -> str:
    """What an answer says, and who gave it where it was another."""
    label = position_label(answer.position, answer.basis) if answer.position else ""
    words = label or capital(ResponseKind.HOLDING.label)
    return (
        f"{words} (answered for it by {line(spoken(answer.response.author))})" if answer.on_behalf else words
    )


def _deadline(event: Event) -> str:
    """Which day passed; empty for a miss that was none. A miss is dated the day after the deadline."""
    clocks = {EventKind.DEADLINE_MISSED: "answer", EventKind.PROMISE_MISSED: "act"}
    clock = clocks.get(EventKind(event.kind))
    if clock is None or event.occurred_on is None:
        return ""
    return f"The time to {clock} ended on {day_label(event.occurred_on - ONE_DAY)}"


def _reason(event: Event) -> str:
    """The public reason of a line; empty where it gave none or was erased."""
    content = EventContent.objects.filter(event=event).first()
    if content is None or content.public is None:
        return ""
    return line(orjson.loads(bytes(content.public))["reason"])


def _unless_same(status: str, words: str) -> str:
    return "" if status == words else status


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
