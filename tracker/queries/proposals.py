"""What a partner is told of its own proposals. Nobody else is told anything of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from tracker.models import Partner, Proposal
from tracker.vocabulary import Noun, ProposalKind, ProposalState

PROPOSAL_ORDERS = {"-received_at": ("-received_at", "ref"), "received_at": ("received_at", "ref")}


@dataclass(frozen=True)
class AboutView:
    """What a proposal is about."""

    type: Noun
    id: str


@dataclass(frozen=True)
class ProposalView:
    """A proposal as the partner sent it, and what became of it."""

    resource: ClassVar[str] = "proposals"

    id: str
    kind: ProposalKind
    about: AboutView
    said: dict[str, Any]
    state: ProposalState
    state_label: str
    reason: str
    received_at: datetime
    decided_at: datetime | None


def proposal_view(proposal: Proposal) -> ProposalView:
    state = ProposalState(proposal.state)
    return ProposalView(
        str(proposal.ref),
        ProposalKind(proposal.kind),
        AboutView(Noun(proposal.about_type), proposal.about_ref),
        proposal.said,
        state,
        state.label,
        proposal.reason,
        proposal.received_at,
        proposal.decided_at,
    )


def proposal_views(proposals: Iterable[Proposal]) -> list[ProposalView]:
    return [proposal_view(each) for each in proposals]


def proposals_of(partner: Partner, states: Iterable[str] = ()) -> QuerySet[Proposal]:
    """A partner's own, in some of the states, or in any."""
    rows = Proposal.objects.filter(partner=partner)
    return rows.filter(state__in=[*states]) if states else rows
