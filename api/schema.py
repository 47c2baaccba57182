"""The OpenAPI 3.1 description, read off the views, their parameters and their shapes."""

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from api.conditional import Built, Moment, conditional
from api.errors import MEDIA_TYPE
from api.filters import Parameters, read
from api.serializers import ProblemSerializer, serializer_of
from tracker.queries.expansions import EXPANSIONS
from tracker.vocabulary import Scope

LIST_ERRORS = {
    400: "A parameter is unknown or wrong.",
    401: "The key opens nothing, or one is needed.",
    403: "The key lacks a scope, which is named.",
    406: "Only JSON is spoken here.",
    429: "Too many requests; Retry-After says when to go on.",
}
_ONE_ERRORS = {**LIST_ERRORS, 404: "Nothing public has this address."}


class PartnerKeyScheme(OpenApiAuthenticationExtension):
    """How a key is sent."""

    target_class = "api.authentication.PartnerKeys"
    name = "partnerKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A partner's key, in the Authorization header only. Reading needs none.",
        }


class StrictExtension(OpenApiSerializerExtension):
    """What refuses members that it does not know says so."""

    target_class = "api.proposed.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        found = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**found, "additionalProperties": False}


class KeyedSchema(AutoSchema):
    """Anybody may read; a key that is sent must have its scope."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        super().get_auth()  # which describes the scheme
        needs: Scope | None = getattr(self.view, "needs", None)
        return [{"partnerKey": [needs.value]}] if needs else [{}, {"partnerKey": [Scope.READ.value]}]


class RegisterSchema(KeyedSchema):
    """What one operation takes and answers."""

    @property
    def _alone(self) -> bool:
        return getattr(self.view, "action", "") == "retrieve"

    @property
    def _problems(self) -> dict[int, str]:
        return {**(_ONE_ERRORS if self._alone else LIST_ERRORS), **getattr(self.view, "problems", {})}

    def get_override_parameters(self) -> list[Any]:
        taken = self.view.parameters_alone if self._alone else self.view.parameters
        found: list[Any] = [taken] if taken._declared_fields else []
        if self._alone:
            found.append(
                OpenApiParameter("ref", str, OpenApiParameter.PATH, description="Its `id`, slashes and all.")
            )
        return found

    def get_response_serializers(self) -> Any:
        shape = (self.view.shape_alone or self.view.shape) if self._alone else self.view.shape
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, why)
            for status, why in self._problems.items()
        }
        answer = serializer_of(shape)
        return {200: answer if self._alone else answer(many=True), **problems}

    def get_filter_backends(self) -> list[Any]:
        return []

    def _get_paginator(self) -> Any:
        return _PAGES if not self._alone else None

    def get_tags(self) -> list[str]:
        return [self.view.shape.resource if hasattr(self.view.shape, "resource") else "changes"]

    def get_operation_id(self) -> str:
        if hasattr(self.view, "operation"):
            return self.view.operation
        return f"{self.get_tags()[0]}_{'retrieve' if self._alone else 'list'}"


_EXPORT_ERRORS = {
    **{status: why for status, why in LIST_ERRORS.items() if status != 406},
    413: "More rows than a workbook holds; the other forms take any number.",
    503: "As many exports are being made as are made at once; Retry-After says when to try again.",
}
_BINARY = {"type": "string", "format": "binary"}


class ExportSchema(KeyedSchema):
    """A list as one file: the parameters of the list, but for its pages."""

    def get_override_parameters(self) -> list[Any]:
        return [self.view.parameters, *_EXPORT_HEADERS]

    def get_response_serializers(self) -> Any:
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, why)
            for status, why in _EXPORT_ERRORS.items()
            if status != 413 or self.view.form == "xlsx"
        }
        kind = self.view.media_type.partition(";")[0]
        return {(200, kind): OpenApiResponse(_BINARY, "The whole list as a file."), **problems}

    def get_tags(self) -> list[str]:
        return [self.view.resource]

    def get_operation_id(self) -> str:
        return f"{self.view.resource}_{self.view.form}"

    def get_filter_backends(self) -> list[Any]:
        return []


def _header(name: str, what: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=what, response=[200])


_EXPORT_HEADERS = (
    _header("X-Licence", "The licence of the data, by its SPDX name."),
    _header("X-As-Of", "The day on which it stood so."),
    _header("X-Public-Head", "The cursor from which `changes?after=` goes on."),
)


class FeedSchema(KeyedSchema):
    """What a filter finds, as a feed."""

    def get_override_parameters(self) -> list[Any]:
        return [self.view.parameters]

    def get_response_serializers(self) -> Any:
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, LIST_ERRORS[status])
            for status in (400, 401, 403, 429)
        }
        kind = self.view.renderer_classes[0].media_type.partition(";")[0]
        return {(200, kind): OpenApiResponse(_BINARY, "The feed."), **problems}

    def get_tags(self) -> list[str]:
        return ["feeds"]

    def get_operation_id(self) -> str:
        return f"addressees_{self.view.renderer_classes[0].format}"

    def get_filter_backends(self) -> list[Any]:
        return []


class DumpSchema(KeyedSchema):
    """The dumps that there are, or the file of one."""

    def get_response_serializers(self) -> Any:
        wrong = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, LIST_ERRORS[status])
            for status in (400, 401, 403, 429)
        }
        if self.view.shape is not None:
            return {200: serializer_of(self.view.shape)(many=True), **wrong}
        return {
            **wrong,
            (200, "application/gzip"): OpenApiResponse(_BINARY, "The file."),
            (200, "text/plain"): OpenApiResponse(str, "With .sha256: its digest."),
            (404, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, _ONE_ERRORS[404]),
            (503, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, _EXPORT_ERRORS[503]),
        }

    def get_override_parameters(self) -> list[Any]:
        if self.view.shape is not None:
            return []
        return [OpenApiParameter("name", str, OpenApiParameter.PATH, description="Its `name`.")]

    def get_filter_backends(self) -> list[Any]:
        return []

    def _get_paginator(self) -> Any:
        return _PAGES if self.view.shape is not None else None

    def get_tags(self) -> list[str]:
        return ["dumps"]

    def get_operation_id(self) -> str:
        return "dumps_list" if self.view.shape is not None else "dumps_retrieve"


def but(found: dict[Any, Any], left_out: Any) -> dict[Any, Any]:
    return {key: value for key, value in found.items() if key != left_out}


class _Pages:
    """The shape of every list."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": address, "previous": address},
        }

    def get_schema_operation_parameters(self, _: Any) -> list[Any]:
        return []

    def get_results(self, data: Any) -> Any:
        return data["results"]


_PAGES = _Pages()


def partly_told(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Where `fields`, `expand` or `q` may be asked for, a result may lack fields, and may have more.

    It is described beside the usual one: without them every field is there. A hook of drf-spectacular.
    """
    described = result["components"]["schemas"]
    for operation in (each["get"] for each in result["paths"].values() if "get" in each):
        taken = {each["name"] for each in operation.get("parameters", ())}
        if "fields" not in taken:
            continue
        answer = operation["responses"]["200"]["content"]["application/json"]
        name = _called(answer["schema"])
        if "results" in described[name]["properties"]:
            results = described[name]["properties"]["results"]
            results["items"] = _usual_or_partly(described, _called(results["items"]), taken)
        else:
            answer["schema"] = _usual_or_partly(described, name, taken)
    return result


# What the results of the resources with expansions are called.
_RESOURCES = {
    "Addressee": "addressees",
    "Recommendation": "recommendations",
    "Report": "reports",
    "Body": "bodies",
}


def _called(reference: dict[str, Any]) -> str:
    reference = reference.get("anyOf", [reference])[0]
    return reference["$ref"].rpartition("/")[2]


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _usual_or_partly(described: dict[str, Any], name: str, taken: set[str]) -> dict[str, Any]:
    """A result as it usually is, or as it was asked for."""
    partly = described.setdefault(
        f"{name}Partly",
        {
            "type": "object",
            "description": f"{name} where `fields`, `expand` or `q` were given.",
            "properties": dict(described[name]["properties"]),
        },
    )
    for field, (_, shape, several) in (EXPANSIONS.get(_RESOURCES.get(name, "")) or {}).items():
        whole = _named(shape.__name__.removesuffix("View"))
        shown = {"type": "array", "items": whole} if several else whole
        usual = described[name]["properties"].get(field)
        partly["properties"][field] = {"anyOf": [usual, shown]} if usual else shown
    if "q" in taken:
        partly["properties"]["snippet"] = {
            "type": ["string", "null"],
            "description": "HTML: escaped, with `<mark>` around what was found as its only tag.",
        }
    return {"anyOf": [_named(name), _named(f"{name}Partly")]}


@cache
def openapi() -> dict[str, Any]:
    """The whole description. It depends on the code alone: made once in each process."""
    return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(APIView):
    """The OpenAPI 3.1 description of this API."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    schema = None

    @conditional
    def get(self, request: Request, *, moment: Moment) -> Built:
        read(Parameters, request, moment.today)
        return Built(openapi())
