"""Who has to deliver what was put to a body that has ended. Private to `tracker.actions`."""

from collections.abc import Collection, Iterable
from datetime import date

from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change
from tracker.models import Addressee, Body
from tracker.vocabulary import EventKind


def hand_over(
    addressees: Iterable[Addressee], successor: Body | None, on: date, writing: Writing, reason: str
) -> None:
    """Name who has to deliver what was put to others from a day on, with a line for each; None: they themselves."""
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


def hand_back(body: Body, heir: Body, on: date, writing: Writing, reason: str) -> None:
    """What passed from a body to `heir`, and further, goes back to it: it has not ended after all.

    Also what it held for bodies that ended before it. What those after it were asked themselves stays with them.
    """
    since = {each.pk for each in _line_of(heir)}
    before = {body.pk: body}
    while fresh := Body.objects.filter(successor__any_of=[*before]).exclude(pk__in=before):
        before |= {each.pk: each for each in fresh}
    rows = Addressee.objects.select_for_update().filter(body__any_of=[*before], duty_holder__any_of=since)
    rows = rows.order_by("pk")
    hand_over([row for row in rows if row.body_id != body.pk], body, on, writing, reason)
    hand_over([row for row in rows if row.body_id == body.pk], None, on, writing, reason)


def _line_of(body: Body) -> list[Body]:
    """A body and who came after it, the last one last; each once where successors go round."""
    found = {body.pk: body}
    while body.successor is not None and body.successor.pk not in found:
        body = body.successor
        found[body.pk] = body
    return [*found.values()]


def _last_successor(body: Body) -> Body:
    """Who came last after a body; the body itself where successors go round."""
    return _line_of(body)[-1]
