"""Addresses of people without an account: by which hash one is known, how it is folded, when nothing is sent."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from tracker.models import Address


def folded(email: str) -> str:
    """An address as most mail servers deliver it: without dots and +tags. For the limit only, never to send to."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def digest_of(email: str) -> str:
    return hashed("address", email.lower())


def hashed(what: str, value: str) -> str:
    """A keyed digest: whoever reads the table learns no address from it."""
    return salted_hmac(f"tracker.alerts.readers.{what}", value, algorithm="sha256").hexdigest()


def suspend(address: Address, why: str, *, at: datetime) -> None:
    """Write to it no more: its mail server, or its reader, says that nothing is wanted.

    `why` is in our own words: what a mail server says may name people, and stays when the address is forgotten.
    """
    Address.objects.filter(pk=address.pk, suspended_at=None).update(
        suspended_at=at, suspended_because=why[:200]
    )


def suspend_known(email: str, why: str, *, at: datetime) -> bool:
    """The same of an address by its words; whether it is one that follows, or followed, something."""
    address = Address.objects.filter(digest=digest_of(email)).first()
    if address is not None:
        suspend(address, why, at=at)
    return address is not None


def lift(address: Address) -> None:
    """Write to it again. What was dropped meanwhile is not sent any more."""
    Address.objects.filter(pk=address.pk).update(suspended_at=None, suspended_because="")
