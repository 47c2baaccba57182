"""The statuses that are shown, and the one public wording of each."""

from datetime import date

from django.db.models import TextChoices

from tracker.vocabulary.answers import Basis, Position


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
    held = f"; acknowledged {acknowledged}, not answered" if acknowledged else ""
    match status:
        case Status.AWAITING:
            time = f"due by {day_label(due_on)}" if due_on else "no confirmed time to answer"
            return f"{Status.AWAITING.label}; {time}{held}"
        case Status.OVERDUE:
            return f"{Status.OVERDUE.label}, {days_label(days_overdue)} after the deadline{held}"
        case Status.IGNORED:
            checked = f" (checked {day_label(checked_on)})" if checked_on else ""
            return f"{Status.IGNORED.label}{checked}{held}"
        case Status.ANSWERED_FOR_IT:
            words = position_label(position, basis)
            words = words[0].lower() + words[1:]
            return f"{Status.ANSWERED_FOR_IT.label}; {given_by} answered for {given_for}: {words}"
        case Status.DEFERRAL_ENDED:
            came = f", which came on {day_label(came_on)}" if came_on else ""
            return f"Said it would wait for {waited_for}{came}; nothing since on record"
        case Position.DEFERRED:
            return f"Deferred: waits for {waited_for}" if waited_for else Position.DEFERRED.label
    return position_label(status, basis)
