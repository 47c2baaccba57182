"""Reading the environment: a word that makes no sense stops the start, a secret may stand in a file.

Every variable is documented in the table of docs/configuration.md.
"""

import os
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of a variable, or of the file that NAME_FILE points to; `default` where neither is set."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; anything but 1, 0, true, false, yes, no, on, off stops the start."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number of at least `least` and at most `most`; anything else stops the start."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise ImproperlyConfigured(f"{name} must be a whole number {bounds}, not {value!r}")
    return int(value)


def port() -> int:
    """Where web listens."""
    return number("PORT", 8000, least=1, most=65535)


def time_zone(name: str, default: str) -> str:
    """A time zone that this machine knows; any other stops the start."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"{name} must be a time zone such as Europe/London, not {value!r}"
        ) from error
    return value


def words(name: str, default: str = "") -> list[str]:
    """A list that stands in one variable, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks as 10.0.0.0/8, separated by commas; anything else stops the start."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must list networks as 10.0.0.0/8: {error}") from error


def required(name: str) -> str:
    """A value without which the service must not start."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it (docs/configuration.md). "
            "On one machine `make up` needs neither."
        )
    return value


def choice(name: str, default: str, choices: set[str]) -> str:
    """One of a few words; any other stops the start."""
    value = text(name, default).strip().upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(choices))}, not {value!r}")
    return value


def with_password(url: str, name: str) -> str:
    """The address of a server, with the password of a variable of its own put in, where there is one.

    So that a password can stand in a file that the server itself reads too, and the address in plain sight.
    """
    password = text(name)
    if not password:
        return url
    parts = urlsplit(url)
    user, host = quote(parts.username or ""), parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()


def of_scheme(url: str, name: str, schemes: Iterable[str]) -> str:
    """The address, if it is for a kind of server that can be used here. What stands behind the scheme is not told."""
    scheme, mark, _ = url.partition("://")
    if not mark or scheme not in schemes:
        given = f"{scheme}://" if mark else "an address without ://"
        known = ", ".join(f"{each}://" for each in sorted(schemes))
        raise ImproperlyConfigured(f"{name} must begin with one of {known}; it is {given}")
    return url
