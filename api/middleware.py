"""What holds for every address under /api/, whoever answers: problems are problem+json, any page may read, limits and
notices are told, and no key stands in an address.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_plus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from api.deprecation import notice_of
from api.errors import MEDIA_TYPE, problem
from api.throttling import admitted, headers_of
from tracker.queries.days import register_day
from tracker.vocabulary import KEY_PATTERN

Answer = Callable[[HttpRequest], HttpResponseBase]

HERE = "/api/"
# What a page of another site may read: no cookie counts here, so there is nothing that it could take from anybody.
READABLE = ("/api/v1/", "/api/schema/")
READING = ("GET", "HEAD", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Deprecation, ETag, Link, RateLimit-Limit, "
    "RateLimit-Remaining, RateLimit-Reset, Retry-After, Sunset, X-As-Of, X-Licence, X-Public-Head, X-Request-ID",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "Accept, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}
# Nothing that programs read is a page: a browser that is made to show it may do nothing with it.
POLICY = "default-src 'none'; frame-ancestors 'none'"
# Headers that describe the content, which is another one now.
OF_THE_CONTENT = {"content-type", "content-length", "content-encoding", "content-language", "etag"}
# What is refused before a view asks the limits: a key in the address, a form of answer that there is none in.
BEFORE_THE_LIMITS = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_ACCEPTABLE)

KEY = re.compile(KEY_PATTERN)
KEY_IN_ADDRESS = (
    "A key never stands in an address: addresses are logged and shared. Send it in the header "
    "`Authorization: Bearer`, and have this one revoked if anybody else may have seen the address."
)


def spoken(answer: Answer) -> Answer:
    """Middleware: an error under /api/ is problem+json, even where Django refused the request before any view."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(HERE):
            return answer(request)
        response = _told(request, _refuse_key if _holds_a_key(request) else answer)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            for name in ("Content-Type", "Content-Length"):  # a cache takes them for those of what it has
                response.headers.pop(name, None)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(response)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.method in READING and request.path_info.startswith(READABLE):
            told = {**CORS, **PREFLIGHT} if request.method == "OPTIONS" else CORS
            for name, value in told.items():
                response.headers[name] = value
        return response

    return middleware


def _within_limits(request: HttpRequest) -> bool:
    """What was refused is counted; where nothing can be counted, the refusal stands as it is."""
    try:
        return admitted(request)
    except DatabaseError:
        return True


def _refuse_key(_request: HttpRequest) -> HttpResponse:
    """A key in an address."""
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
    return HttpResponse(problem(400, "key_in_address", KEY_IN_ADDRESS), status=400, headers=headers)


def _holds_a_key(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return bool(KEY.search(request.path_info) or (query and KEY.search(unquote_plus(query))))


def _told(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """The answer with what it says of limits and of what ends; nobody but the partner keeps what a key was given."""
    notice = notice_of(request)
    if notice is not None and notice.ends_on <= register_day(timezone.now()):
        response: HttpResponseBase = HttpResponse(status=410)
    else:
        response = answer(request)
    if response.status_code in BEFORE_THE_LIMITS and not headers_of(request) and not _within_limits(request):
        response = HttpResponse(status=429, headers={"Retry-After": headers_of(request)["RateLimit-Reset"]})
    for name, value in headers_of(request).items():
        response.headers[name] = value
    if notice is not None:
        notice.tell(response)
    if hasattr(request, "key"):
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Authorization"])
    return response


def _as_problem(response: HttpResponseBase) -> HttpResponse:
    """The same refusal in the words of the API; what else the answer says of itself is kept.

    The answer that is dropped is not closed: Django would take that for the end of the request.
    """
    kept = {name: value for name, value in response.items() if name.lower() not in OF_THE_CONTENT}
    content = problem(response.status_code)
    told = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
    return HttpResponse(content, status=response.status_code, headers={**kept, **told})
