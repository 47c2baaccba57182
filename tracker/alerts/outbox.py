"""Who is told, when to try again, when to give up.

The ledger is read by a cursor that moves in the transaction that makes the notices: nothing is lost between the two.
A message is claimed, committed, sent, and marked. Killed between sending and marking, a worker leaves a lease; when
it ends the same mail is sent again, under the same Message-ID.
"""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from tracker.alerts import messages
from tracker.alerts.transports.base import Mail, Transport, TransportError
from tracker.alerts.transports.email import EmailTransport
from tracker.alerts.truth import ANSWER_PUBLISHED, ANSWER_WITHDRAWN, CORRECTS, verdicts
from tracker.models import (
    Addressee,
    AlertCursor,
    Answer,
    Event,
    Message,
    MessageState,
    Notice,
    Seal,
    Subscription,
)
from tracker.queries.days import register_day
from tracker.vocabulary import EventKind, Noun, Role

log = logging.getLogger(__name__)

LINES_AT_ONCE = 1_000
# What occurred longer before it was recorded is history being filled in, and no news.
NEWS_DAYS = 30
# Longer than any mail takes, so that nobody sends what another is sending.
LEASE = timedelta(minutes=10)
# After each attempt; after the last one it is given up: ten attempts in three days.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
# What has to wait for somebody is looked at again after this long.
WAIT = timedelta(minutes=10)
# A mail server that hangs must not keep a worker from the sweeps: the rest waits for the next run.
RUN_SECONDS = 25

_NEWS = Q(kind__in=[EventKind.DEADLINE_MISSED, EventKind.PROMISE_MISSED]) | Q(
    kind=ANSWER_PUBLISHED, is_public=True
)
_CORRECTIONS = Q(kind__in=set(CORRECTS) - {ANSWER_WITHDRAWN}) | Q(kind=ANSWER_WITHDRAWN, is_public=True)


def make_notices(*, at: datetime) -> int:
    """Read what is new in the ledger and note whom it is to be told; how many notices were made."""
    made = 0
    while (more := _read_on(at)) is not None:
        made += more
    return made


@transaction.atomic
def _read_on(at: datetime) -> int | None:
    """One batch; None when all is read, or while another worker reads.

    1. Lock the cursor. 2. Find the end of the batch: an action is never cut in two, for it is one mail.
    3. Make the notices of its news, then of its corrections. 4. Move the cursor.
    """
    AlertCursor.objects.get_or_create(pk=1)
    cursor = AlertCursor.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    end = _end_of_batch(cursor.number) if cursor else None
    if cursor is None or end is None:
        return None
    lines = Event.objects.filter(seal__number__gt=cursor.number, seal__number__lte=end).order_by(
        "seal__number"
    )
    made = _note([line for line in lines.filter(_NEWS) if not is_backfill(line)], at)
    made += _note(list(lines.filter(_CORRECTIONS)), at)
    cursor.number = end
    cursor.save(update_fields=["number"])
    return made


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


def is_backfill(line: Event) -> bool:
    """Is this history being filled in? Then nobody gets a mail about it.

    Loaded from files, or over thirty days old when it was recorded. What shows no date was entered by a person
    who has just read it: that is news to their colleagues.
    """
    if line.role == Role.LOADER:
        return True
    recorded = register_day(line.recorded_at)
    return line.occurred_on is not None and line.occurred_on < recorded - timedelta(days=NEWS_DAYS)


def _note(lines: Sequence[Event], at: datetime) -> int:
    """Make the notices of some lines, one for each line and subscription, one message for each action and person."""
    wanted = _whom_to_tell(lines)
    earlier = _earlier([(line, one) for line, one in wanted if line.kind in CORRECTS])
    wanted = [
        (line, one) for line, one in wanted if line.kind not in CORRECTS or (line.pk, one.pk) in earlier
    ]
    made = _messages({(one.user_id, line.action) for line, one in wanted}, at)
    notices = [
        Notice(
            event=line,
            subscription=one,
            message_id=made[one.user_id, line.action],
            corrects_id=earlier.get((line.pk, one.pk)),
        )
        for line, one in wanted
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1_000)
    return len(notices)


def _whom_to_tell(lines: Sequence[Event]) -> list[tuple[Event, Subscription]]:
    """Each line with each subscription to its report. Who subscribed after it was recorded is not told of it."""
    reports = _reports(lines)
    following: dict[int, list[Subscription]] = {}
    for one in Subscription.objects.filter(report__in=set(reports.values()), user__is_active=True):
        following.setdefault(one.report_id, []).append(one)
    return [
        (line, one)
        for line in lines
        for one in following.get(reports.get((line.subject_type, line.subject_id), 0), [])
        if one.created_at <= line.recorded_at
    ]


def _reports(lines: Sequence[Event]) -> dict[tuple[str, int], int]:
    """The report of each line's answer or addressee."""
    ways = (
        (Noun.ANSWER, Answer, "addressee__recommendation__report"),
        (Noun.ADDRESSEE, Addressee, "recommendation__report"),
    )
    found: dict[tuple[str, int], int] = {}
    for noun, model, way in ways:
        ids = {line.subject_id for line in lines if line.subject_type == noun}
        rows = model._default_manager.filter(pk__in=ids).values_list("pk", way) if ids else ()
        found |= {(noun.value, pk): report for pk, report in rows}
    return found


def _earlier(corrections: Sequence[tuple[Event, Subscription]]) -> dict[tuple[int, int], int]:
    """For each correction and subscription, by id, the latest notice that it corrects."""
    if not corrections:
        return {}
    made = Notice.objects.filter(
        subscription__in={one.pk for _, one in corrections},
        event__kind__in=CORRECTS.values(),
        event__subject_id__in={line.subject_id for line, _ in corrections},
    ).select_related("event")
    latest: dict[tuple[int, str, int], int] = {}
    for notice in made.order_by("pk"):
        latest[notice.subscription_id, notice.event.kind, notice.event.subject_id] = notice.pk
    wanted = {(line.pk, one.pk): (one.pk, CORRECTS[line.kind], line.subject_id) for line, one in corrections}
    return {pair: latest[key] for pair, key in wanted.items() if key in latest}


def _messages(wanted: set[tuple[int, uuid.UUID]], at: datetime) -> dict[tuple[int, uuid.UUID], int]:
    """The message of each person and action, made where there is none yet."""
    new = [_new_message(user, action, at, due_at=at) for user, action in sorted(wanted)]
    Message.objects.bulk_create(new, ignore_conflicts=True, batch_size=1_000)
    made = Message.objects.filter(action__in={action for _, action in wanted})
    return {(message.user_id, message.action): message.pk for message in made}


def _new_message(user: int, action: uuid.UUID, at: datetime, *, due_at: datetime) -> Message:
    host = urlsplit(settings.SITE_URL).hostname or "register"
    return Message(
        user_id=user,
        action=action,
        message_id=f"<{uuid.uuid4()}@{host}>",
        created_at=at,
        next_attempt_at=due_at,
    )


def send_due_messages(*, clock: Callable[[], datetime], transport: Transport | None = None) -> int:
    """Send what is due, one after the other, for some seconds; how many were sent.

    Several workers share the work: each message is claimed by one of them.
    """
    transport = transport or EmailTransport()
    until = time.monotonic() + RUN_SECONDS
    sent = 0
    while time.monotonic() < until and (message := _claim(clock())):
        sent += _deliver(message, transport, clock())
    return sent


@transaction.atomic
def _claim(at: datetime) -> Message | None:
    """Take the message that has been due longest, on a lease; None where nothing is due.

    One whose lease has ended was being sent by a worker that was killed: nobody knows whether it arrived.
    """
    waiting = Q(state__in=[MessageState.PENDING, MessageState.SENDING])
    due = Message.objects.filter(waiting, next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    if message.state == MessageState.SENDING and message.text:
        message.notices.filter(dropped_because="").update(told=True)
    message.state = MessageState.SENDING
    message.attempts += 1
    message.next_attempt_at = at + LEASE
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    return message


def _deliver(message: Message, transport: Transport, at: datetime) -> bool:
    """Send one claimed message, outside every transaction, and mark what came of it. One poison row stops no other."""
    if message.attempts > len(PAUSES) + 1:
        _mark(
            message,
            MessageState.FAILED,
            f"given up: no worker lived to say what came of it ({message.outcome})",
        )
        return False
    try:
        mail = _prepare(message, at)
        if mail is None:
            return False
        transport.send(mail)
    except TransportError as error:
        _mark_refused(message, str(error), at, permanent=error.permanent)
        return False
    except (OperationalError, InterfaceError):
        raise  # the database is gone: the lease stands, and the task is tried again
    except Exception as error:
        log.exception("message %s could not be sent", message.pk)
        _mark_refused(message, f"a fault of ours: {type(error).__name__}: {error}", at)
        return False
    _mark_sent(message, at)
    return True


@transaction.atomic
def _prepare(message: Message, at: datetime) -> Mail | None:
    """The mail as it is to be sent now; None where nothing is left to tell.

    1. What is no longer true is struck out, what has to wait is put off. 2. The words are written at the first
    attempt, and anew only where something was struck out since.
    """
    notices = list(
        message.notices.filter(dropped_because="")
        .select_related("event__content", "subscription__report", "corrects__message")
        .order_by("pk")
    )
    left = _strike_out(message, notices, at)
    if not left:
        return None
    if len(left) < len(notices) or not message.text:
        words = messages.write(left, to=message.user, on=register_day(at))
        message.subject, message.text, message.html = words.subject, words.text, words.html
        message.save(update_fields=["subject", "text", "html"])
    return Mail(
        message_id=message.message_id,
        to=message.user.email,
        subject=message.subject,
        text=message.text,
        html=message.html,
        dated_at=message.created_at,
    )


def _strike_out(message: Message, notices: Sequence[Notice], at: datetime) -> list[Notice]:
    """The notices to tell now. The others are dropped, each with its reason, or wait in a message of their own."""
    if closed := _cannot_be_told(message):
        _mark(message, MessageState.DROPPED, closed)
        return []
    found = verdicts(notices, on=register_day(at))
    left = [n for n in notices if found[n.pk].tell or (found[n.pk].later and n.told)]
    waiting = [n for n in notices if found[n.pk].later and not n.told]
    dropped = [n for n in notices if not found[n.pk].tell and not found[n.pk].later]
    for notice in dropped:
        notice.dropped_because = found[notice.pk].why_not
    Notice.objects.bulk_update(dropped, ["dropped_because"], batch_size=500)
    why = (
        "; ".join(sorted({found[n.pk].why_not for n in [*dropped, *waiting]})) or "nobody follows it any more"
    )
    if waiting and not left:
        _put_off(message, why, at)
    elif waiting:
        later = _new_message(message.user_id, uuid.uuid4(), at, due_at=at + WAIT)
        later.save()
        Notice.objects.filter(pk__in=[n.pk for n in waiting]).update(message=later)
    elif not left:
        _mark(message, MessageState.DROPPED, why)
    return left


def _cannot_be_told(message: Message) -> str:
    """Why a person cannot be written to; empty if they can."""
    if not message.user.is_active:
        return "the account is closed"
    return "" if message.user.email else "the account has no e-mail address"


def _put_off(message: Message, why: str, at: datetime) -> None:
    """Wait, without counting an attempt."""
    _mark(message, MessageState.PENDING, why, attempts=message.attempts - 1, next_attempt_at=at + WAIT)


def _mark_refused(message: Message, why: str, at: datetime, *, permanent: bool = False) -> None:
    """Try again after a pause, or give up."""
    log.warning("message %s, attempt %s: %s", message.pk, message.attempts, why)
    if permanent or message.attempts > len(PAUSES):
        _mark(message, MessageState.FAILED, why)
    else:
        _mark(message, MessageState.PENDING, why, next_attempt_at=at + PAUSES[message.attempts - 1])


def _mark(message: Message, state: MessageState, outcome: str, **changes: Any) -> None:
    """Write down what came of our attempt; nothing where the lease ended and another worker has made the next."""
    ours = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, attempts=message.attempts)
    ours.update(state=state, outcome=_storable(outcome), **changes)


@transaction.atomic
def _mark_sent(message: Message, at: datetime) -> None:
    """It was sent, whoever holds the lease by now."""
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=at, outcome="")
    message.notices.filter(dropped_because="").update(told=True)


def _storable(outcome: str) -> str:
    """One line of what a server said, whatever it said."""
    return " ".join(outcome.replace("\x00", "").split())[:500]
