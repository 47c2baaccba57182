"""Letters that staff may send, with the facts filled in: what was asked, by when, what is on record, what would be
published. Drafts for a person to read and change; nothing here sends anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from tracker.deadlines import last_day
from tracker.models import Addressee, Body, Check
from tracker.models.base import span_of
from tracker.queries.addressees import AddresseeView, describe
from tracker.spans import day
from tracker.statuses import TIME_TO_REPLY
from tracker.vocabulary import (
    Clock,
    Finding,
    Status,
    day_label,
    status_label,
)

# No answer of its own is on record: of these a body may be asked for one.
UNANSWERED = frozenset(
    {Status.AWAITING, Status.OVERDUE, Status.IGNORED, Status.ANSWERED_FOR_IT, Status.DEFERRAL_ENDED}
)
# The longest address that every browser and server in between takes.
LONGEST_ADDRESS = 2_000
# The site on which `identifiers["whatdotheyknow"]` names a body's page.
ALAVETELI = "https://www.whatdotheyknow.com"


@dataclass(frozen=True)
class Letter:
    """One letter to one body. `request_url` opens the same as a request for information, where its page is known."""

    body: Body
    subject: str
    text: str
    contacts: list[str]
    request_url: str = ""


def _ordered(addressees: Sequence[Addressee]) -> list[tuple[Body, list[Addressee]]]:
    """The addressees by the body that has to answer now."""
    rows = sorted(addressees, key=lambda each: (_holder(each).name, _holder(each).pk, each.pk))
    return [
        (_holder(few[0]), few)
        for _, group in groupby(rows, key=lambda each: _holder(each).pk)
        if (few := list(group))
    ]


def _holder(addressee: Addressee) -> Body:
    return addressee.duty_holder or addressee.body


def _contacts(body: Body) -> list[str]:
    """Where it can be written to, as staff noted it."""
    found = body.contacts if isinstance(body.contacts, list) else [body.contacts]
    return [
        ": ".join(str(each[key]) for key in sorted(each, reverse=True) if each[key])  # purpose, then address
        if isinstance(each, dict)
        else str(each)
        for each in found
    ]


def _asked(view: AddresseeView, addressee: Addressee) -> str:
    report = addressee.recommendation.report
    dated = span_of(report, "dated")
    when = f" ({dated})" if dated else ""
    limb = f"({view.recommendation.limb})" if view.recommendation.limb else ""
    named = f"{view.recommendation.number}{limb}"
    number = f"recommendation {named}" if named else "the recommendation"
    return f"{number[0].upper()}{number[1:]} of “{report.title}”{when}: {view.recommendation.title}."


def _due(view: AddresseeView, on: date) -> str:
    if view.answer_due_on is None:
        return ""
    ends = "ended" if view.answer_due_on < on else "ends"
    return f"The time to answer {ends} on {day_label(view.answer_due_on)}. {view.answer_due_basis}".strip()


def _views(addressees: Sequence[Addressee], on: date) -> dict[int, AddresseeView]:
    rows = list(addressees)
    return {row.pk: view for row, view in zip(rows, describe(rows, on), strict=True)}


def reminders(addressees: Sequence[Addressee], on: date, signed: str) -> list[Letter]:
    """A letter to each body that has not answered, asking for its answer; none about what it has answered itself."""
    views = _views(addressees, on)
    letters = []
    for body, few in _ordered([each for each in addressees if views[each.pk].status in UNANSWERED]):
        asked = [_asked(views[each.pk], each) for each in few]
        asks = "\n\n".join(
            f"{words}\n{_due(views[each.pk], on)}\nOn our record today: {views[each.pk].status_label}."
            for words, each in zip(asked, few, strict=True)
        )
        text = (
            f"Dear {body.name},\n\nWe keep a public record of recommendations and of the answers to them. "
            f"We have found no answer of yours to the following:\n\n{asks}\n\n"
            "If you have answered, please tell us where the answer can be read. If you have not, please tell us "
            f"whether you accept the recommendation, and what you have done.\n\nYours faithfully,\n{signed}\n"
        )
        subject = f"Your answer to “{few[0].recommendation.report.title}”"
        letters.append(Letter(body, subject, text, _contacts(body), _request(body, subject, asks, asked)))
    return letters


def _request(body: Body, subject: str, asks: str, asked: Sequence[str]) -> str:
    """The address of a request for the answers to some asks: in full, by name, or as many by name as there is room."""
    for said in (asks, *(_so_many(asked, count) for count in range(len(asked), 0, -1))):
        letter = (
            "Please provide your answer to the following, and any document that records the decision on it:"
            f"\n\n{said}\n\nIf no answer was given, please say so."
        )
        address = request_address(body, subject, letter)
        if len(address) <= LONGEST_ADDRESS:
            return address
    return request_address(body, subject[:200], "Please provide your answer to its recommendations.")


def _so_many(asked: Sequence[str], count: int) -> str:
    more = len(asked) - count
    rest = [f"And {more} more recommendation{'s' if more > 1 else ''} of the same report."] if more else []
    return "\n\n".join([*asked[:count], *rest])


def request_address(body: Body, title: str, letter: str) -> str:
    """The address of a prefilled request on the body's page of an Alaveteli site; empty where that is not known.

    `default_letter` is the part between salutation and signature, which the site itself writes.
    """
    slug = str((body.identifiers or {}).get("whatdotheyknow", "")).strip().strip("/")
    if not slug or "/" in slug:
        return ""
    return f"{ALAVETELI}/new/{slug}?{urlencode({'title': title, 'default_letter': letter})}"


def notices(addressees: Sequence[Addressee], on: date, signed: str) -> list[Letter]:
    """A letter to each body that says what would be published of its silence, and until when it may answer."""
    views = _views(addressees, on)
    until = last_day(TIME_TO_REPLY, day(on))
    checked = last_checks(addressees)
    letters = []
    for body, few in _ordered(addressees):
        asks = "\n\n".join(f"{_asked(views[each.pk], each)}\n{_due(views[each.pk], on)}" for each in few)
        words = "\n".join(
            f"“{status_label(Status.IGNORED, checked_on=check.checked_on)}”"
            for check in {
                checked[each.pk].checked_on: checked[each.pk] for each in few if each.pk in checked
            }.values()
        )
        text = (
            f"Dear {body.name},\n\nWe keep a public record of recommendations and of the answers to them. "
            f"We looked for your answer to the following and found none:\n\n{asks}\n\n"
            f"Unless we hear from you by {day_label(until)}, the record will say of each:\n\n{words}\n\n"
            "If you have answered, please tell us where the answer can be read, and it will be recorded with its "
            f"date. An answer that you give later will be recorded too.\n\nYours faithfully,\n{signed}\n"
        )
        letters.append(Letter(body, "What our record will say of your answer", text, _contacts(body)))
    return letters


def last_checks(addressees: Sequence[Addressee]) -> dict[int, Check]:
    """The latest public check of each addressee that found no answer."""
    looked = (
        Check.objects.public()
        .filter(addressee__in=[each.pk for each in addressees], clock=Clock.ANSWER, finding=Finding.NOTHING)
        .order_by("checked_on", "pk")
    )
    return {check.addressee_id: check for check in looked}
