"""Asking one person, by a link, to agree to silences; and their answer. The link itself is no fact."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.actions._silent import confirm_silences
from tracker.ledger import Actor
from tracker.models import SecondingLink, Silence, User
from tracker.queries.seconding import LASTS
from tracker.vocabulary import Role


@transaction.atomic
def ask_to_second(*, silences: Sequence[Silence], person: User, by: Actor, at: datetime) -> SecondingLink:
    """Make a link for one person. Raises ValidationError for oneself, and for whoever proposed one of them."""
    if by.user is None or person.pk == by.user.pk:
        raise ValidationError({"person": ["Ask another person than yourself."]})
    if not person.email or not person.is_active:
        raise ValidationError({"person": ["This account has no e-mail address, or is switched off."]})
    if any(silence.proposed_by_id == person.pk for silence in silences):
        raise ValidationError({"person": ["That person proposed one of these: another must agree."]})
    if any(not silence.is_draft for silence in silences):
        raise ValidationError({"silences": ["One of these is no longer waiting for a second person."]})
    link = SecondingLink.objects.create(person=person, asked_by=by.user, created_at=at, expires_at=at + LASTS)
    link.silences.set(silences)
    return link


@transaction.atomic
def answer_by_link(*, link: SecondingLink, agreed: bool, words: str, at: datetime) -> None:
    """The person agrees, or does not; either way the link is used up.

    One row decides: of two at once, one finds the link used. Where the silences cannot be confirmed (an answer came
    in, the time is not over) nothing is written and the link stays. The person acts for the register, so the line
    names its staff, and to staff the person.
    """
    taken = SecondingLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at)
    if not taken.update(used_at=at, agreed=agreed, words=words.strip()):
        raise ValidationError("This link was used already, or has expired.")
    if agreed:
        waiting = list(link.silences.select_related("addressee", "found_by").order_by("pk"))
        confirm_silences(silences=waiting, by=Actor(Role.STAFF, link.person), at=at)
