"""Links of mails to people without an account: signed, each for one purpose. They are sent to nobody else."""

from datetime import datetime, timedelta

from tracker.models import Address, FollowRequest
from tracker.queries.signed import lasting_link_to, link_to, row_behind, row_behind_lasting

# What was typed in and not confirmed by then is forgotten.
UNCONFIRMED = timedelta(days=7)
_CONFIRM, _MANAGE, _STOP = "tracker.follow.confirm", "tracker.follow.manage", "tracker.follow.stop"


def confirm_link(request: FollowRequest) -> str:
    return link_to("follow-confirm", request.pk, purpose=_CONFIRM)


def manage_link(address: Address) -> str:
    return lasting_link_to("follow-manage", address.pk, purpose=_MANAGE)


def stop_link(address: Address) -> str:
    """Where mail programs post their one click (RFC 8058). It never ends: old mails are kept."""
    return lasting_link_to("follow-stop", address.pk, purpose=_STOP)


def request_behind(token: str, at: datetime) -> FollowRequest | None:
    """What a link asks to confirm; None where it is forged, used already, or too old."""
    row = row_behind(token, purpose=_CONFIRM, within=UNCONFIRMED)
    if row is None:
        return None
    waiting = FollowRequest.objects.filter(pk=row, asked_at__gt=at - UNCONFIRMED)
    return waiting.select_related("address").first()


def reader_behind(token: str) -> Address | None:
    """Whose page of what they follow it is; None where the link is forged, or its reader was forgotten."""
    return _address(token, _MANAGE)


def stopper_behind(token: str) -> Address | None:
    """Who is to get no more mail; None where the link is forged, or its reader was forgotten."""
    return _address(token, _STOP)


def _address(token: str, purpose: str) -> Address | None:
    row = row_behind_lasting(token, purpose=purpose)
    if row is None:
        return None
    return Address.objects.filter(pk=row).exclude(email="").first()
