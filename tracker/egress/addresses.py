"""Which addresses may be called: global unicast, written in the one usual way, and what EGRESS_ALLOW names.

Two checks. `check_url` reads what somebody typed and refuses every spelling that two programs could read
differently. `check_address` looks at the address that is dialled, whatever name led there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

URL_LENGTH = 1_000
_PORTS = {"http": 80, "https": 443}
# Mail, remote shells and the like speak below; what speaks HTTP besides its two ports is found above.
_FIRST_HIGH_PORT = 1024

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PRINTABLE = re.compile(r"[\x21-\x7e]+")

# Global by their number, yet no place to be called. Besides what `is_global` knows, whose lists differ by version.
_NEVER = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # the host of a virtual machine in one of the large clouds
        "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_GLOBAL_V6 = ip_network("2000::/3")
_MAPPED = ip_network("::ffff:0:0/96")
_NAT64 = ip_network("64:ff9b::/96")
_6TO4 = ip_network("2002::/16")
_TEREDO = ip_network("2001::/32")
# An interface named after its IPv4 address (ISATAP): the tunnel's far end is that address.
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Forbidden(Exception):
    """This address is not called. The message may be shown to whoever typed it in."""


@dataclass(frozen=True)
class Target:
    """An address as it is called."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


@lru_cache(maxsize=1_000)
def check_url(url: str) -> Target:
    """The address that somebody typed in, taken apart. Raises Forbidden that says what to change.

    No user names, no spelling of a number that only some programs read as an address, no port of another protocol.
    """
    if len(url) > URL_LENGTH or not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise Forbidden("Write the address in plain letters, without spaces or backslashes.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Forbidden("This is no address: write it as https://example.org/path.") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.netloc:
        raise Forbidden("The address must begin with https:// or http://.")
    if "@" in parts.netloc:
        raise Forbidden("Leave user name and password out of the address.")
    if "%" in parts.netloc:
        raise Forbidden("Write the host without %.")
    port = _PORTS[scheme] if port is None else port
    if port not in _PORTS.values() and port < _FIRST_HIGH_PORT:
        raise Forbidden(f"Port {port} is not called: use 80, 443, or one from {_FIRST_HIGH_PORT}.")
    host = _host(parts.hostname or "", bracketed=parts.netloc.startswith("["))
    tail = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return Target(scheme, host, port, tail if tail.startswith("/") else f"/{tail}")


def _host(host: str, *, bracketed: bool) -> str:
    """A host in its one spelling. A trailing dot is left out; what ends in a number must be a whole address."""
    if bracketed:
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise Forbidden("The brackets must hold an IPv6 address.") from None
    name = host.lower().removesuffix(".")
    labels = name.split(".")
    if not name or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Forbidden("The host is no name: write it as in example.org (other letters as xn--…).")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            raise Forbidden("Write an IPv4 address as four decimal numbers.") from None
    return name


def check_address(text: str, allowed: Iterable[Network]) -> Address:
    """An address about to be dialled. Raises Forbidden unless it is global unicast or in a network allowed.

    An IPv6 address that carries an IPv4 address leads there: that one is looked at too.
    """
    address = ip_address(text.partition("%")[0])
    known = list(allowed)
    if _within(address, known):
        return address
    leads_to = _carried(address) or [address]
    if all(_is_public(each) or _within(each, known) for each in leads_to):
        return address
    raise Forbidden("This address leads to a network that is not called.")


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == each.version and address in each for each in networks)


def _is_public(address: Address) -> bool:
    """Global unicast, by our own list and by Python's."""
    if any(address.version == each.version and address in each for each in _NEVER):
        return False
    return address.is_global and not address.is_multicast and (address.version == 4 or address in _GLOBAL_V6)


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, compatible, NAT64, 6to4, Teredo, ISATAP."""
    if address.version == 4:
        return []
    number = int(address)
    low = IPv4Address(number & 0xFFFF_FFFF)
    if number >> 32 == 0 or address in _MAPPED or address in _NAT64:
        return [low]
    if address in _6TO4:
        return [IPv4Address(number >> 80 & 0xFFFF_FFFF)]
    if address in _TEREDO:
        return [IPv4Address(number >> 64 & 0xFFFF_FFFF), IPv4Address(number & 0xFFFF_FFFF ^ 0xFFFF_FFFF)]
    if number >> 32 & 0xFFFF_FFFF in _ISATAP:
        return [address, low]
    return []
