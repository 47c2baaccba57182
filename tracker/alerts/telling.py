"""What the register tells people of its own affairs: that an endpoint was switched off, and the like."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string

from tracker.alerts.outbox import new_mail
from tracker.models import Endpoint, Message, MessageState, Notice, Proposal, Subscription
from tracker.queries.days import register_day
from tracker.vocabulary import Channel, News, ProposalState, Purpose, day_label

MATTER_LENGTH = 300
# What waits for longer was told, or nobody followed it: the desk has it.
OF_LATE = timedelta(days=3)


@transaction.atomic
def disable(endpoint: Endpoint, why: str, *, at: datetime) -> None:
    """Stop calling an endpoint: what waits for it is dropped, its owner gets a letter, staff hear of it."""
    changed = Endpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(
        disabled_at=at, disabled_because=why, rests_until=None
    )
    if not changed:
        return
    waiting = Message.objects.filter(
        endpoint=endpoint, state__in=[MessageState.PENDING, MessageState.SENDING]
    )
    waiting.update(state=MessageState.DROPPED, outcome=f"the endpoint was disabled: {why}")
    _write_to_owner("endpoint-disabled", endpoint, why, at)
    matter = f"Endpoint {endpoint.pk} was switched off on {day_label(register_day(at))}: {why}. {endpoint}"
    tell_staff([matter[:MATTER_LENGTH]], News.ENDPOINT_FAILING, at=at)


@transaction.atomic
def warn(endpoint: Endpoint, *, at: datetime) -> None:
    """Calls of an endpoint were given up: its owner and staff hear of it, once until it succeeds again."""
    warned = Endpoint.objects.filter(pk=endpoint.pk, warned_at=None).update(warned_at=at)
    if not warned:
        return
    _write_to_owner("endpoint-given-up", endpoint, "", at)
    matter = f"Calls of endpoint {endpoint.pk} were given up on {day_label(register_day(at))}. {endpoint}"
    tell_staff([matter[:MATTER_LENGTH]], News.ENDPOINT_FAILING, at=at)


def _write_to_owner(name: str, endpoint: Endpoint, why: str, at: datetime) -> None:
    context = {"endpoint": endpoint, "why": why, "since": endpoint.failing_since}
    new_mail(
        at=at,
        purpose=Purpose.LETTER,
        mail_to=endpoint.contact,
        subject=" ".join(render_to_string(f"emails/{name}-subject.txt", context).split()),
        text=render_to_string(f"emails/{name}.txt", context),
        html=render_to_string(f"emails/{name}.html", context),
    ).save()


def tell_of_proposals(*, at: datetime) -> int:
    """Tell staff of the proposals of late that wait, each once; how many notices were made."""
    waiting = Proposal.objects.filter(state=ProposalState.WAITING, received_at__gt=at - OF_LATE)
    matters = [
        f"Proposal {proposal.ref} of {proposal.partner} waits: {proposal.get_kind_display()}, {proposal.about_ref}"
        for proposal in waiting.select_related("partner").order_by("received_at", "pk")
    ]
    return tell_staff([matter[:MATTER_LENGTH] for matter in matters], News.PROPOSAL, at=at)


@transaction.atomic
def tell_staff(matters: Sequence[str], news: News, *, at: datetime) -> int:
    """Tell the accounts that follow this kind of news, each matter once; how many notices were made.

    A matter is a line of words, of at most 300 letters, that is no fact of the register. What one call tells somebody
    is one mail.
    """
    told = set(Notice.objects.filter(matter__in=matters).values_list("matter", "subscription"))
    mails: dict[int | None, Message] = {}
    notices = []
    followers = Subscription.objects.heeded().filter(user__isnull=False, kinds__contains=[news.value])
    for one in followers.order_by("pk"):
        fresh = [matter for matter in matters if (matter, one.pk) not in told]
        if fresh and one.channel == Channel.AT_ONCE and one.user_id not in mails:
            mails[one.user_id] = new_mail(at=at, user_id=one.user_id)
            mails[one.user_id].save()
        mail = mails.get(one.user_id) if one.channel == Channel.AT_ONCE else None
        notices += [Notice(subscription=one, news=news, matter=m, created_at=at, message=mail) for m in fresh]
    return len(Notice.objects.bulk_create(notices, ignore_conflicts=True))
