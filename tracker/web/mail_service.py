"""What a mail service tells later of our mail: that it bounced, or that its reader complained. No more is sent there.

django-anymail reads its calls. There is such a page only where MAIL_SERVICE names the service, and it answers only
whoever knows MAIL_SERVICE_SECRET.
"""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.module_loading import import_string

from tracker.alerts.addresses import suspend

# Of what was not delivered: nobody has this address, or its server has no more to say. All else (a virus that it saw,
# a rule of its own) may be a quarrel with us.
_NOBODY = ("bounced", "invalid")


def routes() -> list[URLPattern]:
    """The page that the service calls; none where no service is named. Raises ImproperlyConfigured for an unknown one.

    The package is loaded here, and nowhere else: a register that sends by itself needs none of it.
    """
    if not settings.MAIL_SERVICE:
        return []
    try:
        pages = {page.name: page.callback for page in import_module("anymail.urls").urlpatterns}
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured("MAIL_SERVICE needs django-anymail: install the extra `esp`.") from error
    page = pages.get(f"{settings.MAIL_SERVICE}_tracking_webhook")
    if page is None:
        known = sorted(
            name.removesuffix("_tracking_webhook") for name in pages if name.endswith("_tracking_webhook")
        )
        raise ImproperlyConfigured(f"MAIL_SERVICE: choose one of {', '.join(known)}.")
    page.view_class()  # what it needs besides the secret is asked for now, and not at the first call
    import_string("anymail.signals.tracking").connect(heard, sender=page.view_class, dispatch_uid=__name__)
    return [path(f"mail/{settings.MAIL_SERVICE}/", page, name="mail-service")]


def heard(*, event: Any, esp_name: str, **_: Any) -> None:
    """One thing that the service tells of one mail. What the other server said is kept nowhere: it may name people."""
    why = _why(event, esp_name)
    if why and event.recipient:
        suspend(event.recipient, why, at=timezone.now())


def _why(event: Any, service: str) -> str:
    """Why no more is to be sent there; empty where that does not follow."""
    if event.event_type == "complained":
        return f"{service} says that its reader complained of our mail"
    if event.event_type in ("bounced", "rejected") and event.reject_reason in _NOBODY:
        return f"{service} says that mail to it came back"
    return ""
