"""The mail that carries a link to a second person. Sent outside every transaction; what was not sent is tried again."""

import uuid
from datetime import datetime

from django.template.loader import render_to_string

from tracker.alerts.outbox import faults_told, mail_host
from tracker.alerts.transports.base import Mail, TransportError
from tracker.alerts.transports.email import EmailTransport
from tracker.models import SecondingLink, User
from tracker.queries.seconding import address_of


def send_links(*, asked_by: User, at: datetime) -> list[str]:
    """Send the links that somebody asked for and that were not sent yet; what could not be sent, in words."""
    problems = []
    links = SecondingLink.objects.filter(asked_by=asked_by, sent_at=None, used_at=None, expires_at__gt=at)
    for link in links.select_related("person", "asked_by"):
        try:
            with faults_told():
                EmailTransport().send(_mail(link, at))
        except TransportError as error:
            problems.append(f"{link.person}: {error}")
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
