"""Links that are signed: each leads to one row and is good for one purpose. What is forged leads nowhere."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse


def link_to(page: str, row: int, *, purpose: str) -> str:
    """The address of a page about a row; when it was signed stands in it."""
    return _address(page, signing.dumps(row, salt=purpose))


def lasting_link_to(page: str, row: int, *, purpose: str) -> str:
    """The same for ever: whenever it is signed, it is the same address."""
    return _address(page, signing.Signer(salt=purpose).sign_object(row))


def _address(page: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(page, args=[token])}"


def row_behind(token: str, *, purpose: str, within: timedelta | None = None) -> int | None:
    """The row of a link of this purpose that was signed within some time; None where it is forged or too old."""
    try:
        return _row(signing.loads(token, salt=purpose, max_age=within))
    except signing.BadSignature:
        return None


def row_behind_lasting(token: str, *, purpose: str) -> int | None:
    """The row of a lasting link; None where it is forged."""
    try:
        return _row(signing.Signer(salt=purpose).unsign_object(token))
    except signing.BadSignature:
        return None


def _row(signed: object) -> int | None:
    return signed if isinstance(signed, int) else None
