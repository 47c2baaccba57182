"""What holds for every request, before anything else looks at it: its name, and what no request may carry."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from tracker.importing.bounds import LARGEST
from tracker.vocabulary import without_keys
from tracker.web.errors import too_large

# In bytes. The desk takes files; a little is for the form around them.
DESK = "/admin/"
MOST_FROM_STAFF, MOST_FROM_ANYBODY = LARGEST + 1024 * 1024, 2 * 1024 * 1024

Answer = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9-]{8,64}")

# The request that this thread is answering; empty outside of one.
_current: ContextVar[str] = ContextVar("request", default="")


def named(answer: Answer) -> Answer:
    """Middleware: every answer says which request it was; the caller's own name for it is kept if it is sane."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if SANE.fullmatch(given) else uuid.uuid4().hex
        request.name = name  # type: ignore[attr-defined]
        token = _current.set(name)
        try:
            response = answer(request)
        finally:
            _current.reset(token)
        response.headers[HEADER] = name
        return response

    return middleware


def bodiless(answer: Answer) -> Answer:
    """Middleware: an answer to HEAD has the headers of the answer to GET, and no body for the server to complain of."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "HEAD" and not response.streaming and response.content:
            length = response.headers.get("Content-Length", str(len(response.content)))
            response.content = b""
            response.headers["Content-Length"] = length
        return response

    return middleware


def bounded(answer: Answer) -> Answer:
    """Middleware: what says of itself that it is larger than anything we take is refused before a byte is read.

    Whatever comes in a form is read whole before any view sees it, files to the disk.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        most = MOST_FROM_STAFF if request.path_info.startswith(DESK) else MOST_FROM_ANYBODY
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length[:20]) > most:
            return too_large(most)
        return answer(request)

    return middleware


def bearable_cookies(answer: Answer) -> Answer:
    """Middleware: a cookie with a NUL character in it is a bad request.

    A cookie may spell any character in octal. PostgreSQL holds no NUL, so the look-up of such a session would fail.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\x00" in f"{name}{value}" for name, value in request.COOKIES.items()):
            raise BadRequest("a NUL character in a cookie")
        return answer(request)

    return middleware


class RequestName(logging.Filter):
    """Gives each line of the log the request that it belongs to.

    Django tells of a refusal when all middleware is done: its lines bring the request along.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        name = _current.get() or getattr(getattr(record, "request", None), "name", "")
        record.request_name = f" [{name}]" if name else ""
        return True


class NoKeys(logging.Filter):
    """No line of the log holds a key."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            return True  # the handler says what is wrong with it
        kept = without_keys(said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
