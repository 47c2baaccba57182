"""From the ledger to notices: who is to be told of each line. Set-based, and in the transaction of the cursor.

What a line is news of is decided line by line (`news.py`); whom it reaches is one statement for a whole batch, by the
index of the terms of filters: it costs what it makes, not what there are subscriptions.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from tracker import garbage
from tracker.alerts.endpoints import KEPT
from tracker.alerts.news import (
    CHECK_PUBLISHED,
    About,
    Line,
    is_backfill,
    news_of,
    subjects,
    taken_back,
    wrong_lines,
)
from tracker.alerts.outbox import mail_host
from tracker.alerts.statements import columns, held_columns, planned_for_many
from tracker.models import AddresseeSeen, AlertCursor, Event, Notice, Seal
from tracker.queries.days import register_day
from tracker.queries.sql import execute
from tracker.queries.terms import FITTING, Standing, Term, fields_asked, standings
from tracker.vocabulary import News, Status

log = logging.getLogger(__name__)

LINES_AT_ONCE = 5_000
# More than this is no fault of a line: then nothing is read on until it is mended.
MOST_LEFT_OUT = 1_000
# Parts of the status: what a line says itself stands in their place.
_OF_THE_ANSWER = {"status", "position", "answered_by"}
# What changes with what a body says and does: how it was before a line is kept for feeds.
_CHANGING = (*sorted(_OF_THE_ANSWER), "implementation")


def make_notices(*, at: datetime) -> int:
    """Read what is new in the ledger and note whom it is to be told; how many notices were made.

    Lines that were left out earlier are tried first.
    """
    with garbage.put_off():
        made = _try_again(at)
    while True:
        with garbage.put_off():
            more = _read_on(at)
        if more is None:
            return made
        made += more


@transaction.atomic
def _read_on(at: datetime) -> int | None:
    """One batch; None when all is read, or while another worker reads.

    1. Lock the cursor. 2. Find the end of the batch: an action is never cut in two, for it is one mail.
    3. Make the notices of its news and of its corrections. 4. Move the cursor.
    """
    AlertCursor.objects.get_or_create(pk=1)
    cursor = _locked()
    end = _end_of_batch(cursor.number) if cursor else None
    if cursor is None or end is None:
        return None
    made, left_out = _note_what_can_be(_lines(seal__number__gt=cursor.number, seal__number__lte=end), at)
    cursor.number, cursor.left_out = end, [*cursor.left_out, *left_out]
    if len(cursor.left_out) > MOST_LEFT_OUT:
        raise RuntimeError(
            f"{len(cursor.left_out)} lines cannot be told: nothing is read on until that is mended"
        )
    cursor.save(update_fields=["number", "left_out"])
    return made


@transaction.atomic
def _try_again(at: datetime) -> int:
    """Make the notices of what was left out, if it can be told by now; how many."""
    cursor = _locked()
    if cursor is None or not cursor.left_out:
        return 0
    made, cursor.left_out = _note_what_can_be(_lines(pk__any_of=cursor.left_out), at)
    cursor.save(update_fields=["left_out"])
    return made


def _locked() -> AlertCursor | None:
    return AlertCursor.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _lines(**which: Any) -> list[Line]:
    """Lines in the order of the chain."""
    rows = Event.objects.filter(**which).order_by("seal__number").values_list(*Line._fields)
    return [Line(*row) for row in rows]


def _note_what_can_be(lines: Sequence[Line], at: datetime) -> tuple[int, list[int]]:
    """Make the notices of a batch; how many, and the ids of lines that cannot be told: one stops no other.

    Where the batch fails, each action of it is told by itself. A database that is gone is no fault of a line.
    """
    try:
        with transaction.atomic():
            return _note(lines, at), []
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("lines %s to %s could not be told together", lines[0].id, lines[-1].id)
    made, left_out = 0, []
    for action, few in groupby(lines, key=lambda line: line.action):
        told = list(few)
        try:
            with transaction.atomic():
                made += _note(told, at)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("the lines of action %s are left out for now", action)
            left_out += [line.id for line in told]
    return made, left_out


def _end_of_batch(after: int) -> int | None:
    """The number of the last line to read now; None where there is none. Lines of one action stand together."""
    unread = Seal.objects.filter(number__gt=after).order_by("number")
    last = (
        unread.select_related("event")[LINES_AT_ONCE - 1 :].first() or unread.select_related("event").last()
    )
    if last is None:
        return None
    beyond = unread.filter(number__gt=last.number).exclude(event__action=last.event.action).first()
    return beyond.number - 1 if beyond else unread.values_list("number", flat=True).last()


@dataclass
class _Batch:
    """The rows of one statement: lines with the states of whom they are about, and what held in each state."""

    told: list[tuple[Any, ...]] = field(default_factory=list)
    states: dict[frozenset[Term], int] = field(default_factory=dict)

    def tell(self, line: Line, about: About, news: Iterable[News], states: Iterable[frozenset[Term]]) -> None:
        """A line for one addressee, in each state in which a filter may fit it."""
        words = ",".join(news)
        for terms in {*states}:
            state = self.states.setdefault(terms, len(self.states))
            self.told.append(
                (line.id, about.addressee, state, words, line.is_public, is_backfill(line),
                 line.kind == CHECK_PUBLISHED and words == News.PROMISE_MISSED, line.recorded_at, line.action)
            )  # fmt: skip


def _note(lines: Sequence[Line], at: datetime) -> int:
    """Make the notices of some lines, one for each line and subscription.

    1. Whom each line is about. 2. How those stood when a line about them was last read, and how they stand now.
    3. The notices, and their messages. 4. How they stand is kept for the next change.
    """
    on = register_day(at)
    about = subjects(lines)
    ids = {each.addressee for few in about.values() for each in few}
    after = standings(ids, on) if ids else {}
    before = {seen.addressee_id: seen for seen in AddresseeSeen.objects.filter(pk__any_of=ids)}
    batch, stood = _Batch(), list[tuple[int, int, str]]()
    for line in lines:
        for each in about.get(line.id, ()):
            was, now = before.get(each.addressee), after.get(each.addressee)
            if news := news_of(line, each, was, now):
                batch.tell(line, each, news, _states(each, was, now, on))
            if not (line.is_public and was and now):
                continue
            terms = _changing(_held(was, on))
            if News.STATUS_CHANGED in news or terms != _changing(now.terms):
                stood.append((each.addressee, line.id, "\x1f".join(terms)))
    corrections = taken_back(lines)
    made = _insert(batch, corrections, at) if batch.told or corrections else 0
    checked = {
        each.addressee for line in lines if line.kind == CHECK_PUBLISHED for each in about.get(line.id, ())
    }
    _remember(before, after, checked)
    if stood:
        execute(_KEEP, columns(stood, 3, "row"))
    return made


def _held(before: AddresseeSeen, on: date) -> set[Term]:
    """What held when a line about it was last read; that a deadline has passed since, too."""
    held = {_term(text) for text in before.terms}
    if before.status == Status.AWAITING and before.due_on and before.due_on < on:
        held.add(("status", Status.OVERDUE.value))
    return held


def _changing(terms: Collection[Term]) -> list[str]:
    return sorted(f"{name}={value}" for name, value in terms if name in _CHANGING)


def _states(
    about: About, before: AddresseeSeen | None, after: Standing | None, on: date
) -> list[frozenset[Term]]:
    """What held before the change, after it, and by what the line says itself: a filter may fit any of them."""
    found = []
    if before is not None:
        held = _held(before, on)
        if after is not None:
            # Whose family it is, and where it is found, changes with other lines; since the last one somebody may
            # have begun to follow it.
            held |= {term for term in after.terms if term[0] in ("family", "q")}
        found.append(frozenset(held))
    if after is not None:
        found.append(after.terms)
        if about.says:
            rest = {term for term in after.terms if term[0] not in _OF_THE_ANSWER}
            found.append(frozenset(rest | about.says))
    return found


def _term(text: str) -> Term:
    field_, _, value = text.partition("=")
    return field_, value


def _remember(before: dict[int, AddresseeSeen], after: dict[int, Standing], checked: Collection[int]) -> None:
    """Keep how they stand. Who is no longer public is forgotten: nothing of it is told any more.

    That a deadline has passed is kept once somebody has checked: until then it was told to nobody outside.
    """
    if gone := [pk for pk in before if pk not in after]:
        AddresseeSeen.objects.filter(pk__any_of=gone).delete()
    kept = []
    for pk, now in after.items():
        was = before.get(pk)
        unsaid = now.status == Status.OVERDUE and pk not in checked
        quietly = unsaid and (was is None or was.status == Status.AWAITING)
        status = Status.AWAITING.value if quietly else now.status
        terms = sorted(f"{name}={value}" for name, value in now.terms)
        if was is None or (was.status, was.due_on, was.terms) != (status, now.due_on, terms):
            kept.append((pk, status, now.due_on, "\x1f".join(terms)))
    if kept:
        execute(_REMEMBER, columns(kept, 4, "row"))


def readers_told(lines: Sequence[Line], at: datetime) -> int:
    """How many readers some lines would be told to; each counts once. In a transaction that its caller undoes."""
    _note(lines, at)
    told = Notice.objects.filter(event__any_of=[line.id for line in lines], dropped_because="")
    readers = ("subscription__user", "subscription__address", "subscription__endpoint")
    return told.order_by().values(*readers).distinct().count()


def _insert(batch: _Batch, corrections: Sequence[Line], at: datetime) -> int:
    """All notices of a batch, and the messages of those that do not wait for a digest. How many were new."""
    asked = fields_asked()
    held = [(state, *term) for terms, state in batch.states.items() for term in terms if term[0] in asked]
    taken = wrong_lines(corrections)
    with planned_for_many():
        return execute(
            _NOTE,
            {
                **held_columns(held),
                **columns(batch.told, 9, "told"),
                **columns(taken, 5, "taken"),
                "at": at,
                "host": mail_host(),
                "kept": at - KEPT,
            },
        )


_REMEMBER = """
INSERT INTO tracker_addresseeseen (addressee_id, status, due_on, terms)
SELECT a, s, d, string_to_array(t, E'\\x1f')
FROM unnest(%(row0)b::bigint[], %(row1)b::text[], %(row2)b::date[], %(row3)b::text[]) AS x (a, s, d, t)
ON CONFLICT (addressee_id) DO UPDATE SET status = excluded.status, due_on = excluded.due_on, terms = excluded.terms
"""

_KEEP = """
INSERT INTO tracker_addresseewas (addressee_id, event_id, terms)
SELECT a, e, string_to_array(t, E'\\x1f')
FROM unnest(%(row0)b::bigint[], %(row1)b::bigint[], %(row2)b::text[]) AS x (a, e, t)
ON CONFLICT DO NOTHING
"""

# 1. held: what holds in each state. 2. fitting: the interests that fit a state: of each field of its terms one holds.
# 3. fresh: each line with each subscription to be told; who stops one meanwhile waits until it is told, and deletes
# that too. A correction goes to whoever has a notice of what it takes back, of what was told rather than of what was
# not; where a line is both, it is a correction. 4. The messages of those who are told at once; those of an endpoint
# that is switched off wait for its owner to ask for them (`endpoints.replay`). 5. The notices. The planner expects a
# handful of them, and for so few would look through all messages for each: `(… IN …) IS TRUE`, and a FULL JOIN (no
# message is without a notice), are looked up in a hash however few rows are expected.
_NOTE = f"""
WITH held (state, field, value) AS MATERIALIZED (
    SELECT * FROM unnest(%(held0)s::int[], %(held1)s::text[], %(held2)s::text[])
), {FITTING}, told AS (
    SELECT * FROM unnest(%(told0)b::bigint[], %(told1)b::bigint[], %(told2)b::int[], %(told3)b::text[],
                         %(told4)b::boolean[], %(told5)b::boolean[], %(told6)b::boolean[], %(told7)b::timestamptz[],
                         %(told8)b::uuid[])
    AS t (event, addressee, state, news, is_public, is_backfill, staff_know, recorded_at, action)
), taken AS (
    SELECT * FROM unnest(%(taken0)b::bigint[], %(taken1)b::text[], %(taken2)b::text[], %(taken3)b::bigint[],
                         %(taken4)b::uuid[])
    AS t (event, was, subject_type, subject_id, action)
), wanted AS (
    SELECT t.event, s.id AS subscription, t.addressee, t.action, NULL::bigint AS corrects, false AS was_told,
           CASE WHEN t.words[1] = ANY (s.kinds) THEN t.words[1] ELSE
               (SELECT n FROM unnest(t.words) WITH ORDINALITY AS u (n, place)
                WHERE n = ANY (s.kinds) ORDER BY place LIMIT 1)
           END AS news
    FROM (SELECT *, string_to_array(news, ',') AS words FROM told OFFSET 0) AS t
    JOIN fitting f ON f.state = t.state
    JOIN tracker_subscription s ON s.interest_id = f.interest
    WHERE s.created_at <= t.recorded_at
      AND (t.is_public OR s.user_id IS NOT NULL)
      AND NOT (t.staff_know AND s.user_id IS NOT NULL)
      AND (NOT t.is_backfill OR s.channel IN ('daily', 'weekly'))
      AND s.kinds && t.words::varchar[]
    UNION ALL
    SELECT t.event, n.subscription_id, n.addressee_id, t.action, n.id, n.told, 'corrected'
    FROM taken t
    JOIN tracker_event e ON e.subject_type = t.subject_type AND e.subject_id = t.subject_id AND e.kind = t.was
    JOIN tracker_notice n ON n.event_id = e.id
), followed AS MATERIALIZED (
    SELECT id FROM tracker_subscription WHERE id IN (SELECT subscription FROM wanted) ORDER BY id FOR KEY SHARE
), fresh AS MATERIALIZED (
    SELECT DISTINCT ON (w.event, w.subscription)
           w.*, s.channel, s.user_id, s.address_id, s.endpoint_id,
           coalesce(left('the endpoint was disabled: ' || nullif(p.disabled_because, ''), 200), '') AS off
    FROM wanted w
    JOIN tracker_subscription s ON s.id = w.subscription
    LEFT JOIN tracker_user u ON u.id = s.user_id
    LEFT JOIN tracker_address a ON a.id = s.address_id
    LEFT JOIN tracker_endpoint p ON p.id = s.endpoint_id
    WHERE (
        u.is_active OR (a.confirmed_at IS NOT NULL AND a.suspended_at IS NULL)
        OR (p.id IS NOT NULL AND p.deleted_at IS NULL AND (p.disabled_at IS NULL OR p.disabled_at > %(kept)s))
    ) AND (w.subscription IN (SELECT id FROM followed)) IS TRUE
      AND NOT EXISTS (SELECT 1 FROM tracker_notice n WHERE n.event_id = w.event AND n.subscription_id = w.subscription)
    ORDER BY w.event, w.subscription, w.was_told DESC, w.corrects DESC NULLS LAST, w.addressee
), mail AS (
    INSERT INTO tracker_message (purpose, user_id, address_id, action, state, message_id, mail_to, subject, text, html,
                                 created_at, next_attempt_at, attempts, outcome)
    SELECT 'news', user_id, address_id, action, 'pending', '<' || gen_random_uuid() || '@' || %(host)s || '>', '', '',
           '', '', %(at)s, %(at)s, 0, ''
    FROM (SELECT DISTINCT user_id, address_id, action FROM fresh WHERE channel = 'at_once') AS each
    ORDER BY action, user_id, address_id
    ON CONFLICT DO NOTHING
    RETURNING id, user_id, address_id, action
), call AS (
    INSERT INTO tracker_message (purpose, endpoint_id, event_id, action, state, message_id, mail_to, subject, text,
                                 html, created_at, next_attempt_at, attempts, outcome)
    SELECT 'call', endpoint_id, event, action, CASE off WHEN '' THEN 'pending' ELSE 'dropped' END,
           'msg_' || replace(gen_random_uuid()::text, '-', ''), '', '', '', '', %(at)s, %(at)s, 0, off
    FROM (SELECT DISTINCT endpoint_id, event, action, off FROM fresh WHERE channel = 'webhook') AS each
    WHERE NOT EXISTS (
        SELECT 1 FROM tracker_message m WHERE m.endpoint_id = each.endpoint_id AND m.event_id = each.event
    )
    ORDER BY event, endpoint_id
    RETURNING id, endpoint_id, event_id
)
INSERT INTO tracker_notice (subscription_id, news, event_id, addressee_id, clock, matter, created_at, message_id,
                            corrects_id, told, dropped_because)
SELECT f.subscription, f.news, f.event, f.addressee, '', '', %(at)s, coalesce(c.id, m.id), f.corrects, false, f.off
FROM fresh f
FULL JOIN call c ON c.endpoint_id = f.endpoint_id AND c.event_id = f.event
FULL JOIN mail m ON m.action = f.action
    AND coalesce(-m.user_id, m.address_id) = CASE f.channel WHEN 'at_once' THEN coalesce(-f.user_id, f.address_id) END
ORDER BY f.event, f.subscription
"""
