"""Publishing and withdrawing: what the public sees, and the lines that tell it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tracker.actions._publishing import must_be_publishable, publish_rows, withdraw_rows
from tracker.actions._second import held_back
from tracker.actions._timing import times_behind
from tracker.actions._writing import Change, Writing, reasoned
from tracker.actions.correcting import rules_follow
from tracker.ledger import Actor
from tracker.models import Fact


@transaction.atomic
def publish(*, facts: Sequence[Fact], by: Actor, at: datetime, reason: str = "") -> list[Fact]:
    """Publish facts, and append a full public line for each that becomes visible by it.

    1. Each must have a source, which is published with it, and have been checked; a silence is published by
       `second_silences` only.
    2. What is adverse and was written by whoever acts stays a draft, and waits for another person: these are
       returned (`TWO_PERSON_RULE`).
    3. The rows are marked, each with a private line.
    4. What the public sees now and did not before is told in full: the facts given whose ancestors are all
       public, and what was waiting below them.
    5. The clocks of the addressees touched are settled.

    Publishing what is public already changes nothing. Raises ValidationError naming what is missing.
    """
    writing = Writing(by, at)
    fresh = [fact for fact in facts if not fact.is_published]
    must_be_publishable(fresh)
    held = held_back(fresh, writing)
    waiting = {(type(fact), fact.pk) for fact in held}
    publish_rows([fact for fact in fresh if (type(fact), fact.pk) not in waiting], writing, reason)
    return held


@transaction.atomic
def withdraw(*, facts: Sequence[Fact], reason: str, by: Actor, at: datetime) -> None:
    """Withdraw facts: a tombstone for each that was visible, and for all that stood on it.

    Drafts are withdrawn too, in private: nothing is ever deleted. What a withdrawn rule alone made due is due no more.
    Raises ValidationError without a reason.
    """
    reason, writing = reasoned(reason), Writing(by, at)
    times = times_behind([Change(fact, {"withdrawn_at": at}) for fact in facts])
    withdraw_rows(facts, reason, writing)
    rules_follow(times, reason, writing)
