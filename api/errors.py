"""Every problem as application/problem+json (RFC 9457). A draft and a thing that never was give the same bytes."""

from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, NoReturn

import orjson
from django.core.exceptions import SuspiciousOperation
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.parsers import LARGEST_BODY

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20
LONGEST_NAME = 100


@dataclass(frozen=True)
class Problem:
    """What is wrong with a parameter."""

    parameter: str
    code: str
    detail: str


class NotInTheRegister(exceptions.NotFound):
    """Nothing public has this address. Why not is nobody's business: no draft can be told from it."""

    default_detail = "Nothing in the public register has this address."


# What is said where no view was asked: Django refused the request, or something broke before or after the view.
DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request is not one that makes sense here.",
    HTTPStatus.NOT_FOUND: NotInTheRegister.default_detail,
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
    HTTPStatus.GONE: "This address has ended; the Link header says what to ask instead.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: f"At most {LARGEST_BODY:,} bytes can be sent: nothing of it was read.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on our side. It is in our log, under X-Request-ID.",
}


def problem(status: int, code: str = "", detail: str = "") -> bytes:
    """The problem of a status, in the shape of every other; in its own words where there are none better."""
    known = HTTPStatus(status)
    detail = detail or DETAILS.get(known, known.phrase)
    code = code or known.name.lower()
    errors = [{"parameter": None, "code": code, "detail": detail}]
    return orjson.dumps(
        {"type": "about:blank", "title": known.phrase, "status": status, "detail": detail, "errors": errors}
    )


def refuse(problems: list[Problem]) -> NoReturn:
    """Answer 400, naming the parameters."""
    detail: dict[str, list[exceptions.ErrorDetail]] = {}
    for each in problems[:MOST_ERRORS]:
        name = each.parameter[:LONGEST_NAME]
        detail.setdefault(name, []).append(exceptions.ErrorDetail(each.detail, code=each.code))
    raise exceptions.ValidationError(detail)


class ProblemFormatter(ExceptionFormatter):
    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        status = self.exc.status_code
        errors = [
            {"parameter": each["attr"], "code": each["code"], "detail": each["detail"]}
            for each in asdict(error_response)["errors"]
        ]
        return {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": errors[0]["detail"] if errors else HTTPStatus(status).phrase,
            "errors": errors,
        }


class ProblemHandler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """What Django refuses (too many parameters, and the like) is the client's mistake."""
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError("The request is larger than any that makes sense here.")
        converted = super().convert_known_exceptions(exc)
        return NotInTheRegister() if type(converted) is exceptions.NotFound else converted

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        headers = {**self.get_headers(exc), "Cache-Control": "no-store"}
        return Response(data, status=exc.status_code, headers=headers, content_type=MEDIA_TYPE)


class UnknownPath(APIView):
    """Whatever stands under /api/ and is no address of it."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotInTheRegister
