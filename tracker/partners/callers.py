"""Where a request comes from, behind proxies of ours.

An address is the one that the nearest proxy of ours saw. What a caller writes into X-Forwarded-For stands to the
left of that, and counts for nothing: TRUSTED_PROXIES says how many entries from the right are ours.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

# A household or a server has a network of IPv6, not an address.
IPV6_COUNTED_TOGETHER = 64
# Who types in addresses of others has more than one address of IPv4, as a rule beside each other.
IPV4_COUNTED_TOGETHER = 24
LONGEST_WRITTEN = 100  # more is no address


def counted_address(seen_by_us: Mapping[str, Any]) -> str:
    """Where a request comes from, as it is counted: an IPv4 address, or a /64 of IPv6."""
    return _counted(seen_by_us, 32)


def counted_network(seen_by_us: Mapping[str, Any]) -> str:
    """The same for what few may ask: a /24 of IPv4, or a /64 of IPv6."""
    return _counted(seen_by_us, IPV4_COUNTED_TOGETHER)


def _counted(seen_by_us: Mapping[str, Any], ipv4_together: int) -> str:
    hops, found = settings.TRUSTED_PROXIES, None
    if hops and (given := seen_by_us.get("HTTP_X_FORWARDED_FOR", "")):
        # Each proxy of ours appended whom it saw. Fewer entries than proxies: all of them are ours.
        forwarded = [each for each in given.split(",") if each.strip()]
        written = forwarded[-min(hops, len(forwarded))] if forwarded else ""
        found = _network(written, ipv4_together) if len(written) <= LONGEST_WRITTEN else None
    return found or str(_network(seen_by_us.get("REMOTE_ADDR", ""), ipv4_together))


@lru_cache(maxsize=1024)
def _network(written: str, ipv4_together: int) -> str | None:
    """What an address is counted with; None if it is none. The same few ask again and again."""
    address = _address(written)
    if address is None:
        return None
    together = IPV6_COUNTED_TOGETHER if isinstance(address, IPv6Address) else ipv4_together
    return str(ip_network((address, together), strict=False).network_address)


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
