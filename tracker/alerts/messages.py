"""What a mail says. Its words stand in templates/emails/; here is what they are filled with.

One mail tells the notices of one action: what was answered, what was missed, what was wrong about an earlier mail.
What several bodies were told in the same words stands there once, with their names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tracker.alerts.links import manage_link, stop_link
from tracker.alerts.news import CORRECTS
from tracker.alerts.told import Entry, Known, Telling, cut, known_of, line, tellings
from tracker.models import Address, Addressee, Notice, Report, User
from tracker.queries.followed import all_in_words
from tracker.vocabulary import RecommendationKind

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


def write(notices: Sequence[Notice], *, to: User | Address | None, on: date) -> Words | None:
    """The mail that tells somebody these notices, on a day; None where nothing of them is public any more."""
    sections = sections_of(notices, known_of(notices, on))
    if not sections:
        return None
    reports = reports_of(notices)
    return rendered("news", {**_headline(sections, reports), **about_the_reader(notices, to, reports)})


def sections_of(notices: Sequence[Notice], known: Known) -> list[Section]:
    """What notices tell."""
    return [_section(told) for told in tellings(notices, known)]


def subject_of(sections: Sequence[Section], notices: Sequence[Notice]) -> str:
    """What a mail that tells it would have for its subject."""
    context = _headline(sections, reports_of(notices))
    return cut(line(render_to_string("emails/news-subject.txt", context)), SUBJECT_LENGTH)


def _headline(sections: Sequence[Section], reports: Sequence[Report]) -> dict[str, Any]:
    return {
        "sections": sections,
        "lead": sections[0],
        "with_correction": any(section.kind in CORRECTS for section in sections[1:]),
        "reports": reports,
        "title": cut(line(reports[0].title), TITLE_LENGTH) if reports else "the register",
        "other_reports": len(reports) - 1,
    }


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
    return sorted({line(followed.words) for followed in all_in_words(list(wanted.values()))})


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
