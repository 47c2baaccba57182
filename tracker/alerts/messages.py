"""What a mail says. Its words stand in templates/emails/; here is what they are filled with.

One mail tells the notices of one action: what was answered, what was missed, what was wrong about an earlier mail.
What several bodies were told in the same words stands there once, with their names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import css_inline
import orjson
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tracker.alerts.links import manage_link, stop_link
from tracker.alerts.news import ANSWER_PUBLISHED, ANSWER_WITHDRAWN, CORRECTS
from tracker.models import Address, Addressee, Answer, Event, EventContent, Notice, Report, User
from tracker.queries.addressees import describe
from tracker.queries.followed import in_words
from tracker.queries.references import spoken
from tracker.vocabulary import (
    EventKind,
    News,
    RecommendationKind,
    ResponseKind,
    day_label,
    days_label,
    position_label,
)

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
class Telling:
    """All that is told of one kind: of bodies, and matters that are of none."""

    kind: str
    label: str
    entries: list[Entry]
    matters: list[str]


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
    status: str
    blocks: list[Block]
    matters: list[str]


def write(notices: Sequence[Notice], *, to: User | Address | None, on: date) -> Words:
    """The mail that tells somebody these notices, on a day."""
    sections = [_section(told) for told in tellings(notices, on)]
    reports = reports_of(notices)
    context = {
        "sections": sections,
        "lead": sections[0],
        "with_correction": any(section.kind in CORRECTS for section in sections[1:]),
        "reports": reports,
        "title": cut(line(reports[0].title), TITLE_LENGTH) if reports else "the register",
        "other_reports": len(reports) - 1,
        **about_the_reader(notices, to, reports),
    }
    return rendered("news", context)


def rendered(name: str, context: dict[str, Any]) -> Words:
    """The three templates of a mail, filled."""
    html = render_to_string(f"emails/{name}.html", context)
    return Words(
        subject=cut(line(render_to_string(f"emails/{name}-subject.txt", context)), SUBJECT_LENGTH),
        text=render_to_string(f"emails/{name}.txt", context),
        html=_INLINER.inline(html),
    )


def about_the_reader(
    notices: Sequence[Notice], to: User | Address | None, reports: Sequence[Report]
) -> dict[str, Any]:
    """Who reads it, why they get it, where they read more, and how they stop it."""
    staff = isinstance(to, User)
    place = _admin_address if staff else _public_address
    return {
        "staff": staff,
        "name": (to.get_full_name() or to.get_username()) if isinstance(to, User) else "reader",
        "report_urls": [(line(report.title), place(report)) for report in reports],
        "whys": [] if staff else _followed(notices),
        "manage": manage_link(to) if isinstance(to, Address) else "",
        "stop": stop_link(to) if isinstance(to, Address) else "",
    }


def _followed(notices: Sequence[Notice]) -> list[str]:
    """The filters by which these notices reached their reader, in words."""
    wanted = {notice.subscription.interest_id: notice.subscription.interest.wanted for notice in notices}
    return sorted({line(in_words(words).words) for words in wanted.values()})


def tellings(notices: Sequence[Notice], on: date) -> list[Telling]:
    """The notices by kind, in the order in which a mail tells them."""
    lines = [notice.event for notice in notices if notice.event]
    found = [
        Telling(kind, "", entries(told, on), [])
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


def _section(told: Telling) -> Section:
    """One kind of news, what is the same for several bodies once."""
    blocks: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in told.entries:
        same = (entry.addressee.recommendation_id, entry.words, entry.status, entry.summary, entry.source)
        blocks.setdefault(same, []).append(entry)
    return Section(
        kind=told.kind,
        label=told.label,
        who=_who([entry.addressee for entry in told.entries]),
        what=_one_of(entry.words for entry in told.entries),
        status=_one_of(entry.status for entry in told.entries),
        blocks=[_block(few) for few in blocks.values()],
        matters=told.matters,
    )


def _one_of(said: Iterable[str]) -> str:
    """What is said of all of them; empty where they differ."""
    different = {*said}
    return different.pop() if len(different) == 1 else ""


def _block(entries: Sequence[Entry]) -> Block:
    first = entries[0]
    return Block(
        ask=ask_label(first.addressee),
        words=first.words,
        status=first.status,
        summary=first.summary,
        source=first.source,
        bodies=[line(entry.addressee.body.name) for entry in entries],
    )


def ask_label(addressee: Addressee) -> str:
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


def reports_of(notices: Sequence[Notice]) -> list[Report]:
    """The reports that the mail is about."""
    asks = [notice.addressee.recommendation for notice in notices if notice.addressee]
    told = {ask.report_id: ask.report for ask in asks}
    return sorted(told.values(), key=lambda report: (report.title, report.pk))


def _admin_address(report: Report) -> str:
    """The page on which staff work at a report, and stop following it."""
    return settings.SITE_URL + reverse("admin:tracker_report_change", args=[report.pk])


def _public_address(report: Report) -> str:
    """Where everybody reads of a report."""
    return f"{settings.SITE_URL}{reverse('front')}#{report.ref}"


def _unless_same(status: str, words: str) -> str:
    return "" if status == words else status


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
