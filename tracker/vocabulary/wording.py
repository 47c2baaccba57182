"""The statuses that are shown, and the one public wording of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from string import Formatter

from django.db.models import TextChoices

from tracker.vocabulary.answers import Basis, Position
from tracker.vocabulary.clocks import Precision


class Status(TextChoices):
    """The status to show that is no position; a position is shown under its own word."""

    AWAITING = "awaiting", "No answer on record"
    OVERDUE = "overdue", "No response on record"
    IGNORED = "ignored", "No response found"
    ANSWERED_FOR_IT = "answered_for_it", "No answer of its own on record"
    DEFERRAL_ENDED = (
        "deferral_ended",
        "Said it would wait; what it waited for has come; nothing since",
    )


STATUSES = (*Status.values, *Position.values)


def position_label(position: str, basis: str) -> str:
    """The public words for what a body said. A refusal that is our reading says so."""
    words = Position(position).label
    ours = position == Position.REJECTED and basis == Basis.OUR_READING
    return f"{words} (our reading)" if ours else words


def day_label(on: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{on.day} {on:%B %Y}"


def days_label(days: int) -> str:
    """A number of days in words that agree with it."""
    return "1 day" if days == 1 else f"{days} days"


# The one public wording of each status: templates, of which the first counts whose deciding slots all have a value (the
# last needs none). Python fills them in here, PostgreSQL in `queries/wording.py`. What may stand in a slot:
# `due_on`, `checked_on`, `came_on` (days as people write them), `days`, `position` (its label, in lower case),
# `given_by` and `given_for` ("all forces", "it"), `waited_for`, and `held`, which may be empty.
STATUS_WORDING: Mapping[str, Sequence[str]] = {
    Status.AWAITING: (
        f"{Status.AWAITING.label}; due by {{due_on}}{{held}}",
        f"{Status.AWAITING.label}; no confirmed time to answer{{held}}",
    ),
    Status.OVERDUE: (f"{Status.OVERDUE.label}, {{days}} after the deadline{{held}}",),
    Status.IGNORED: (
        f"{Status.IGNORED.label} (checked {{checked_on}}){{held}}",
        f"{Status.IGNORED.label}{{held}}",
    ),
    Status.ANSWERED_FOR_IT: (
        f"{Status.ANSWERED_FOR_IT.label}; {{given_by}} answered for {{given_for}}: {{position}}",
    ),
    Status.DEFERRAL_ENDED: (
        "Said it would wait for {waited_for}, which came on {came_on}; nothing since on record",
        "Said it would wait for {waited_for}; nothing since on record",
    ),
    Position.DEFERRED: (f"{Position.DEFERRED.label}: waits for {{waited_for}}", Position.DEFERRED.label),
}
# What is added while only a holding reply is there; `acknowledged` says when it came.
HELD_WORDING = ("; acknowledged {acknowledged}, not answered", "")
# When a holding reply came, by how well its date is known; the last is for one whose date no source shows.
ACKNOWLEDGED_WORDING = {
    Precision.DAY.value: "on {day}",
    Precision.MONTH.value: "in {month}",
    Precision.YEAR.value: "in {year}",
    Precision.BY.value: "by {day}",
    "": "on a day not on record",
}
_MAY_BE_EMPTY = "held"


def parts_of(template: str) -> list[tuple[str, bool]]:
    """The words and the slots of a template, in order: (words, False) or (name, True)."""
    found: list[tuple[str, bool]] = []
    for words, name, _, _ in Formatter().parse(template):
        found += [(words, False)] if words else []
        found += [(name, True)] if name else []
    return found


def deciding(template: str) -> list[str]:
    """The slots without a value for which a template does not fit."""
    return [part for part, is_slot in parts_of(template) if is_slot and part != _MAY_BE_EMPTY]


def fill(templates: Sequence[str], values: Mapping[str, str]) -> str:
    """The first template that fits, with its slots filled."""
    fitting = (each for each in templates if all(values[name] for name in deciding(each)))
    return next(fitting, templates[-1]).format(**values)


def acknowledged_label(latest: date | None, precision: str) -> str:
    """When a holding reply came, as it stands after "acknowledged"; without a date, that none is on record."""
    if latest is None:
        return ACKNOWLEDGED_WORDING[""]
    when = {"day": day_label(latest), "month": f"{latest:%B %Y}", "year": f"{latest:%Y}"}
    return ACKNOWLEDGED_WORDING[precision].format(**when)


def in_a_sentence(label: str) -> str:
    """A label as it stands after a colon."""
    return label[0].lower() + label[1:]


def status_label(
    status: str,
    *,
    due_on: date | None = None,
    days_overdue: int = 0,
    checked_on: date | None = None,
    position: str = "",
    basis: str = "",
    given_by: str = "",
    given_for: str = "",
    waited_for: str = "",
    came_on: date | None = None,
    acknowledged: str = "",
) -> str:
    """The one public wording of a status, with the facts it rests on. Every representation carries it.

    `given_by` answered for `given_for` ("all forces", "it"); `acknowledged` is the date of a holding reply.
    """
    if status not in STATUS_WORDING:
        return position_label(status, basis)
    return fill(
        STATUS_WORDING[status],
        {
            "due_on": day_label(due_on) if due_on else "",
            "days": days_label(days_overdue),
            "checked_on": day_label(checked_on) if checked_on else "",
            "position": in_a_sentence(position_label(position, basis)) if position else "",
            "given_by": given_by,
            "given_for": given_for,
            "waited_for": waited_for,
            "came_on": day_label(came_on) if came_on else "",
            "held": fill(HELD_WORDING, {"acknowledged": acknowledged}),
        },
    )
