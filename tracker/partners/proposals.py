"""What partners propose: received once, whatever the network does, and decided by staff. No fact is written here."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from tracker.models import Fact, Partner, Proposal, User
from tracker.vocabulary import Noun, ProposalKind, ProposalState

# A site that went wild is stopped before the queue is of no use to anybody.
MOST_WAITING = 500

SUBJECTS: dict[str, type[Fact]] = {
    model.noun.value: model for model in apps.get_models() if issubclass(model, Fact)
}


class AnotherBody(Exception):
    """The idempotency key was used for another proposal."""


class TooManyWaiting(Exception):
    """The partner has as many proposals waiting as anybody can read."""


@dataclass(frozen=True)
class Proposed:
    """A proposal that was checked: what kind, about what, and all that it says."""

    kind: ProposalKind
    about_type: Noun
    about_ref: str
    said: dict[str, Any]


def public_subject(noun: str, ref: str) -> Fact | None:
    """The public fact of this name. A draft is as unknown as what never was."""
    return SUBJECTS[noun].objects.public().filter(ref=ref).first() if noun in SUBJECTS else None


def fingerprint_of(body: Any) -> str:
    """What makes two bodies the same: their members and values, not their order or their spaces."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def answered_before(*, partner: Partner, idempotency_key: str, fingerprint: str) -> Proposal | None:
    """What came first under this key; None where it did not. Raises AnotherBody."""
    earlier = Proposal.objects.filter(partner=partner, idempotency_key=idempotency_key).first()
    if earlier is None:
        return None
    if earlier.fingerprint != fingerprint:
        raise AnotherBody
    return earlier


def receive(
    *,
    partner: Partner,
    idempotency_key: str,
    fingerprint: str,
    proposed: Proposed,
    answer: Callable[[Proposal], str],
    at: datetime,
) -> Proposal:
    """Keep a proposal for staff. Of a hundred at once one is kept, and all are told the same.

    The unique constraint decides: who comes second waits for the first to commit, and reads its row.
    """
    proposal = Proposal(
        ref=uuid4(),
        partner=partner,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
        kind=proposed.kind,
        about_type=proposed.about_type,
        about_ref=proposed.about_ref,
        said=proposed.said,
        received_at=at,
    )
    proposal.answer = answer(proposal)
    if waiting_of(partner).count() >= MOST_WAITING:
        raise TooManyWaiting
    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    kept = answered_before(partner=partner, idempotency_key=idempotency_key, fingerprint=fingerprint)
    assert kept is not None, "it was there a moment ago, and proposals are never deleted"
    return kept


def waiting_of(partner: Partner) -> QuerySet[Proposal]:
    """The proposals of a partner that nobody has decided."""
    return Proposal.objects.filter(partner=partner, state=ProposalState.WAITING)


def proposal_of(partner: Partner, ref: UUID | str) -> Proposal | None:
    """One of a partner's own; another's is as unknown as what never was."""
    return Proposal.objects.filter(partner=partner, ref=ref).first()


def take_up(*, proposals: Sequence[Proposal], reason: str = "", by: User, at: datetime) -> None:
    """Staff make it their own: what they record of it is theirs, by the usual actions."""
    _decide(proposals, ProposalState.TAKEN_UP, reason, by, at)


def decline(*, proposals: Sequence[Proposal], reason: str, by: User, at: datetime) -> None:
    """Staff do not follow it, and say why."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the partner reads it."})
    _decide(proposals, ProposalState.DECLINED, reason, by, at)


@transaction.atomic
def _decide(proposals: Sequence[Proposal], state: ProposalState, reason: str, by: User, at: datetime) -> None:
    """The rows decide: whoever comes second is told, and nothing is decided twice."""
    waiting = Proposal.objects.filter(pk__in=[each.pk for each in proposals], state=ProposalState.WAITING)
    decided = waiting.update(state=state, reason=reason, decided_at=at, decided_by=by)
    if decided != len(proposals):
        raise ValidationError("Somebody has decided this meanwhile. Look at it again.")
