"""The statuses that are shown, and the one public wording of each."""

from collections.abc import Iterable
from datetime import date

from django.db.models import TextChoices

from tracker.vocabulary.answers import Basis, Position
from tracker.vocabulary.challenges import Challenger
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
    UNDER_REVIEW = "under_review", "Under review"


STATUSES = (*Status.values, *Position.values)
# What is not said of a body while staff look into a challenge; nor is a refusal that is our reading.
RESTING = (Status.OVERDUE, Status.IGNORED, Status.DEFERRAL_ENDED)


# Each wording is a template; what stands in braces is a fact, or a part that is said only where its fact is there.
# They are data, because SQL says them too (`queries/wording.py`): no word of them stands anywhere else.
WORDINGS: dict[str, str] = {
    Status.AWAITING: f"{Status.AWAITING.label}; {{time}}{{held}}",
    Status.OVERDUE: f"{Status.OVERDUE.label}, {{days_overdue}} after the deadline{{held}}",
    Status.IGNORED: f"{Status.IGNORED.label}{{checked}}{{held}}",
    Status.ANSWERED_FOR_IT: f"{Status.ANSWERED_FOR_IT.label}; {{given_by}} answered for {{given_for}}: {{said}}",
    Status.DEFERRAL_ENDED: "Said it would wait for {waited_for}{came}; nothing since on record",
    Status.UNDER_REVIEW: f"{Status.UNDER_REVIEW.label} since {{reviewed_on}}",
    Position.DEFERRED: f"{Position.DEFERRED.label}{{waits}}",
}
# Behind any other status of what is under review.
REVIEWED = "; under review since {reviewed_on}"
# Behind any status of what is contested.
CONTESTED = "; contested by {contested_by}"
# Of each part: the fact it needs, what is said with it, and what without.
PARTS: dict[str, tuple[str, str, str]] = {
    "time": ("due_on", "due by {due_on}", "no confirmed time to answer"),
    "held": ("acknowledged", "; acknowledged {acknowledged}, not answered", ""),
    "checked": ("checked_on", " (checked {checked_on})", ""),
    "came": ("came_on", ", which came on {came_on}", ""),
    "waits": ("waited_for", ": waits for {waited_for}", ""),
}
A_DAY, DAYS = "1 day", "{days} days"
OUR_READING = "{position} (our reading)"
# When a holding reply came, by how well its date is known, as it stands after "acknowledged".
ACKNOWLEDGED: dict[str, str] = {
    Precision.DAY: "on {day}",
    Precision.BY: "by {day}",
    Precision.MONTH: "in {month}",
    Precision.YEAR: "in {year}",
    "": "on a day not on record",
}
# How a date follows that was moved, after the sentence of the first date.
MOVED, MOVED_BECAUSE = "{basis} Moved to {day}.", "{basis} Moved to {day}: {reason}"
# On whose behalf an answer was given.
FOR_A_GROUP, FOR_IT = "all {members_called}", "it"


def position_label(position: str, basis: str) -> str:
    """The public words for what a body said. A refusal that is our reading says so."""
    words = Position(position).label
    return OUR_READING.format(position=words) if is_our_refusal(position, basis) else words


def is_our_refusal(position: str, basis: str) -> bool:
    """The register reads an answer as a refusal, which the body did not say in terms: an adverse word of ours."""
    return position == Position.REJECTED and basis == Basis.OUR_READING


def day_label(on: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{on.day} {on:%B %Y}"


def days_label(days: int) -> str:
    """A number of days in words that agree with it."""
    return A_DAY if days == 1 else DAYS.format(days=days)


def acknowledged_label(latest: date | None, precision: str) -> str:
    """When a holding reply came, as it stands after "acknowledged"."""
    if latest is None:
        return ACKNOWLEDGED[""]
    return ACKNOWLEDGED[precision].format(day=day_label(latest), month=f"{latest:%B %Y}", year=f"{latest:%Y}")


def contesters(by_whom: Iterable[str]) -> str:
    """Who contests something, as it stands after "contested by": the body and those affected."""
    return " and ".join(Challenger(word).label for word in by_whom)


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
    reviewed_on: date | None = None,
    contested_by: str = "",
) -> str:
    """The one public wording of a status, with the facts it rests on. Every representation carries it.

    `given_by` answered for `given_for` ("all forces", "it"); `acknowledged` is the date of a holding reply;
    `reviewed_on` the day since which staff look into a challenge; `contested_by` who contests it (`contesters`).
    """
    since = day_label(reviewed_on) if reviewed_on else ""
    behind = REVIEWED.format(reviewed_on=since) if since and status != Status.UNDER_REVIEW else ""
    behind += CONTESTED.format(contested_by=contested_by) if contested_by else ""
    if status not in WORDINGS:
        return position_label(status, basis) + behind
    said = position_label(position, basis) if position else ""
    facts = {
        "due_on": day_label(due_on) if due_on else "",
        "days_overdue": days_label(days_overdue),
        "checked_on": day_label(checked_on) if checked_on else "",
        "came_on": day_label(came_on) if came_on else "",
        "said": said[:1].lower() + said[1:],
        "given_by": given_by,
        "given_for": given_for,
        "waited_for": waited_for,
        "acknowledged": acknowledged,
        "reviewed_on": since,
    }
    parts = {
        name: (there if facts[fact] else lacking).format(**facts)
        for name, (fact, there, lacking) in PARTS.items()
    }
    return WORDINGS[status].format(**facts, **parts) + behind


def moved_basis(basis: str, day: date, reason: str) -> str:
    """How a date follows that was moved to a day, and why, if that is on record."""
    return (MOVED_BECAUSE if reason else MOVED).format(basis=basis, day=day_label(day), reason=reason)
