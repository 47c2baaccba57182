"""What a body bound itself to do by a day, and whether the public record shows that it did not."""

from datetime import date

from tracker.deadlines import extended, has_passed
from tracker.queries.facts import PublicRecord
from tracker.statuses import is_delivered
from tracker.vocabulary import Clock


def act_by_in_force(record: PublicRecord, on: date) -> date | None:
    """The time to act in force on a day."""
    first = record.addressee.first_act_by
    return extended(first, record.grants(Clock.ACT), on) if first else None


def promise_missed(record: PublicRecord, on: date) -> bool:
    """The time to act has passed on what was promised, nothing is delivered, and somebody looked after it.

    From public facts alone. A public check that found nothing is asked for because a draft extension, which the
    public must not see, may hold the promise back: staff check before anybody is called a breaker of promises.
    """
    act_by = act_by_in_force(record, on)
    if record.addressee.under_review_since is not None:  # it rests while staff look into a challenge
        return False
    if act_by is None or not has_passed(act_by, on) or not record.is_promised(on):
        return False
    if is_delivered(record.assessment_facts(), on):
        return False
    return any(act_by < looked <= on for looked in record.nothing_found_on(Clock.ACT))
