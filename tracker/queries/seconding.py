"""Links by which a second person agrees to silences: signed, for one purpose, once, until a day."""

from datetime import datetime, timedelta

from tracker.models import SecondingLink
from tracker.queries.signed import link_to, row_behind

SALT = "tracker.agree-to-silences"
LASTS = timedelta(days=14)


def address_of(link: SecondingLink) -> str:
    """The address that the second person opens. It is sent to them and shown to nobody else."""
    return link_to("second", link.pk, purpose=SALT)


def link_behind(token: str, at: datetime) -> SecondingLink | None:
    """The link that a token stands for; None where it is forged, used, or has expired."""
    row = row_behind(token, purpose=SALT, within=LASTS)
    links = SecondingLink.objects.filter(pk=row, used_at=None, expires_at__gt=at, person__is_active=True)
    return links.select_related("person", "asked_by").first()
