"""Links of mails to people without an account: signed, each for one purpose. They are sent to nobody else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tracker.models import Address, FollowRequest

# What was typed in and not confirmed by then is forgotten.
UNCONFIRMED = timedelta(days=7)
_CONFIRM, _MANAGE, _STOP = "tracker.follow.confirm", "tracker.follow.manage", "tracker.follow.stop"


def confirm_link(request: FollowRequest) -> str:
    return _link("follow-confirm", signing.dumps(request.pk, salt=_CONFIRM))


def manage_link(address: Address) -> str:
    return _link("follow-manage", signing.Signer(salt=_MANAGE).sign_object(address.pk))


def stop_link(address: Address) -> str:
    """Where mail programs post their one click (RFC 8058). It never ends: old mails are kept."""
    return _link("follow-stop", signing.Signer(salt=_STOP).sign_object(address.pk))


def _link(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"


def request_behind(token: str, at: datetime) -> FollowRequest | None:
    """What a link asks to confirm; None where it is forged, used already, or too old."""
    try:
        number = signing.loads(token, salt=_CONFIRM, max_age=UNCONFIRMED)
    except signing.BadSignature:
        return None
    waiting = FollowRequest.objects.filter(pk=number, asked_at__gt=at - UNCONFIRMED)
    return waiting.select_related("address").first()


def reader_behind(token: str) -> Address | None:
    """Whose page of what they follow it is; None where the link is forged, or its reader was forgotten."""
    return _address(token, _MANAGE)


def stopper_behind(token: str) -> Address | None:
    """Who is to get no more mail; None where the link is forged, or its reader was forgotten."""
    return _address(token, _STOP)


def _address(token: str, salt: str) -> Address | None:
    try:
        number = signing.Signer(salt=salt).unsign_object(token)
    except signing.BadSignature:
        return None
    return Address.objects.filter(pk=number).exclude(email="").first()
