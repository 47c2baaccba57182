"""What partners propose, and what became of it. It waits for staff: nothing here publishes, or writes a fact."""

import re

import orjson
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.errors import NotInTheRegister, Problem, refuse
from api.filters import PART, Parameters, ProposalParameters, read
from api.pagination import Pager, paginated
from api.proposed import read_proposal
from api.schema_of_partners import ProposalSchema
from api.views import root
from tracker.models import Proposal
from tracker.partners.proposals import (
    MOST_WAITING,
    AnotherBody,
    TooManyWaiting,
    answered_before,
    fingerprint_of,
    proposal_of,
    receive,
)
from tracker.queries.days import register_day
from tracker.queries.proposals import (
    PROPOSAL_ORDERS,
    ProposalView,
    proposal_view,
    proposal_views,
    proposals_of,
)
from tracker.queries.shapes import as_json
from tracker.vocabulary import Scope

HEADER = "Idempotency-Key"
# A quoted string, as the standard in the making has it, or the same without quotes.
PROPOSAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
IDEMPOTENCY_KEY = re.compile(r'"?([\x21\x23-\x5b\x5d-\x7e]{8,128})"?')


class UsedBefore(exceptions.APIException):
    status_code = 422
    default_code = "idempotency_key_used"
    default_detail = f"This {HEADER} came before with another body. A new proposal needs a new one."


class EnoughWaiting(exceptions.APIException):
    status_code = 409
    default_code = "too_many_waiting"
    default_detail = f"{MOST_WAITING} of your proposals wait for the register's staff: let them read first."


class ProposalViewSet(GenericViewSet):
    """A partner's own proposals."""

    http_method_names = ("get", "head", "options", "post")  # type: ignore[assignment]
    schema = ProposalSchema()
    needs = Scope.PROPOSE
    lookup_field = "ref"
    lookup_value_regex = PART
    shape, shape_alone = ProposalView, None
    parameters, parameters_alone = ProposalParameters, Parameters

    def list(self, request: Request) -> Response:
        asked = read(self.parameters, request, register_day(timezone.now()))
        ordering = asked.get("ordering") or next(iter(PROPOSAL_ORDERS))
        pager = Pager("proposals", ordering, PROPOSAL_ORDERS[ordering], asked["page_size"])
        page = pager.page(proposals_of(request.user, asked.get("state", ())), asked.get("cursor"))
        results = as_json(proposal_views(page.rows), root(request))
        built = paginated(request, results, next=page.next, previous=page.previous, name="cursor")
        return Response(built.data, headers=built.headers)

    def retrieve(self, request: Request, *, ref: str) -> Response:
        read(self.parameters_alone, request, register_day(timezone.now()))
        proposal = proposal_of(request.user, ref) if PROPOSAL.fullmatch(ref) else None
        if proposal is None:
            raise NotInTheRegister
        return Response(as_json(proposal_view(proposal), root(request)))

    def create(self, request: Request) -> HttpResponse:
        """A response, a progress report or a correction, for staff to look at. The same again is answered the same."""
        sent = {"partner": request.user, "idempotency_key": _idempotency_key(request)}
        sent["fingerprint"] = fingerprint_of(request.data)
        try:
            earlier = answered_before(**sent)
            kept = earlier or receive(
                **sent,
                proposed=read_proposal(request.data),
                answer=lambda proposal: self._told(request, proposal),
                at=timezone.now(),
            )
        except AnotherBody:
            raise UsedBefore from None
        except TooManyWaiting:
            raise EnoughWaiting from None
        address = f"{root(request)}proposals/{kept.ref}/"
        return HttpResponse(
            kept.answer, status=201, content_type="application/json", headers={"Location": address}
        )

    def _told(self, request: Request, proposal: Proposal) -> str:
        return orjson.dumps(as_json(proposal_view(proposal), root(request))).decode()


def _idempotency_key(request: Request) -> str:
    found = IDEMPOTENCY_KEY.fullmatch(request.headers.get(HEADER, ""))
    if found is None:
        refuse(
            [
                Problem(
                    HEADER,
                    "required",
                    f"Send the header {HEADER}: 8 to 128 visible ASCII characters, such as a UUID, new for each "
                    "proposal. Whoever sends the same again after a failure makes no second proposal.",
                )
            ]
        )
    return found[1]
