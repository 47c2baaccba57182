"""What notices tell of each body: the words of a mail, of a digest and of a feed are made of these.

One entry for each body: what it said, what was missed, what was wrong about an earlier mail, and the status shown now.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

from tracker.alerts.news import (
    ANSWER_PUBLISHED,
    ANSWER_WITHDRAWN,
    ASSESSMENT_PUBLISHED,
    CHALLENGE_PUBLISHED,
    Line,
    subjects,
)
from tracker.models import Addressee, Answer, Assessment, Challenge, Event, EventContent, Notice
from tracker.queries.addressees import describe
from tracker.queries.references import spoken
from tracker.vocabulary import (
    EventKind,
    News,
    Noun,
    ResponseKind,
    Step,
    day_label,
    days_label,
    fact_event,
    position_label,
)

ONE_DAY = timedelta(days=1)
NO_LONGER_SHOWN = "No longer shown to the public"


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


@dataclass(frozen=True)
class Known:
    """What is on record of the lines that some notices tell, and the status that the public is shown now.

    `statuses` knows those alone that the public is shown at all.
    """

    on: date
    addressees: dict[int, Addressee]
    answers: dict[int, Answer]
    assessments: dict[int, Assessment]
    challenges: dict[int, Challenge]
    concerned: dict[int, list[int]]
    reasons: dict[int, str]
    statuses: dict[int, str]


def known_of(notices: Sequence[Notice], on: date) -> Known:
    """What has to be known to tell these notices on a day. A fixed number of queries however many there are."""
    events = {notice.event_id: notice.event for notice in notices if notice.event}.values()
    by_kind: dict[Any, list[Event]] = defaultdict(list)
    for event in events:
        by_kind[_KINDS.get(event.kind)].append(event)
    answers = _answer_rows([*by_kind[_answers], *by_kind[_withdrawn_answers]])
    assessments = _assessment_rows(by_kind[_assessments])
    contested = by_kind[_challenges]
    concerned = {
        event: [about.addressee for about in few]
        for event, few in subjects([Line.of(event) for event in contested]).items()
    }
    ids = {event.subject_id for event in by_kind[_addressees]} | {
        pk for few in concerned.values() for pk in few
    }
    addressees = _addressee_rows(ids)
    told = {notice.addressee_id for notice in notices if notice.addressee_id}
    return Known(
        on=on,
        addressees=addressees,
        answers=answers,
        assessments=assessments,
        challenges=Challenge.objects.public().in_bulk({event.subject_id for event in contested}),
        concerned=concerned,
        reasons=_reasons(by_kind[_withdrawn_answers]),
        statuses=_statuses(
            told
            | {*addressees}
            | {answer.addressee_id for answer in answers.values()}
            | {row.addressee_id for row in assessments.values()},
            on,
        ),
    )


def tellings(notices: Sequence[Notice], known: Known) -> list[Telling]:
    """The notices by kind, in the order in which a mail tells them; empty where nothing of them is public any more."""
    lines = [notice.event for notice in notices if notice.event]
    found = [
        Telling(kind, _LABELS.get(kind, ""), entries(told, known), [])
        for kind, entries in _KINDS.items()
        if (told := [line for line in lines if line.kind == kind])
    ]
    found += [
        Telling(
            news.value,
            capital(news.label),
            _others(others, known),
            [line(n.matter) for n in others if n.matter],
        )
        for news in News
        if (others := [n for n in notices if n.news == news and not (n.event and n.event.kind in _KINDS)])
    ]
    return [telling for telling in found if telling.entries or telling.matters]


def line(text: str) -> str:
    """A text on one line, without what a mail header or a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _answers(told: Sequence[Event], known: Known) -> list[Entry]:
    """Answers that were published: what each says, and the status that is shown now."""
    return [
        Entry(
            addressee=answer.addressee,
            words=_position(answer),
            status=_unless_same(known.statuses.get(answer.addressee_id, ""), _position(answer)),
            summary=line(answer.summary),
            source=answer.response.source.read_at if answer.response.source else "",
        )
        for answer in _answers_of(told, known)
    ]


def _withdrawn_answers(told: Sequence[Event], known: Known) -> list[Entry]:
    """Answers that are no longer on record: what was told, what is shown now, and why."""
    return [
        Entry(
            addressee=answer.addressee,
            words=_position(answer),
            status=known.statuses.get(answer.addressee_id, NO_LONGER_SHOWN),
            summary=known.reasons.get(answer.pk, ""),
            source="",
        )
        for answer in _answers_of(told, known)
    ]


def _answers_of(told: Sequence[Event], known: Known) -> list[Answer]:
    ids = {event.subject_id for event in told}
    return [answer for pk, answer in known.answers.items() if pk in ids]


def _assessments(told: Sequence[Event], known: Known) -> list[Entry]:
    """How far something was delivered, and who says so: what was found, and the status that is shown now."""
    ids = {event.subject_id for event in told}
    return [
        Entry(
            addressee=row.addressee,
            words=f"{row.get_implementation_display()} ({row.get_view_display()})",
            status=known.statuses.get(row.addressee_id, ""),
            summary=line(row.summary),
            source=row.source.read_at if row.source else "",
        )
        for pk, row in known.assessments.items()
        if pk in ids
    ]


def _addressees(told: Sequence[Event], known: Known) -> list[Entry]:
    """Deadlines that were missed, or were not after all: when, and the status that is shown now."""
    return [
        Entry(
            addressee=known.addressees[event.subject_id],
            words=_deadline(event),
            status=known.statuses.get(event.subject_id, NO_LONGER_SHOWN),
            summary="",
            source="",
        )
        for event in told
    ]


def _challenges(told: Sequence[Event], known: Known) -> list[Entry]:
    """What is contested: by whom, in their words, and the status that is shown now.

    Of a whole ask only those whom the public is shown: to whom else it was put may be a draft.
    """
    return [
        Entry(
            addressee=known.addressees[pk],
            words=_contested(challenge),
            status=known.statuses[pk],
            summary=line(challenge.reply or challenge.words),
            source="",
        )
        for event in told
        if (challenge := known.challenges.get(event.subject_id))
        for pk in known.concerned.get(event.pk, ())
        if pk in known.statuses
    ]


def _contested(row: Challenge) -> str:
    """By whom, and what came of it."""
    came = f": {row.get_outcome_display()}" if row.outcome else ""
    return f"Contested by {row.get_by_whom_display()}{came}"


def _others(told: Sequence[Notice], known: Known) -> list[Entry]:
    """News of any other kind: whom it concerns, what it says, and the status that is shown now."""
    rows = {
        (notice.addressee_id, _said(notice, known.on)): notice.addressee
        for notice in told
        if notice.addressee
    }
    return [
        Entry(
            addressee=row,
            words=words,
            status=known.statuses.get(row.pk, NO_LONGER_SHOWN),
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
    if notice.corrects_id and notice.event and notice.event.kind in _TAKEN_BACK:
        return _TAKEN_BACK[notice.event.kind]
    row = notice.addressee
    if notice.news != News.DEADLINE_MOVED or row is None:
        return ""
    ends = [("answer", row.answer_due_on), ("act", row.act_by)]
    return "; ".join(f"The time to {clock} ends on {day_label(due)}" for clock, due in ends if due)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
    ASSESSMENT_PUBLISHED: _assessments,
}
_LABELS = {
    CHALLENGE_PUBLISHED: "Contested",
    EventKind.CHALLENGE_ANSWERED.value: "Contested, and answered by the register",
    EventKind.CHALLENGE_SETTLED.value: "Challenge settled",
    EventKind.REVIEW_BEGUN.value: "Under review",
    EventKind.REVIEW_ENDED.value: "No longer under review",
    ASSESSMENT_PUBLISHED: capital(News.DELIVERED.label),
}
# What an earlier mail told and the register says no more.
_TAKEN_BACK = {
    fact_event(Noun.ADDRESSEE, Step.WITHDRAWN): "Correction: it was not asked this; the entry was withdrawn",
    fact_event(Noun.ASSESSMENT, Step.WITHDRAWN): "Correction: the assessment was withdrawn",
    fact_event(Noun.CHECK, Step.WITHDRAWN): "Correction: the check was withdrawn",
    fact_event(Noun.CHECK, Step.CORRECTED): "Correction: the check found something else than we told",
    fact_event(Noun.CHALLENGE, Step.WITHDRAWN): "Correction: that it is contested was withdrawn",
    fact_event(Noun.LINK, Step.CORRECTED): "Correction: what was asked later is another link than we told",
    fact_event(Noun.LINK, Step.WITHDRAWN): "Correction: that it was recommended again was withdrawn",
    fact_event(Noun.SILENCE, Step.WITHDRAWN): "Correction: the confirmed silence was withdrawn",
    EventKind.SILENCE_RETRACTED.value: "Correction: the confirmed silence was taken back",
}


def _answer_rows(told: Sequence[Event]) -> dict[int, Answer]:
    """By the names of the bodies."""
    related = (
        "response__author",
        "response__source",
        "addressee__body",
        "addressee__via_group",
        "addressee__recommendation__report",
    )
    rows = Answer.objects.filter(pk__in={event.subject_id for event in told}).select_related(*related)
    return {row.pk: row for row in rows.order_by("addressee__body__name", "pk")}


def _assessment_rows(told: Sequence[Event]) -> dict[int, Assessment]:
    """By the names of the bodies."""
    related = (
        "source",
        "addressee__body",
        "addressee__via_group",
        "addressee__recommendation__report",
    )
    rows = Assessment.objects.public().filter(pk__in={event.subject_id for event in told})
    return {row.pk: row for row in rows.select_related(*related).order_by("addressee__body__name", "pk")}


def _addressee_rows(ids: Collection[int]) -> dict[int, Addressee]:
    return Addressee.objects.select_related("body", "recommendation__report", "via_group").in_bulk(ids)


def _statuses(ids: Collection[int], on: date) -> dict[int, str]:
    """The status that the public is shown, in words, of those that it is shown at all."""
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


def _reasons(told: Sequence[Event]) -> dict[int, str]:
    """The public reasons of lines, by their subjects; none where a line gave none or was erased."""
    of = {event.pk: event.subject_id for event in told}
    said = EventContent.objects.filter(event__in=of).order_by("event")
    return {
        of[event]: line(orjson.loads(bytes(public))["reason"])
        for event, public in said.values_list("event", "public")
        if public is not None
    }


def _unless_same(status: str, words: str) -> str:
    return "" if status == words else status


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
