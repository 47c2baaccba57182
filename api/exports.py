"""Exports: a whole list as one file, streamed as PostgreSQL sends it.

What runs for minutes must not starve what takes milliseconds. So an export reads over connections of its own, of which
each process has a few (EXPORTS_AT_ONCE); past them the answer is 503 with Retry-After. It holds one until its last byte
is taken, but no longer than EXPORT_SECONDS, and never waits longer than EXPORT_STALL_SECONDS for a caller to take more.

A file that could not be finished does not look like a whole one: the connection is reset.
"""

import logging
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from typing import IO, Any, ClassVar

from django.conf import settings
from django.db import connections
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import filters as parameters
from api import views
from api.conditional import is_held, tag_of, tagged
from api.filters import Parameters, read
from api.schema import ExportSchema
from api.workbooks import TooLarge, workbook
from tracker.queries.changes import cursor_at
from tracker.queries.days import register_day
from tracker.queries.exports import Export, csv_lines, json_lines
from tracker.queries.head import PublicHead, public_head, snapshot
from tracker.queries.readers import reading_over
from tracker.vocabulary.publication import LICENCE, LICENCE_URL

log = logging.getLogger(__name__)

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 64 * 1024
TRY_AGAIN = 15  # seconds

# How many long answers this process may be giving at once; made when it starts.
slots = threading.BoundedSemaphore(settings.EXPORTS_AT_ONCE)


class Busy(exceptions.APIException):
    status_code = 503
    default_code = "busy"
    default_detail = (
        "As many exports are being made as this service makes at once. Try again in a while; the dump of the night, "
        "at /api/v1/dumps/, holds everything."
    )
    wait = TRY_AGAIN  # the framework says it as Retry-After


class FileTooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"


class OutOfTime(Exception):
    """The caller took the file too slowly."""


class Whatever(BaseContentNegotiation):
    """The address says what comes; what the caller would rather have changes nothing."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class AddresseeExportParameters(parameters.AddresseeFilters):
    page_size = cursor = None
    ranks = False


class RecommendationExportParameters(parameters.RecommendationFilters):
    page_size = cursor = None
    ranks = False


class ResponseExportParameters(parameters.ResponseFilters):
    page_size = cursor = None
    ranks = False


# Which lists there are, and what each takes: the parameters of the list, but for its pages.
EXPORTS: dict[str, tuple[type[views.PublicViewSet], type[Parameters]]] = {
    "addressees": (views.AddresseeViewSet, AddresseeExportParameters),
    "recommendations": (views.RecommendationViewSet, RecommendationExportParameters),
    "responses": (views.ResponseViewSet, ResponseExportParameters),
}


class ExportView(APIView):
    """A list as one file, with the filters of the list."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    content_negotiation_class = Whatever
    schema = ExportSchema()
    resource: ClassVar[str] = ""
    form: ClassVar[str] = ""

    @property
    def parameters(self) -> type[Parameters]:
        return EXPORTS[self.resource][1]

    @property
    def media_type(self) -> str:
        return FORMS[self.form]

    def get(self, request: Request) -> HttpResponseBase:
        today = register_day(timezone.now())
        listed = EXPORTS[self.resource][0]
        asked = read(self.parameters, request, today)
        wanted = listed.filter(**{"as_of": today, **asked})
        tag, headers = self._told(request, public_head(), today, wanted.as_of)
        if is_held(request, tag) or is_held(request, "*"):
            return tagged(Response(status=304), tag)
        if request.method == "HEAD":
            return tagged(StreamingHttpResponse((), headers=headers), tag)
        with long_answer() as opened:
            # The head is read anew, in the snapshot of the data: the tag is that of what is sent.
            tag, headers = self._told(request, public_head(), today, wanted.as_of)
            rows, keys = listed.matching(wanted), listed.orders[wanted.ordering]
            export = Export(self.resource, rows, keys, wanted.as_of, views.root(request))
            chunks = self._chunks(export, headers, request, opened)
            # A fault before the first byte is told as any other.
            first = next(chunks, b"")
            body = Sent(opened.pop_all(), first, chunks, request.META.get("gunicorn.socket"))
        return tagged(StreamingHttpResponse(body, headers=headers), tag)

    def _told(
        self, request: Request, head: PublicHead, today: date, as_of: date
    ) -> tuple[str, dict[str, str]]:
        """The tag, and what else is said of the file before it."""
        return tag_of(request, head, today, self.media_type), {
            "Content-Type": self.media_type,
            "Content-Disposition": f'attachment; filename="{self.resource}-{as_of.isoformat()}.{self.form}"',
            "X-Licence": LICENCE,
            "X-As-Of": as_of.isoformat(),
            "X-Public-Head": str(cursor_at(head)),
            "Link": f'<{LICENCE_URL}>; rel="license"',
        }

    def _chunks(
        self, export: Export, headers: dict[str, str], request: Request, opened: ExitStack
    ) -> Iterator[bytes]:
        match self.form:
            case "csv":
                return chunked(csv_lines(export))
            case "jsonl":
                return chunked(json_lines(export))
        try:
            file = workbook(export, {**headers, "Address": request.build_absolute_uri()})
        except TooLarge as error:
            raise FileTooLarge(str(error)) from None
        return file_chunks(opened.enter_context(file))


@contextmanager
def slot() -> Iterator[ExitStack]:
    """One of the few long answers that this process gives at once. Whoever takes it (`pop_all`) closes it."""
    if not slots.acquire(blocking=False):
        raise Busy
    with ExitStack() as opened:
        opened.callback(slots.release)
        yield opened


@contextmanager
def long_answer() -> Iterator[ExitStack]:
    """A slot, and a snapshot over a connection of the exports."""
    database = settings.EXPORTS_DATABASE
    with slot() as opened, reading_over(database):
        connection = connections[database]
        if not connection.in_atomic_block:  # within a transaction of the tests it is theirs
            opened.callback(connection.close)
        opened.enter_context(snapshot())
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{settings.EXPORT_SECONDS}s'")
        yield opened


def chunked(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines in pieces of some 64 KiB."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def file_chunks(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


class Sent:
    """What the server sends. However it ends, the connection and the slot are free again when it is closed.

    A caller that went away closes it; a fault resets the connection, so that nobody takes what was sent for the
    whole. It is no generator: one that was never begun would not be told that it is closed.
    """

    def __init__(
        self, opened: ExitStack, first: bytes, rest: Iterator[bytes], caller: socket.socket | None
    ) -> None:
        self._opened, self._first, self._rest, self._caller = opened, first, rest, caller
        self._until = time.monotonic() + settings.EXPORT_SECONDS
        if caller is not None:
            caller.settimeout(settings.EXPORT_STALL_SECONDS)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first:
            first, self._first = self._first, b""
            return first
        try:
            if time.monotonic() > self._until:
                raise OutOfTime
            with reading_over(settings.EXPORTS_DATABASE):
                return next(self._rest)
        except StopIteration:
            raise
        except BaseException:
            log.exception("An export broke off: its connection is reset.")
            reset(self._caller)
            raise

    def close(self) -> None:
        close: Callable[[], None] = getattr(self._rest, "close", lambda: None)
        opened, self._opened = self._opened, ExitStack()
        with opened:
            close()


def reset(caller: socket.socket | None) -> None:
    """End a connection so that even HTTP/1.0, where the end of it is the end of the file, tells a fault."""
    if caller is None:
        return
    with suppress(OSError):
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        caller.close()
