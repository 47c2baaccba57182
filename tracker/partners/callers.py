"""Whose address a request is counted under.

An address is the one that the nearest proxy of ours saw. What a caller writes into X-Forwarded-For stands to the
left of that, and counts for nothing: TRUSTED_PROXIES says how many entries from the right are ours.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

# A household or a server has a network of IPv6, not an address.
IPV6_COUNTED_TOGETHER = 64


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
