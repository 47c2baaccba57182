"""What partners propose: the queue, each beside the record it is about, taken over into a form or declined."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from tracker.admin.acts import Act, ActForm
from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import ProseField
from tracker.admin.shown import change_url, label_of, shown, shown_value
from tracker.admin.site import site
from tracker.admin.taking import form_for, subject_of, told
from tracker.ledger import Actor
from tracker.models import Fact, Proposal
from tracker.partners.proposals import decline, take_up
from tracker.vocabulary import ProposalState


class DeclineForm(ActForm):
    reason = ProseField(label="Why", max_length=2_000, help_text="The partner reads it.")


class TakenForm(ActForm):
    reason = ProseField(
        label="What became of it", max_length=2_000, required=False, help_text="The partner reads it."
    )


def decline_all(proposals: Sequence[Proposal], data: dict[str, Any], by: Actor, at: datetime) -> None:
    decline(proposals=proposals, reason=data["reason"], by=by.user, at=at)


def take_up_all(proposals: Sequence[Proposal], data: dict[str, Any], by: Actor, at: datetime) -> None:
    take_up(proposals=proposals, reason=data["reason"], by=by.user, at=at)


def _waits(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.WAITING


@admin.register(Proposal, site=site)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "kind", "about_ref", "partner", "state", "decided_by")
    list_select_related = ("partner", "decided_by")
    list_filter = ("state", "kind", "partner")
    search_fields = ("about_ref", "partner__name", "reason")
    acts = (
        Act(
            "decline",
            "Decline",
            decline_all,
            DeclineForm,
            intro="The register stays as it is. The partner sees that you declined, and why.",
            fits=_waits,
        ),
        Act(
            "taken",
            "It was done by hand",
            take_up_all,
            TakenForm,
            intro="For what was recorded by other means than the form. The partner sees that it was taken up.",
            fits=_waits,
        ),
    )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The proposal, to read beside the record; nothing is changed here."""
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST" or not self.has_view_permission(request, proposal):
            raise PermissionDenied
        subject = subject_of(proposal)
        acts = self.acts_on(request, proposal)
        if acts and (form := form_for(proposal)):
            acts.insert(0, {"label": "Take over", "url": form, "name": "take-over"})
        context = {
            **self.admin_site.each_context(request),
            "title": str(proposal),
            "opts": self.opts,
            "original": proposal,
            "acts": acts,
            "says": told(proposal),
            "subject": subject,
            "subject_url": change_url(subject) if subject else "",
            "values": self.record_of(request, subject) if subject else [],
            "decided": [
                ("Received", shown_value(proposal.received_at)),
                ("State", proposal.get_state_display()),
                ("Reason", shown_value(proposal.reason)),
                ("Decided", shown_value(proposal.decided_at)),
                ("By", shown_value(proposal.decided_by)),
            ],
        }
        return TemplateResponse(request, "admin/proposal.html", context)

    def record_of(self, request: HttpRequest, subject: Fact) -> list[tuple[str, Any]]:
        """What stands on record, for those who may see it."""
        shelf = self.admin_site._registry.get(type(subject))
        if not isinstance(shelf, FactAdmin) or not shelf.has_view_permission(request, subject):
            return []
        names = [name for few in shelf.sections.values() for name in few if name not in shelf.fixed]
        stands = shelf.about(request, subject)["stands"]
        return [*stands, *((label_of(type(subject), name), shown(subject, name)) for name in names)]
