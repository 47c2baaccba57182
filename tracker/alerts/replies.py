"""The mail that carries a body's link. Its words are kept nowhere: whoever reads the link can use it.

A link is claimed, committed, sent, and marked, as every mail is; what a mail server refused is tried again.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string

from tracker.alerts.outbox import LEASE, PAUSES, faults_told, mail_host, storable
from tracker.alerts.transports.base import Mail, Transport, TransportError
from tracker.alerts.transports.email import WHILE_SOMEBODY_WAITS, EmailTransport
from tracker.models import ReplyLink, User
from tracker.queries.replies import address_of, shown_behind

log = logging.getLogger(__name__)


def send_links(
    *, at: datetime, asked_by: User | None = None, transport: Transport | None = None
) -> list[str]:
    """Send the links that are due, of one person, who waits for it, or of all; what could not be sent, in words.

    Who waits does not wait twice for a mail server that says nothing: the worker tries again.
    """
    transport = transport or EmailTransport(WHILE_SOMEBODY_WAITS if asked_by else None)
    problems = []
    while link := _claim(at, asked_by):
        try:
            with faults_told():
                transport.send(_mail(link))
        except TransportError as error:
            problems.append(f"{link.address}: {error}")
            _put_off(link, error, at)
            if asked_by is not None and not error.permanent:
                break
        else:
            ReplyLink.objects.filter(pk=link.pk).update(sent_at=at, outcome="")
    return problems


@transaction.atomic
def _claim(at: datetime, asked_by: User | None) -> ReplyLink | None:
    """Take one link that is due, on a lease."""
    due = ReplyLink.objects.filter(sent_at=None, used_at=None, next_attempt_at__lte=at, expires_at__gt=at)
    if asked_by is not None:
        due = due.filter(asked_by=asked_by)
    link = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_attempt_at", "pk").first()
    if link is not None:
        link.attempts, link.next_attempt_at = link.attempts + 1, at + LEASE
        link.save(update_fields=["attempts", "next_attempt_at"])
    return link


def _put_off(link: ReplyLink, error: TransportError, at: datetime) -> None:
    """Try again after a pause, or not before the link is over."""
    log.warning("reply link %s, attempt %s: %s", link.pk, link.attempts, error)
    given_up = error.permanent or link.attempts > len(PAUSES)
    pause = link.expires_at - at + timedelta(days=1) if given_up else PAUSES[link.attempts - 1]
    ReplyLink.objects.filter(pk=link.pk).update(next_attempt_at=at + pause, outcome=storable(str(error)))


def _mail(link: ReplyLink) -> Mail:
    facts = {"link": link, "address": address_of(link), "addressees": shown_behind(link)}
    return Mail(
        to=link.address,
        subject=" ".join(render_to_string("emails/reply-subject.txt", facts).split()),
        text=render_to_string("emails/reply.txt", facts),
        html=render_to_string("emails/reply.html", facts),
        message_id=f"<reply-{link.pk}-{link.created_at:%Y%m%d%H%M%S}@{mail_host()}>",
        dated_at=link.created_at,
    )
