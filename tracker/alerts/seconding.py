"""The mail that carries a link to a second person. Sent outside every transaction; what was not sent is tried again."""

import uuid
from datetime import datetime, timedelta

from django.template.loader import render_to_string

from tracker.alerts.outbox import faults_told, mail_host
from tracker.alerts.transports.base import Mail, TransportError
from tracker.alerts.transports.email import WHILE_SOMEBODY_WAITS, EmailTransport
from tracker.models import SecondingLink, User
from tracker.queries.seconding import address_of

# After so long whoever asked for a link waits no more: the worker sends it.
LEFT_BEHIND = timedelta(minutes=2)


def send_links(*, at: datetime, asked_by: User | None = None) -> list[str]:
    """Send the links that were not sent yet, of one person, who waits for it, or of all that were left behind; what
    could not be sent, in words. Who waits does not wait twice for a mail server that says nothing.
    """
    problems = []
    links = SecondingLink.objects.filter(sent_at=None, used_at=None, expires_at__gt=at)
    if asked_by is not None:
        links, transport = links.filter(asked_by=asked_by), EmailTransport(WHILE_SOMEBODY_WAITS)
    else:
        links, transport = links.filter(created_at__lte=at - LEFT_BEHIND), EmailTransport()
    for link in links.select_related("person", "asked_by"):
        try:
            with faults_told():
                transport.send(_mail(link, at))
        except TransportError as error:
            problems.append(f"{link.person}: {error}")
            if asked_by is not None and not error.permanent:
                break
        else:
            SecondingLink.objects.filter(pk=link.pk).update(sent_at=at)
    return problems


def _mail(link: SecondingLink, at: datetime) -> Mail:
    facts = {
        "link": link,
        "address": address_of(link),
        "silences": list(link.silences.select_related("addressee__body", "addressee__recommendation")),
    }
    return Mail(
        to=link.person.email,
        subject=render_to_string("emails/second-subject.txt", facts).strip(),
        text=render_to_string("emails/second.txt", facts),
        html=render_to_string("emails/second.html", facts),
        message_id=f"<second-{link.pk}-{uuid.uuid4().hex[:12]}@{mail_host()}>",
        dated_at=at,
    )
