"""Addresses of people without an account: by which hash one is known, how it is folded, when nothing is sent."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from tracker.models import Address

# Why nothing is sent to whoever said that nothing may be, by the link in a mail.
OBJECTED = "its reader objected"


def plain(email: str) -> str:
    """An address in the one spelling in which mail goes to it, whatever letters its domain is typed in.

    Raises ValidationError for a quoted name, which is another spelling of one without quotes, and for a domain that is
    none.
    """
    local, _, domain = email.strip().rpartition("@")
    if '"' in local or "\\" in local:
        raise ValidationError({"email": ["Write the part before the @ without quotes."]})
    try:
        return f"{local}@{punycode(domain).lower()}"
    except UnicodeError:
        raise ValidationError({"email": ["The part after the @ is not the name of a mail server."]}) from None


def folded(email: str) -> str:
    """An address as most mail servers deliver it: without dots and +tags. For the limit only, never to send to."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def digest_of(email: str) -> str:
    """The hash by which an address is known, in whatever spelling; one that cannot be sent to has one too."""
    with suppress(ValidationError):
        email = plain(email)
    return hashed("address", email.lower())


def hashed(what: str, value: str) -> str:
    """A keyed digest: whoever reads the table learns no address from it."""
    return salted_hmac(f"tracker.alerts.readers.{what}", value, algorithm="sha256").hexdigest()


def suspend(email: str, why: str, *, at: datetime) -> None:
    """Write to an address no more, whoever's it is: its mail server, or its reader, says that nothing is wanted.

    Of one that follows nothing without an account only the hash is kept. `why` is in our own words: what a mail server
    says may name people, and stays when the address is forgotten.
    """
    address, _ = Address.objects.get_or_create(digest=digest_of(email), defaults={"created_at": at})
    Address.objects.filter(pk=address.pk, suspended_at=None).update(
        suspended_at=at, suspended_because=why[:200]
    )


def suspension(email: str) -> Address | None:
    """The address, where mail to it came back or its reader complained of it: then no account gets any there either.

    Who objected to mail without an account may still have one, and says there what is sent.
    """
    stopped = Address.objects.filter(digest=digest_of(email), suspended_at__isnull=False)
    return stopped.exclude(suspended_because=OBJECTED).first()


def lift(address: Address) -> None:
    """Write to it again. What was dropped meanwhile is not sent any more."""
    Address.objects.filter(pk=address.pk).update(suspended_at=None, suspended_because="")
