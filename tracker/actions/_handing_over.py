"""Who has to deliver what was put to a body that has ended. Private to `tracker.actions`."""

from collections.abc import Collection, Iterable
from datetime import date

from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change
from tracker.models import Addressee, Body
from tracker.vocabulary import EventKind


def hand_over(
    addressees: Iterable[Addressee], successor: Body, on: date, writing: Writing, reason: str
) -> None:
    """Name the duty-holder of addressees whose body ended on a day, with a line for each."""
    rows = list(addressees)
    change(
        [Change(addressee, {"duty_holder": successor}) for addressee in rows],
        writing,
        kind=EventKind.DUTY_HOLDER_NAMED,
        occurred_on=on,
        public=public_ids(rows),
        reason=reason,
    )


def name_duty_holders_of(addressee_ids: Collection[int], writing: Writing) -> None:
    """Hand over what was entered just now for bodies that have ended already.

    The bodies are read after the addressees were written: who ends one meanwhile waits for them, or is seen here.
    """
    if not addressee_ids:
        return
    ended = Body.objects.filter(addressed__any_of=addressee_ids, successor__isnull=False).distinct()
    for body in ended.order_by("pk"):
        heir = _last_successor(body)
        rows = Addressee.objects.filter(pk__any_of=addressee_ids, body=body).exclude(body=heir).order_by("pk")
        assert body.ended_on is not None  # body_successor_after_its_end
        hand_over(rows, heir, body.ended_on, writing, f"{body} had ended when this was entered.")


def _last_successor(body: Body) -> Body:
    """Who came last after a body; the body itself where successors go round."""
    passed = {body.pk}
    heir = body
    while heir.successor is not None and heir.successor.pk not in passed:
        heir = heir.successor
        passed.add(heir.pk)
    return heir
