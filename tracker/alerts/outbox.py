"""Mails: what is sent when, when to try again, when to give up. Calls of endpoints stand in `calls.py`.

A message is claimed, committed, sent, and marked. Killed between sending and marking, a worker leaves a lease; when
it ends the same mail is sent again, under the same Message-ID.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from tracker.alerts import digest_words, messages
from tracker.alerts.addresses import suspend, suspension
from tracker.alerts.links import stop_link
from tracker.alerts.transports.base import Mail, Transport, TransportError
from tracker.alerts.transports.email import EmailTransport
from tracker.alerts.truth import NO_LONGER_PUBLIC, OVERTAKEN, WITHOUT_ROLE, overtaken, verdicts
from tracker.models import Message, MessageState, Notice
from tracker.queries.days import register_day
from tracker.vocabulary import Purpose

log = logging.getLogger(__name__)

# Longer than any mail takes, so that nobody sends what another is sending.
LEASE = timedelta(minutes=10)
# After each attempt; after the last one it is given up: ten attempts in three days.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
# What has to wait for somebody is looked at again after this long.
WAIT = timedelta(minutes=10)
NOBODY = "its mail server says that nobody has it"
# A mail server that hangs must not keep a worker from the sweeps: the rest waits for the next run.
RUN_SECONDS = 25


def new_mail(*, at: datetime, **fields: Any) -> Message:
    """A mail with an id of its own, due at once; not saved. `fields` say to whom, and the words of a letter."""
    defaults = {"action": uuid.uuid4(), "next_attempt_at": at}
    return Message(message_id=f"<{uuid.uuid4()}@{mail_host()}>", created_at=at, **{**defaults, **fields})


def mail_host() -> str:
    """What the ids of our mails end in."""
    return urlsplit(settings.SITE_URL).hostname or "register"


@contextmanager
def faults_told() -> Iterator[None]:
    """A fault of ours is told as a mail server's refusal is: one poison row stops no other. Raises TransportError.

    A database that is gone is none: the lease stands, and the task is tried again.
    """
    try:
        yield
    except (TransportError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("a mail could not be sent")
        raise TransportError(f"a fault of ours: {type(error).__name__}: {error}") from error


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
    waiting = Q(state__in=[MessageState.PENDING, MessageState.SENDING], endpoint=None)
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
        with faults_told():
            mail = _prepare(message, at)
            if mail is None:
                return False
            transport.send(mail)
    except TransportError as error:
        if error.nobody:
            suspend(message.recipient, NOBODY, at=at)
        if error.perhaps:
            message.notices.filter(dropped_because="").update(told=True)
        _mark_refused(message, str(error), at, permanent=error.permanent)
        return False
    _mark_sent(message, at)
    return True


@transaction.atomic
def _prepare(message: Message, at: datetime) -> Mail | None:
    """The mail as it is to be sent now; None where nothing is left to tell.

    1. What is no longer true is struck out, what has to wait is put off. 2. The words are written at the first
    attempt, and anew only where something was struck out since, or is under review: its adverse words rest.
    """
    if closed := _cannot_be_told(message):
        _mark(message, MessageState.DROPPED, closed)
        return None
    if message.purpose != Purpose.LETTER:
        notices = list(
            message.notices.filter(dropped_because="")
            .select_related(
                "event",
                "addressee__recommendation__report",
                "addressee__body",
                "addressee__via_group",
                "subscription__interest",
                "corrects__message",
            )
            .order_by("pk")
        )
        left = _strike_out(message, notices, at)
        if not left:
            return None
        reviewed = any(n.addressee and n.addressee.under_review_since for n in left)
        if len(left) < len(notices) or reviewed or not message.text:
            write = digest_words.write if message.purpose == Purpose.DIGEST else messages.write
            words = write(left, to=message.user or message.address, on=register_day(at))
            if words is None:
                message.notices.filter(dropped_because="").update(dropped_because=NO_LONGER_PUBLIC)
                _mark(message, MessageState.DROPPED, NO_LONGER_PUBLIC)
                return None
            message.subject, message.text, message.html = words.subject, words.text, words.html
            message.save(update_fields=["subject", "text", "html"])
    return Mail(
        message_id=message.message_id,
        to=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        dated_at=message.created_at,
        unsubscribe=stop_link(message.address) if message.address else "",
    )


def _strike_out(message: Message, notices: Sequence[Notice], at: datetime) -> list[Notice]:
    """The notices to tell now. The others are dropped, each with its reason, or wait in a message of their own."""
    found = verdicts(notices, on=register_day(at)) | dict.fromkeys(
        overtaken(notices, on=register_day(at)), OVERTAKEN
    )
    if message.user and not message.user.role:
        found |= {n.pk: WITHOUT_ROLE for n in notices if _is_for_staff(n)}
    waiting = [n for n in notices if found[n.pk].later and (found[n.pk].rests or not n.told)]
    left = [n for n in notices if found[n.pk].tell or (found[n.pk].later and n not in waiting)]
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
        readers = {"user": message.user, "address": message.address}
        later = new_mail(at=at, purpose=message.purpose, next_attempt_at=at + WAIT, **readers)
        later.save()
        Notice.objects.filter(pk__in=[n.pk for n in waiting]).update(message=later)
    elif not left:
        _mark(message, MessageState.DROPPED, why)
    return left


def _is_for_staff(notice: Notice) -> bool:
    """What only who keeps the register may know: a private line, or a matter that is no fact."""
    return not notice.event.is_public if notice.event else bool(notice.matter)


def _cannot_be_told(message: Message) -> str:
    """Why a person cannot be written to; empty if they can."""
    user, address = message.user, message.address
    if user and not user.is_active:
        return "the account is closed"
    if address and address.suspended_at:
        return f"the address is suspended: {address.suspended_because}"
    if address and address.confirmed_at is None and message.purpose != Purpose.LETTER:
        return "the address was never confirmed"
    if message.recipient:
        stopped = None if address else suspension(message.recipient)
        return f"the address is suspended: {stopped.suspended_because}" if stopped else ""
    return "the account has no e-mail address" if user else "the address was forgotten"


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
    ours.update(state=state, outcome=storable(outcome), **changes)


@transaction.atomic
def _mark_sent(message: Message, at: datetime) -> None:
    """It was sent, whoever holds the lease by now."""
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=at, outcome="")
    message.notices.filter(dropped_because="").update(told=True)


def storable(outcome: str) -> str:
    """One line of what a server said, whatever it said."""
    return " ".join(outcome.replace("\x00", "").split())[:500]
