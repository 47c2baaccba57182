"""Keys of partner sites: made, shown once, looked up, revoked."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from tracker.models import Key, Partner, User
from tracker.vocabulary import KEY_PATTERN, Scope

# Two live at once: the new one is put in place before the old one is revoked.
MOST_LIVE = 2
LONGEST_LIFE = timedelta(days=2 * 366)
# When a key was last used is for people who wonder whether it still is: it is not written at each request.
USE_NOTED_EVERY = timedelta(minutes=5)

_KEY = re.compile(KEY_PATTERN)
_PREFIX = len("tta_") + 8


@transaction.atomic
def make_key(
    *, partner: Partner, scopes: Collection[Scope], expires_at: datetime, by: User, at: datetime
) -> tuple[Key, str]:
    """A new key, and what it is: the one moment at which anybody can read it.

    1. Lock the partner, so that two people do not make a third key. 2. Count the live ones. 3. Keep the digest.
    """
    if not at < expires_at <= at + LONGEST_LIFE:
        raise ValidationError(
            {"expires_at": f"Let it expire within {LONGEST_LIFE.days} days, and not in the past."}
        )
    Partner.objects.select_for_update().get(pk=partner.pk)
    if live_keys(partner, at).count() >= MOST_LIVE:
        raise ValidationError(
            f"{partner} has {MOST_LIVE} live keys: revoke the one that is not used any more."
        )
    written = f"tta_{_letters(5)}_{_letters(20)}"
    key = Key(
        partner=partner,
        prefix=written[:_PREFIX],
        digest=_digest(written),
        scopes=[each for each in Scope if each in scopes],
        made_at=at,
        made_by=by,
        expires_at=expires_at,
    )
    key.full_clean()
    key.save()
    return key, written


def live_keys(partner: Partner, at: datetime) -> QuerySet[Key]:
    """The keys that open something at this moment."""
    return partner.keys.filter(revoked_at=None, expires_at__gt=at)


def revoke_keys(*, keys: Collection[Key], by: User, at: datetime) -> None:
    """From the next request on they open nothing, in whichever process."""
    Key.objects.filter(pk__in=[key.pk for key in keys], revoked_at=None).update(revoked_at=at, revoked_by=by)


def key_called(written: str, *, at: datetime) -> Key | None:
    """The live key that this is. One query at each call: what was revoked a moment ago opens nothing.

    The row is found by the half that is no secret; the whole is compared by digest, in constant time.
    """
    if not _KEY.fullmatch(written):
        return None
    key = Key.objects.select_related("partner").filter(prefix=written[:_PREFIX]).first()
    same = hmac.compare_digest(_digest(written), key.digest if key else _digest(""))
    if key is None or not same or key.revoked_at is not None or key.expires_at <= at:
        return None
    return key


def note_use(key: Key, *, at: datetime) -> None:
    """Remember that a key was used, at most once in five minutes."""
    earlier = at - USE_NOTED_EVERY
    if key.last_used_at is None or key.last_used_at < earlier:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=earlier)
        Key.objects.filter(stale, pk=key.pk).update(last_used_at=at)


def _letters(octets: int) -> str:
    return base64.b32encode(secrets.token_bytes(octets)).decode().lower()


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
