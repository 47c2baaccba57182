"""What owners and staff do with endpoints: register, change the secret, try, send again. No facts: nothing is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.alerts.signing import new_secret
from tracker.egress import Forbidden, check_url
from tracker.models import Endpoint, Message, MessageState, Notice, Partner, Subscription, User
from tracker.vocabulary import Purpose

# For so long the secret before signs too.
OVERLAP = timedelta(days=1)
# For so long what was sent can be sent again, the same id and the same bytes.
KEPT = timedelta(days=30)


def register(
    *,
    url: str,
    contact: str,
    at: datetime,
    name: str = "",
    user: User | None = None,
    partner: Partner | None = None,
) -> Endpoint:
    """A new endpoint with a secret of its own. Raises ValidationError for an address that is never called."""
    endpoint = Endpoint(
        url=checked_url(url), name=name, contact=contact, user=user, partner=partner, created_at=at
    )
    endpoint.secret = new_secret()
    endpoint.full_clean()
    endpoint.save()
    return endpoint


def change(endpoint: Endpoint, **values: str) -> None:
    """Another `url`, `name` or `contact`. Raises ValidationError for an address that is never called."""
    if "url" in values:
        checked_url(values["url"])
    for field, value in values.items():
        setattr(endpoint, field, value)
    if values:
        endpoint.save(update_fields=[*values])


def checked_url(url: str) -> str:
    """The address of an endpoint. What its name leads to is looked at again with each call."""
    try:
        check_url(url)
    except Forbidden as error:
        raise ValidationError({"url": [str(error)]}) from None
    return url


@transaction.atomic
def change_secret(endpoint: Endpoint, *, at: datetime) -> str:
    """A new secret; the one before signs for a day more. Returns the new one."""
    row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    row.old_secret, row.old_secret_until, row.secret = row.secret, at + OVERLAP, new_secret()
    row.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return row.secret


def enable(endpoint: Endpoint) -> None:
    """Call it again, unless its owner deleted it. What was dropped meanwhile is sent by `replay`."""
    Endpoint.objects.kept().filter(pk=endpoint.pk).update(
        disabled_at=None,
        disabled_because="",
        failing_since=None,
        failures=0,
        rests_until=None,
        warned_at=None,
    )


@transaction.atomic
def delete(endpoint: Endpoint, *, at: datetime) -> None:
    """It is called no more, follows nothing, and is shown to its owner no more. The log of attempts stays."""
    Subscription.objects.filter(endpoint=endpoint).delete()
    waiting = Message.objects.filter(
        endpoint=endpoint, state__in=[MessageState.PENDING, MessageState.SENDING]
    )
    waiting.update(state=MessageState.DROPPED, outcome="the endpoint was deleted by its owner")
    row = Endpoint.objects.filter(pk=endpoint.pk)
    row.active().update(disabled_at=at, disabled_because="deleted by its owner")
    row.update(deleted_at=at, rests_until=None)


def ping(endpoint: Endpoint, *, at: datetime) -> Message:
    """A test call, made with the next run; its outcome stands in the log of attempts."""
    return Message.objects.create(
        purpose=Purpose.PING,
        endpoint=endpoint,
        action=uuid4(),
        message_id=f"msg_{uuid4().hex}",
        created_at=at,
        next_attempt_at=at,
    )


def replay(endpoint: Endpoint, *, since: datetime, at: datetime) -> int:
    """Send again all that the endpoint was to be told since a moment, at most thirty days ago; how many calls.

    Each with the id and the bytes that it had. What is no longer true is struck out as before any attempt.
    """
    if since < at - KEPT:
        raise ValidationError({"since": ["Choose a moment of the last thirty days."]})
    ids = Message.objects.filter(endpoint=endpoint, purpose=Purpose.CALL, created_at__gte=since)
    return send_again(list(ids.values_list("pk", flat=True)), at=at)


@transaction.atomic
def send_again(messages: Sequence[int], *, at: datetime) -> int:
    """Queue messages once more that were sent, dropped or given up; those on their way are left alone.

    None that is older than thirty days: its bytes are forgotten soon (`pruning.py`), and would be made anew.
    """
    over = [MessageState.SENT, MessageState.DROPPED, MessageState.FAILED]
    rows = Message.objects.filter(pk__in=messages, state__in=over, created_at__gte=at - KEPT)
    ids = list(rows.select_for_update().values_list("pk", flat=True))
    Notice.objects.filter(message__in=ids).update(dropped_because="")
    Message.objects.filter(pk__in=ids).update(
        state=MessageState.PENDING, attempts=0, next_attempt_at=at, sent_at=None, outcome=""
    )
    return len(ids)
