"""What a mail says. Its words stand in templates/emails/; here is what they are filled with.

One mail tells the notices of one action: what was answered, what was missed, what was wrong about an earlier mail.
What several bodies were told in the same words stands there once, with their names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import css_inline
import orjson
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tracker.alerts.news import (
    ANSWER_PUBLISHED,
    ANSWER_WITHDRAWN,
    CHALLENGE_PUBLISHED,
    CORRECTS,
    Line,
    subjects,
)
from tracker.models import Address, Addressee, Answer, Challenge, Event, EventContent, Notice, Report, User
from tracker.queries.addressees import describe
from tracker.queries.references import spoken
from tracker.vocabulary import EventKind, News, RecommendationKind, ResponseKind, day_label, position_label

ONE_DAY = timedelta(days=1)
# Room for the subject of a mail after the names: longer ones are cut by the reader's program anyway.
TITLE_LENGTH = 80
SUBJECT_LENGTH = 250

# A mail is read by programs that know no style sheet: each element carries its own. Nothing is fetched.
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True)
class Words:
    """A mail as it is sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Entry:
    """What is told of one body."""

    addressee: Addressee
    words: str
    status: str
    summary: str
    source: str


@dataclass(frozen=True)
class Block:
    """What is told in the same words of one ask to some bodies."""

    ask: str
    words: str
    status: str
    summary: str
    source: str
    bodies: list[str]


@dataclass(frozen=True)
class Section:
    """One kind of news: what it is, whom it concerns, what to do now."""

    kind: str
    label: str
    who: str
    what: str
    blocks: list[Block]
    matters: list[str]


def write(notices: Sequence[Notice], *, to: User | Address | None, on: date) -> Words:
    """The mail that tells somebody these notices, on a day."""
    lines = [notice.event for notice in notices if notice.event]
    sections = [
        _section(kind, _LABELS.get(kind, ""), entries(told, on))
        for kind, entries in _KINDS.items()
        if (told := [line for line in lines if line.kind == kind])
    ]
    sections += [
        _section(
            news.value,
            _capital(news.label),
            _others(others, on),
            [line(n.matter) for n in others if n.matter],
        )
        for news in News
        if (others := [n for n in notices if n.news == news and not (n.event and n.event.kind in _KINDS)])
    ]
    reports = _reports(notices)
    context = {
        "sections": sections,
        "lead": sections[0],
        "with_correction": any(section.kind in CORRECTS for section in sections[1:]),
        "name": (to.get_full_name() or to.get_username()) if isinstance(to, User) else "reader",
        "reports": reports,
        "title": _cut(line(reports[0].title), TITLE_LENGTH) if reports else "the register",
        "other_reports": len(reports) - 1,
        "report_urls": [(line(report.title), _admin_address(report)) for report in reports],
    }
    subject = line(render_to_string("emails/news-subject.txt", context))
    html = render_to_string("emails/news.html", context)
    return Words(
        subject=_cut(subject, SUBJECT_LENGTH),
        text=render_to_string("emails/news.txt", context),
        html=_INLINER.inline(html),
    )


def line(text: str) -> str:
    """A text on one line, without what a mail header or a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _section(kind: str, label: str, made: Sequence[Entry], matters: Sequence[str] = ()) -> Section:
    """All that is told of one kind."""
    blocks: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in made:
        same = (entry.addressee.recommendation_id, entry.words, entry.status, entry.summary, entry.source)
        blocks.setdefault(same, []).append(entry)
    said = {entry.words for entry in made}
    return Section(
        kind=kind,
        label=label,
        who=_who([entry.addressee for entry in made]),
        what=said.pop() if len(said) == 1 else "",
        blocks=[_block(few) for few in blocks.values()],
        matters=[*matters],
    )


def _block(entries: Sequence[Entry]) -> Block:
    first = entries[0]
    return Block(
        ask=_ask(first.addressee),
        words=first.words,
        status=first.status,
        summary=first.summary,
        source=first.source,
        bodies=[line(entry.addressee.body.name) for entry in entries],
    )


def _ask(addressee: Addressee) -> str:
    """An ask as a mail names it: Recommendation 1 (Stop it)."""
    ask = addressee.recommendation
    noun = (
        "Recommendation "
        if ask.kind == RecommendationKind.RECOMMENDATION and ask.number[:1].isdigit()
        else ""
    )
    return line(f"{noun}{ask.number}: {ask.title}" if ask.number else ask.title)


def _who(addressees: Sequence[Addressee]) -> str:
    """One body by its name; several by their number: 43 forces. Empty where it is about none."""
    if not addressees:
        return ""
    bodies = {addressee.body_id: addressee.body for addressee in addressees}
    if len(bodies) == 1:
        return line(next(iter(bodies.values())).name)
    groups = {addressee.via_group for addressee in addressees}
    group = groups.pop() if len(groups) == 1 else None
    return f"{len(bodies)} {line(group.members_called) if group else 'bodies'}"


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
            source=answer.response.source.url if answer.response.source else "",
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
    rows = {
        row.pk: row for row in Challenge.objects.public().filter(pk__in={event.subject_id for event in told})
    }
    about = subjects([Line(*(getattr(event, name) for name in Line._fields)) for event in told])
    ids = {each.addressee for few in about.values() for each in few}
    addressees = Addressee.objects.select_related("body", "recommendation__report", "via_group").in_bulk(ids)
    statuses = _statuses(list(addressees.values()), on)
    return [
        Entry(
            addressee=addressees[each.addressee],
            words=_contested(row),
            status=statuses.get(each.addressee, "No longer shown to the public"),
            summary=line(row.reply or row.words),
            source="",
        )
        for event in told
        if (row := rows.get(event.subject_id))
        for each in about.get(event.pk, ())
    ]


def _contested(row: Challenge) -> str:
    """By whom, and what came of it."""
    came = f": {row.get_outcome_display()}" if row.outcome else ""
    return f"Contested by {row.get_by_whom_display()}{came}"


def _others(told: Sequence[Notice], on: date) -> list[Entry]:
    """News of any other kind: whom it concerns, and the status that is shown now."""
    rows = {notice.addressee_id: notice.addressee for notice in told if notice.addressee}
    statuses = _statuses(list(rows.values()), on)
    return [
        Entry(
            addressee=row,
            words="",
            status=statuses.get(row.pk, "No longer shown to the public"),
            summary="",
            source="",
        )
        for row in rows.values()
    ]


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
    words = label or _capital(ResponseKind.HOLDING.label)
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


def _reports(notices: Sequence[Notice]) -> list[Report]:
    """The reports that the mail is about."""
    asks = [notice.addressee.recommendation for notice in notices if notice.addressee]
    told = {ask.report_id: ask.report for ask in asks}
    return sorted(told.values(), key=lambda report: (report.title, report.pk))


def _admin_address(report: Report) -> str:
    """The page on which staff work at a report, and stop following it."""
    return settings.SITE_URL + reverse("admin:tracker_report_change", args=[report.pk])


def _unless_same(status: str, words: str) -> str:
    return "" if status == words else status


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
