"""The description of what partners do with a key: what they propose, what they manage."""

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer

from api.errors import MEDIA_TYPE
from api.filters import Parameters
from api.proposed import KINDS
from api.schema import LIST_ERRORS, RegisterSchema, but
from api.serializers import ProblemSerializer, serializer_of

_SENT_ERRORS = {
    **LIST_ERRORS,
    400: "A member or a header is missing, unknown or wrong, or names nothing public.",
    409: "Too many of your proposals wait.",
    413: "The body is too large.",
    415: "Only JSON is taken.",
    422: "This idempotency key came before with another body.",
}


class ProposalSchema(RegisterSchema):
    """What is sent stands in the body, and is answered by 201."""

    @property
    def _sending(self) -> bool:
        return self.method == "POST"

    @property
    def _problems(self) -> dict[int, str]:
        return _SENT_ERRORS if self._sending else super()._problems

    def get_override_parameters(self) -> list[Any]:
        if not self._sending:
            return super().get_override_parameters()
        why = "New for each proposal: whoever sends the same again makes no second one, and is answered the same."
        header = OpenApiParameter(
            "Idempotency-Key", _IDEMPOTENCY_KEY, OpenApiParameter.HEADER, required=True, description=why
        )
        return [header]

    def get_request_serializer(self) -> Any:
        if not self._sending:
            return None
        return PolymorphicProxySerializer("Proposed", KINDS, resource_type_field_name="kind")

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        return {201: serializer_of(self.view.shape), **but(found, 200)} if self._sending else found

    def get_operation_id(self) -> str:
        return "proposals_create" if self._sending else super().get_operation_id()


@dataclass(frozen=True)
class Told:
    """What one action of what partners manage answers, and what it takes."""

    shape: Any
    status: int = 200
    many: bool = False
    takes: Any = None
    parameters: type[Parameters] = Parameters


class ManagedSchema(RegisterSchema):
    """What partners manage with a key: the view says for each action what it takes and answers."""

    @property
    def _told(self) -> Told:
        return self.view.told[self.view.action]

    @property
    def _alone(self) -> bool:
        return not self._told.many

    def get_override_parameters(self) -> list[Any]:
        taken = self._told.parameters
        found: list[Any] = [taken] if taken._declared_fields else []
        if self.view.detail:
            found.append(OpenApiParameter("ref", str, OpenApiParameter.PATH, description="Its `id`."))
        return found

    def get_request_serializer(self) -> Any:
        return self._told.takes

    def get_response_serializers(self) -> Any:
        told = self._told
        answer = None if told.shape is None else serializer_of(told.shape)
        wrong = {**_MANAGED_ERRORS, **({404: "None of yours has this id."} if self.view.detail else {})}
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, why)
            for status, why in wrong.items()
            if told.takes is not None or status not in (409, 413, 415)
        }
        return {told.status: answer(many=True) if answer and told.many else answer, **problems}

    def get_tags(self) -> list[str]:
        return [self.view.basename + "s"]

    def get_operation_id(self) -> str:
        return f"{self.view.basename}s_{self.view.action}"


_MANAGED_ERRORS = {
    400: "A member or a parameter is missing, unknown or wrong, or names nothing public.",
    401: "A key is needed.",
    403: "The key lacks the scope manage:webhooks.",
    406: "Only JSON is spoken here.",
    409: "You have as many as a partner may have.",
    413: "The body is too large.",
    415: "Only JSON is taken.",
    429: "Too many requests; Retry-After says when to go on.",
}
_IDEMPOTENCY_KEY = {"type": "string", "pattern": r"^[!#-\[\]-~]{8,128}$"}
