"""Taking over what a partner proposes: the right form, filled in. What is saved decides the proposal with it.

The forms know a proposal by `proposal=<its id>` in their address. It is decided in the transaction of what they save.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from tracker.admin.shown import change_url, shown_value
from tracker.models import Addressee, Fact, Proposal, Recommendation, Source
from tracker.partners.proposals import SUBJECTS, take_up
from tracker.spans import parse_span
from tracker.vocabulary import Noun, ProposalKind, ProposalState, ResponseKind, SourceKind, View

PARAMETER = "proposal"
SPANS = ("written_on", "assessed_on")
PLAIN = ("summary", "title", "position", "quote", "implementation", "view")


def proposal_of(request: HttpRequest) -> Proposal | None:
    """The waiting proposal that a form was opened for, by somebody who may decide it."""
    written = request.POST.get(PARAMETER) or request.GET.get(PARAMETER, "")
    if not written or not request.user.has_perm("tracker.change_proposal"):
        return None
    try:
        ref = UUID(written)
    except ValueError:
        return None
    return Proposal.objects.filter(ref=ref, state=ProposalState.WAITING).select_related("partner").first()


def take_over(request: HttpRequest, at: datetime) -> None:
    """Decide the proposal whose form was just saved, if there is one. In the transaction of the saving."""
    proposal = proposal_of(request)
    if proposal is not None:
        take_up(proposals=[proposal], by=request.user, at=at)  # type: ignore[arg-type]


def subject_of(proposal: Proposal) -> Fact | None:
    """The fact that it is about, if there still is one of that name."""
    return SUBJECTS[proposal.about_type].objects.filter(ref=proposal.about_ref).first()


def form_for(proposal: Proposal) -> str:
    """The address of the form in which it is taken over; empty where what it is about is gone."""
    subject = subject_of(proposal)
    asked = {PARAMETER: str(proposal.ref)}
    match proposal.kind, subject:
        case _, None:
            return ""
        case ProposalKind.RESPONSE, Addressee() | Recommendation():
            ask = subject.recommendation if isinstance(subject, Addressee) else subject
            asked["report"] = ask.report.ref
            return f"{reverse('admin:tracker_response_record')}?{urlencode(asked)}"
        case ProposalKind.PROGRESS, Addressee():
            asked["facts"] = str(subject.pk)
            return f"{reverse('admin:tracker_addressee_act', args=['assess'])}?{urlencode(asked)}"
    return f"{change_url(subject)}?{urlencode(asked)}"


def initial_of(proposal: Proposal | None) -> dict[str, Any]:
    """What the forms are filled in with."""
    if proposal is None:
        return {}
    said, source = proposal.said, proposal.said["source"]
    known = source_on_record(proposal)
    initial: dict[str, Any] = {name: said[name] for name in PLAIN if name in said}
    if proposal.about_type == Noun.ADDRESSEE and (subject := subject_of(proposal)):
        initial["addressees"] = [str(subject.pk)]
    initial |= {name: parse_span(said[name]) for name in SPANS if name in said}
    initial["kind"] = said.get("response_kind", ResponseKind.FORMAL)
    initial["view"] = said.get("view", View.CLAIMED)
    if known is not None:
        return {**initial, "source": known}
    new = {"source_kind": SourceKind.PAGE}
    new |= {f"source_{name}": source[name] for name in ("title", "url", "publisher") if name in source}
    if "dated_on" in source:
        new["source_dated_on"] = parse_span(source["dated_on"])
    return {**initial, **new}


def source_on_record(proposal: Proposal) -> Source | None:
    """The source it names, where the register has it already."""
    return Source.objects.filter(url=proposal.said["source"]["url"], withdrawn_at=None).first()


def enter_source_at(proposal: Proposal) -> str:
    """Where its source is entered, filled in."""
    source = proposal.said["source"]
    return f"{reverse('admin:tracker_source_add')}?{urlencode({'kind': SourceKind.PAGE.value, **source})}"


def told(proposal: Proposal) -> list[tuple[str, Any]]:
    """What it says, for staff to read."""
    source = proposal.said["source"]
    rows = [(name, value) for name, value in proposal.said.items() if name != "source"]
    rows += [(f"source: {name}", value) for name, value in source.items()]
    return [(name.replace("_", " ").capitalize(), shown_value(value)) for name, value in rows]


def taking_context(request: HttpRequest) -> dict[str, Any]:
    """What a form's page shows of the proposal that it takes over."""
    proposal = proposal_of(request)
    if proposal is None:
        return {}
    return {
        "taken": proposal,
        "taken_says": told(proposal),
        "taken_source_at": "" if source_on_record(proposal) else enter_source_at(proposal),
    }
