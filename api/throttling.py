"""How often anybody may ask, by key or by address. The counting is `tracker/partners/limits.py`.

An address is the one that the nearest proxy of ours saw. What a caller writes into X-Forwarded-For stands to the
left of that, and counts for nothing: TRUSTED_PROXIES says how many entries from the right are ours.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from tracker.partners.limits import Allowance, Limiter, caller_of

# A household or a server has a network of IPv6, not an address.
IPV6_COUNTED_TOGETHER = 64

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
            asked, "address", counted_address(asked), limit
        )
        _heed(allowance, "address")


def admitted(request: HttpRequest) -> bool:
    """One request more from this address, which is within the limit: counted before any view, once."""
    limit = settings.REQUESTS_PER_MINUTE_OF_AN_ADDRESS
    return not limit or _counted(request, "address", counted_address(request), limit).granted


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


def counted_address(request: Any) -> str:
    """Where a request comes from, as it is counted: an IPv4 address, or a /64 of IPv6."""
    seen = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    forwarded = [each for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    if hops and forwarded:
        # Each proxy of ours appended whom it saw. Fewer entries than proxies: all of them are ours.
        written = forwarded[-min(hops, len(forwarded))]
        seen = seen if _address(written) is None else written
    address = _address(seen)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_COUNTED_TOGETHER), strict=False).network_address)
    return str(address)


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: plain, with a port, in brackets, IPv4 in the clothes of IPv6."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
