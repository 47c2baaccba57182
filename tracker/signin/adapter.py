"""What allauth asks of the register: nobody signs up, attempts are counted, the last second factor stays."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tracker.partners.callers import counted_address
from tracker.partners.limits import Limiter, caller_of

# Attempts in a minute, over all processes. allauth counts failures besides, in each process: five in five minutes for
# an account, ten in a minute for an address.
ATTEMPTS_AT_AN_ACCOUNT = 10
ATTEMPTS_FROM_AN_ADDRESS = 30
NO_ADDRESS = "0.0.0.0"  # a request over a socket of this machine

_limiter = Limiter()


class Accounts(DefaultAccountAdapter):
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as the API counts it: behind TRUSTED_PROXIES, and a /64 of IPv6 is one."""
        counted = counted_address(request.META)
        try:
            return str(ip_address(counted))
        except ValueError:
            return NO_ADDRESS

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at. Raises ValidationError past the limit, whoever asks."""
        name = str(credentials.get("username", "")).lower()
        counts = [
            ("log in as", name, ATTEMPTS_AT_AN_ACCOUNT),
            ("log in from", self.get_client_ip(request), ATTEMPTS_FROM_AN_ADDRESS),
        ]
        at = timezone.now()
        # Both are counted, whatever the first says.
        granted = [_limiter.ask(caller_of(kind, who), limit, at=at).granted for kind, who, limit in counts]
        if not all(granted):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)


class SecondFactors(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is required, the last one is not taken away; another is added first."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
