"""How often anybody may ask, by key or by address.

The counting is `tracker/partners/limits.py`; where a request comes from, `tracker/partners/callers.py`.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from tracker.partners.callers import counted_address
from tracker.partners.limits import Allowance, Limiter, caller_of

_limiter = Limiter()


class Limits(BaseThrottle):
    """The one throttle of every view."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.auth is not None:
            limit = settings.REQUESTS_PER_MINUTE_OF_A_KEY
            if limit:
                _heed(_counted(request._request, "key", str(request.auth.pk), limit), "key")
        else:
            count_address(request)
        return True


def count_address(request: Request) -> None:
    """One request more from this address, if it was not counted at the gate. Raises Throttled past the limit."""
    limit = settings.REQUESTS_PER_MINUTE_OF_AN_ADDRESS
    if limit:
        asked = request._request
        allowance = getattr(asked, "allowance", None) or _counted(
            asked, "address", counted_address(asked.META), limit
        )
        _heed(allowance, "address")


def admitted(request: HttpRequest) -> bool:
    """One request more from this address, which is within the limit: counted before any view, once."""
    limit = settings.REQUESTS_PER_MINUTE_OF_AN_ADDRESS
    return not limit or _counted(request, "address", counted_address(request.META), limit).granted


def _counted(request: HttpRequest, kind: str, name: str, limit: int) -> Allowance:
    allowance: Allowance = _limiter.ask(caller_of(kind, name), limit, at=timezone.now())
    request.allowance = allowance  # type: ignore[attr-defined]  # the middleware tells it in headers
    return allowance


def _heed(allowance: Allowance, kind: str) -> None:
    if not allowance.granted:
        raise exceptions.Throttled(
            allowance.seconds,
            f"More than {allowance.limit} requests in a minute: too many for this {kind}.",
        )


def headers_of(request: HttpRequest) -> dict[str, str]:
    """What an answer says of the limit; nothing where none was asked."""
    allowance: Allowance | None = getattr(request, "allowance", None)
    if allowance is None:
        return {}
    return {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.left),
        "RateLimit-Reset": str(allowance.seconds),
    }
