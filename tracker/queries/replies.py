"""Links by which a body replies: signed, for one purpose, once, until a day. A look at the page uses nothing up."""

from datetime import datetime, timedelta

from tracker.models import Addressee, ReplyLink
from tracker.queries.signed import link_to, row_behind

SALT = "tracker.right-of-reply"
LASTS = timedelta(days=28)


def address_of(link: ReplyLink) -> str:
    """The address that the body opens. It is sent to the body and shown to nobody else."""
    return link_to("reply", link.pk, purpose=SALT)


def link_behind(token: str, at: datetime) -> ReplyLink | None:
    """The link that a token stands for; None where it is forged, used, or has expired."""
    row = row_behind(token, purpose=SALT)
    return ReplyLink.objects.filter(pk=row, used_at=None, expires_at__gt=at).select_related("body").first()


def shown_behind(link: ReplyLink) -> list[Addressee]:
    """What the link is about and the public sees now."""
    about = Addressee.objects.public().filter(pk__in=link.addressees.values("pk"))
    return list(about.select_related("recommendation__report", "body").order_by("ref"))
