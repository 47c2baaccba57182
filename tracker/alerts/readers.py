"""People without an account: they ask to follow, confirm, change, stop. Nobody is told whether an address is known.

An address is kept while it follows something, or while a link waits for its answer; afterwards only a keyed hash is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.template.loader import render_to_string

from tracker.alerts import interests
from tracker.alerts.addresses import OBJECTED, digest_of, folded, hashed, plain
from tracker.alerts.links import UNCONFIRMED, confirm_link, stop_link
from tracker.alerts.messages import SUBJECT_LENGTH
from tracker.alerts.outbox import new_mail
from tracker.alerts.told import line
from tracker.models import (
    Address,
    Asking,
    FollowRequest,
    Message,
    MessageState,
    Notice,
    Subscription,
)
from tracker.queries.followed import in_words
from tracker.vocabulary import Channel, Purpose

# Whoever asks: so many links within this time are sent to one address, and asked for by one network.
WITHIN = timedelta(hours=6)
LINKS_TO_AN_ADDRESS = 3
ASKED_BY_A_NETWORK = 30

BY_MAIL = (Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY)


class AskedTooOften(Exception):
    """This network has asked for too many links: nothing is said, or known, of any address."""


def ask(
    *,
    email: str,
    wanted: Mapping[str, Any],
    kinds: Sequence[str],
    channel: Channel,
    network: str,
    at: datetime,
) -> None:
    """Somebody typed in an address: send it a link, and keep what it would follow until the link is used.

    What is answered is the same for every address. 1. The words are checked. 2. The network is counted. 3. Nothing is
    sent to who objected, nor more than so many links to one address; otherwise the request is kept and the link sent.
    Raises ValidationError that names the field, and AskedTooOften.
    """
    words = _checked(wanted, kinds, channel)
    email = plain(email)
    if not _within(f"network {network}", ASKED_BY_A_NETWORK, at):
        raise AskedTooOften
    with transaction.atomic():
        address, _ = Address.objects.get_or_create(
            digest=digest_of(email), defaults={"email": email, "created_at": at}
        )
        address = _held(pk=address.pk)
        if address.suspended_at or not _within(f"mail {folded(email)}", LINKS_TO_AN_ADDRESS, at):
            return
        if not address.email:
            address.email, address.created_at = email, at
            address.save(update_fields=["email", "created_at"])
        request, _ = FollowRequest.objects.update_or_create(
            address=address,
            wanted=words,
            defaults={"kinds": sorted({*kinds}), "channel": channel, "asked_at": at},
        )
        _send_link(request, at)


def _checked(wanted: Mapping[str, Any], kinds: Sequence[str], channel: Channel) -> dict[str, Any]:
    words = interests.checked_public(wanted)
    interests.check_room(words)
    interests.check_choice("address", kinds, channel)
    return words


@transaction.atomic
def _within(name: str, limit: int, at: datetime) -> bool:
    """Count one asking more, if the limit of late is not reached; one after the other, in whatever process."""
    who = hashed("asking", name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [who])
    if Asking.objects.filter(who=who, at__gt=at - WITHIN).count() >= limit:
        return False
    Asking.objects.create(who=who, at=at)
    return True


def _send_link(request: FollowRequest, at: datetime) -> None:
    context = {
        "request": request,
        "what": line(in_words(request.wanted).words),
        "how": Channel(request.channel).label,
        "confirm": confirm_link(request),
        "stop": stop_link(request.address),
    }
    new_mail(
        at=at,
        purpose=Purpose.LETTER,
        address=request.address,
        subject=line(render_to_string("emails/follow-subject.txt", context))[:SUBJECT_LENGTH],
        text=render_to_string("emails/follow.txt", context),
        html=render_to_string("emails/follow.html", context),
    ).save()


def _held(**which: Any) -> Address:
    """Locked against others who change it; not against the fan-out, which waits for nobody who waits for it."""
    return Address.objects.select_for_update(no_key=True).get(**which)


@transaction.atomic
def confirm(request: FollowRequest, *, at: datetime) -> Subscription | None:
    """Whoever reads the mail agrees: it follows from now on. None where another click was first."""
    address = _held(pk=request.address_id)
    waiting = FollowRequest.objects.filter(pk=request.pk).first()
    if waiting is None:
        return None
    if address.confirmed_at is None:
        address.confirmed_at = at
        address.save(update_fields=["confirmed_at"])
    channel = Channel(waiting.channel)
    made = interests.follow(
        reader=address, wanted=waiting.wanted, kinds=waiting.kinds, channel=channel, at=at
    )
    for other in Subscription.objects.filter(address=address, interest=made.interest).exclude(pk=made.pk):
        _hand_over(other, made)
    waiting.delete()
    return made


def _hand_over(old: Subscription, new: Subscription) -> None:
    """One filter is followed once by an address: what waits for a digest waits under the new choice."""
    Subscription.objects.select_for_update().get(pk=old.pk)  # what is being made for it waits with the rest
    heard = Notice.objects.filter(subscription=new, event__isnull=False).values("event")
    Notice.objects.filter(subscription=old).exclude(event__in=heard).update(subscription=new)
    Subscription.objects.filter(pk=old.pk).delete()


@transaction.atomic
def change(subscription: Subscription, *, channel: Channel) -> None:
    """How often from now on. What waits for a digest goes with the next one, whatever was chosen."""
    if channel not in BY_MAIL:
        raise ValidationError({"channel": ["Choose how often from the list."]})
    Subscription.objects.filter(pk=subscription.pk).update(channel=channel)


@transaction.atomic
def stop(subscription: Subscription, *, at: datetime) -> None:
    """Follow one thing no more. Mails that wait are written anew without it; the last one stopped ends all."""
    address = _held(subscriptions=subscription)
    Subscription.objects.filter(pk=subscription.pk).delete()
    if not address.subscriptions.exists() and not address.requests.exists():
        stop_all(address, at=at)
        return
    waiting = Message.objects.filter(
        address=address, state__in=[MessageState.PENDING, MessageState.SENDING], sent_at=None
    )
    waiting.exclude(purpose=Purpose.LETTER).update(subject="", text="", html="")


@transaction.atomic
def stop_all(address: Address, *, at: datetime, for_good: bool = False) -> None:
    """No more mail, nor what is queued already. The address is forgotten; `for_good`: nor may anybody ask again."""
    _held(pk=address.pk)
    Subscription.objects.filter(address=address).delete()
    Message.objects.filter(address=address).delete()
    FollowRequest.objects.filter(address=address).delete()
    gone: dict[str, Any] = {"email": "", "confirmed_at": None}
    if for_good:
        gone |= {"suspended_at": at, "suspended_because": OBJECTED}
    Address.objects.filter(pk=address.pk).update(**gone)


def forget_unconfirmed(*, at: datetime) -> int:
    """Drop what nobody confirmed in time, and counts that are over; how many requests.

    An address that was never confirmed goes with it; of one that followed something once, or to which nothing may be
    sent, the hash stays.
    """
    late, _ = FollowRequest.objects.filter(asked_at__lte=at - UNCONFIRMED).delete()
    idle = Address.objects.filter(requests=None, subscriptions=None).exclude(email="")
    over = idle.filter(created_at__lte=at - UNCONFIRMED)
    over.filter(confirmed_at=None, suspended_at=None).delete()
    for address in over:
        stop_all(address, at=at)
    Asking.objects.filter(at__lte=at - WITHIN).delete()
    return late
