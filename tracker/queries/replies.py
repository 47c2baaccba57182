"""Links by which a body replies: signed, for one purpose, once, until a day. A look at the page uses nothing up."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tracker.models import Addressee, ReplyLink

SALT = "tracker.right-of-reply"
LASTS = timedelta(days=28)


def address_of(link: ReplyLink) -> str:
    """The address that the body opens. It is sent to the body and shown to nobody else."""
    token = signing.dumps(link.pk, salt=SALT)
    return f"{settings.SITE_URL}{reverse('reply', args=[token])}"


def link_behind(token: str, at: datetime) -> ReplyLink | None:
    """The link that a token stands for; None where it is forged, used, or has expired."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (
        ReplyLink.objects.filter(pk=number, used_at=None, expires_at__gt=at).select_related("body").first()
        if isinstance(number, int)
        else None
    )


def shown_behind(link: ReplyLink) -> list[Addressee]:
    """What the link is about and the public sees now."""
    about = Addressee.objects.public().filter(pk__in=link.addressees.values("pk"))
    return list(about.select_related("recommendation__report", "body").order_by("ref"))
