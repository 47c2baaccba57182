"""What comes in by links and by the public form: rows that wait for staff. None of it is a fact, nor in the ledger."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tracker.actions._writing import unstorable
from tracker.ledger import Actor
from tracker.models import Addressee, Body, ReceivedChallenge, ReplyLink
from tracker.models.challenge import LONGEST_CHALLENGE
from tracker.queries.replies import LASTS
from tracker.vocabulary import CameBy, Challenger, ReceivedState

# So many may wait from the public form: then it says that it is full, and no flood fills the table.
MOST_WAITING = 500
# The words of what was declined are kept for a question about it, and then forgotten.
FORGOTTEN_AFTER = timedelta(days=90)
SHORTEST = 10


@transaction.atomic
def ask_for_reply(*, addressees: Sequence[Addressee], address: str, by: Actor, at: datetime) -> ReplyLink:
    """Make a link for one body to contest what is said of it. It is sent to one of the body's own addresses.

    Raises ValidationError for several bodies, for what is not public, and for an address that is not the body's.
    """
    if by.user is None:
        raise ValidationError("A person sends a link.")
    bodies = {each.body_id for each in addressees}
    if len(bodies) != 1:
        raise ValidationError({"addressees": ["A link is for one body: choose what one body was asked."]})
    body = Body.objects.get(pk__in=bodies)
    if address not in addresses_of(body):
        raise ValidationError({"address": [f"Enter it among the contacts of {body} first."]})
    public = Addressee.objects.public().filter(pk__in=[each.pk for each in addressees])
    if public.count() < len(addressees):
        raise ValidationError(
            {"addressees": ["One of these is not public: there is nothing to reply to yet."]}
        )
    link = ReplyLink.objects.create(
        body=body,
        address=address,
        asked_by=by.user,
        created_at=at,
        next_attempt_at=at,
        expires_at=at + LASTS,
    )
    link.addressees.set(addressees)
    return link


def addresses_of(body: Body) -> list[str]:
    """The e-mail addresses among a body's contacts, each once."""
    found = []
    for contact in body.contacts if isinstance(body.contacts, list) else []:
        address = contact.get("address") if isinstance(contact, dict) else None
        if isinstance(address, str) and _is_email(address.strip()) and address.strip() not in found:
            found.append(address.strip())
    return found


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def reply_by_link(
    *, link: ReplyLink, addressees: Sequence[Addressee], words: str, at: datetime
) -> ReceivedChallenge:
    """The body says what it contests: the link is used up, and the words wait for staff.

    One row decides: of two at once, one finds the link used. Nothing is written where the words are refused.
    """
    words = _storable(words)
    about = list(link.addressees.filter(pk__in=[each.pk for each in addressees]))
    if not about:
        raise ValidationError({"about": ["Choose at least one record that you contest."]})
    if not ReplyLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        raise ValidationError("This link was used already, or has expired.")
    received = _received(Challenger.BODY, CameBy.LINK, words, at, body=link.body)
    received.addressees.set(about)
    return received


@transaction.atomic
def receive_from_affected(*, addressee: Addressee, words: str, at: datetime) -> ReceivedChallenge:
    """Somebody affected says what they contest. Nothing else is kept of them.

    Raises ValidationError where too many wait already.
    """
    words = _storable(words)
    waiting = ReceivedChallenge.objects.filter(state=ReceivedState.WAITING, came_by=CameBy.FORM)
    if waiting[:MOST_WAITING].count() >= MOST_WAITING:
        raise ValidationError(
            "Too many wait to be read. Please come back in some days, or write to the register."
        )
    received = _received(Challenger.AFFECTED, CameBy.FORM, words, at)
    received.addressees.set([addressee])
    return received


def _received(
    by_whom: Challenger, came_by: CameBy, words: str, at: datetime, body: Body | None = None
) -> ReceivedChallenge:
    return ReceivedChallenge.objects.create(
        receipt=uuid.uuid4(), by_whom=by_whom, came_by=came_by, body=body, words=words, received_at=at
    )


def _storable(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST:
        raise ValidationError({"words": ["Say in a sentence or two what is wrong."]})
    if len(words) > LONGEST_CHALLENGE:
        raise ValidationError({"words": [f"Please use {LONGEST_CHALLENGE:,} letters at most."]})
    if problem := unstorable(words):
        raise ValidationError({"words": [problem]})
    return words


def forget_declined(*, at: datetime) -> int:
    """Empty the words of what was declined some time ago; of how many."""
    old = ReceivedChallenge.objects.filter(
        state=ReceivedState.DECLINED, decided_at__lt=at - FORGOTTEN_AFTER
    ).exclude(words="")
    return old.update(words="", reason="")
