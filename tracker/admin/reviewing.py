"""The right of reply on the page of an addressee: asking the body, and letting adverse words rest while staff look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.actions.replies import addresses_of, ask_for_reply
from tracker.actions.reviews import begin_review, end_review
from tracker.admin.acts import Act, ActForm, ReasonForm
from tracker.admin.challenge import EnterForm, enter
from tracker.admin.fields import ProseField
from tracker.alerts.replies import send_links
from tracker.ledger import Actor
from tracker.models import Addressee, Recommendation, Report

LOOKED_INTO = "A challenge is being looked into."


class AskForm(ActForm):
    address = forms.EmailField(
        required=False,
        label="To which of its addresses",
        help_text="Empty: the one that is on record. You do not see the link.",
    )


def known_addresses(addressees: Sequence[Addressee]) -> Sequence[str]:
    """What is on record of the bodies chosen."""
    bodies = {each.body_id: each.body for each in addressees}
    return [
        f"{body}: {', '.join(addresses_of(body)) or 'no e-mail address among its contacts yet'}"
        for body in bodies.values()
    ]


def ask(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    address = data["address"]
    if not address:
        known = {each for row in addressees for each in addresses_of(row.body)}
        if len(known) != 1:
            raise ValidationError({"address": ["Say which: there is none on record, or there are several."]})
        [address] = known
    ask_for_reply(addressees=addressees, address=address, by=by, at=at)


def send(by: Actor, at: datetime) -> Sequence[str]:
    return send_links(asked_by=by.user, at=at)


class ReviewForm(ActForm):
    reason = ProseField(
        max_length=2_000, required=False, label="Why", help_text=f"Everybody reads it. Empty: {LOOKED_INTO}"
    )


def review(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    begin_review(addressees=addressees, reason=data["reason"] or LOOKED_INTO, by=by, at=at)


def review_asks(asks: Sequence[Recommendation], data: dict[str, Any], by: Actor, at: datetime) -> None:
    review(_addressees(recommendation__in=asks), data, by, at)


def review_reports(reports: Sequence[Report], data: dict[str, Any], by: Actor, at: datetime) -> None:
    review(_addressees(recommendation__report__in=reports), data, by, at)


def _addressees(**where: Any) -> list[Addressee]:
    return list(Addressee.objects.filter(withdrawn_at=None, **where).order_by("pk"))


def end(addressees: Sequence[Addressee], data: dict[str, Any], by: Actor, at: datetime) -> None:
    end_review(addressees=addressees, reason=data["reason"], by=by, at=at)


_RESTS = (
    "While you look, no adverse word is said of the body, and no alert goes out: overdue, no response found, not "
    "accepted by our reading, promise missed. That it is under review, and since when, is public."
)
REPLY_ACTS = (
    Act(
        "review",
        "Put under review",
        review,
        ReviewForm,
        intro=_RESTS,
        fits=lambda addressee: addressee.under_review_since is None and addressee.withdrawn_at is None,
        at_once=True,
    ),
    Act(
        "end-review",
        "End the review",
        end,
        ReasonForm,
        intro="What is on record is said again, and the alerts that waited go out if they are still true.",
        fits=lambda addressee: addressee.under_review_since is not None,
    ),
    Act(
        "ask-reply",
        "Ask the body to reply",
        ask,
        AskForm,
        needs="tracker.add_challenge",
        intro="One of the body's own addresses gets a link by e-mail to a page that shows what is said of it, and "
        "takes its reply. It works once, for four weeks, without an account.",
        fits=lambda addressee: addressee.published_at is not None and addressee.withdrawn_at is None,
        hints=known_addresses,
        after=send,
    ),
    Act(
        "challenge",
        "Enter a challenge that came by letter",
        enter,
        EnterForm,
        needs="tracker.add_challenge",
        drafts=True,
        intro="Shown beside the record once it is published. The record itself stays as it is.",
    ),
)
REVIEW_ASKS = Act("review", "Put all under review", review_asks, ReviewForm, intro=_RESTS)
REVIEW_REPORTS = Act("review", "Put all under review", review_reports, ReviewForm, intro=_RESTS)
