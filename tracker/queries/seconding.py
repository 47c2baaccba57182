"""Links by which a second person agrees to silences: signed, for one purpose, once, until a day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tracker.models import SecondingLink

SALT = "tracker.agree-to-silences"
LASTS = timedelta(days=14)


def address_of(link: SecondingLink) -> str:
    """The address that the second person opens. It is sent to them and shown to nobody else."""
    token = signing.dumps(link.pk, salt=SALT)
    return f"{settings.SITE_URL}{reverse('second', args=[token])}"


def link_behind(token: str, at: datetime) -> SecondingLink | None:
    """The link that a token stands for; None where it is forged, used, or has expired."""
    try:
        number = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    links = SecondingLink.objects.filter(pk=number, used_at=None, expires_at__gt=at, person__is_active=True)
    return links.select_related("person", "asked_by").first()
