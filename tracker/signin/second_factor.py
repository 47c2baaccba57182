"""Whether somebody who is logged in has shown a second factor, and where they go if not."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tracker.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(user: User) -> bool:
    """Whether an account has a second factor; codes to recover are none by themselves."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def was_shown(request: HttpRequest) -> bool:
    """Whether this session has seen a second factor of whoever is logged in."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def note_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Whoever has just set one up has shown it."""
    record_authentication(
        request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def way_to_it(request: HttpRequest) -> str:
    """Where somebody must go before they may work: to set one up, or to show it. Empty for whoever may work.

    A session is older than the factor where somebody set it up elsewhere: it must show it too. It is asked several
    times while one page is made, and looked up once.
    """
    if not hasattr(request, "way_to_second_factor"):
        request.way_to_second_factor = _way(request)  # type: ignore[attr-defined]
    return request.way_to_second_factor  # type: ignore[attr-defined, no-any-return]


def _way(request: HttpRequest) -> str:
    user = request.user
    if not isinstance(user, User) or was_shown(request):
        return ""
    if has_one(user):
        return reverse("mfa_reauthenticate")
    return reverse("mfa_activate_totp") if settings.SECOND_FACTOR_REQUIRED else ""
