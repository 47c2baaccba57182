"""The nightly dumps: which there are, and their files."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.conditional import is_held, tagged
from api.errors import NotInTheRegister
from api.exports import Sent, Whatever, file_chunks, slot
from api.filters import Parameters, read
from api.schema import DumpSchema
from api.views import root
from tracker.dumps import Dump, dump_called, dumps, file_of
from tracker.queries.days import register_day
from tracker.queries.shapes import as_json
from tracker.vocabulary.publication import LICENCE

DIGEST = ".sha256"


@dataclass(frozen=True)
class DumpView:
    """One dump. Whoever has it follows `changes?after=` from its `cursor`; `sha256` is that of the file as it comes."""

    name: str
    as_of: date
    bytes: int
    lines: int
    sha256: str
    epoch: str
    number: int
    cursor: str
    url: str
    sha256_url: str


def _shown(dump: Dump, address: str) -> DumpView:
    url = f"{address}dumps/{dump.name}"
    return DumpView(**asdict(dump), url=url, sha256_url=f"{url}{DIGEST}")


class DumpListView(APIView):
    """The dumps that there are, the latest first: every public list and line in one file, each night."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    schema = DumpSchema()
    shape: ClassVar[type | None] = DumpView

    def get(self, request: Request) -> Response:
        read(Parameters, request, register_day(timezone.now()))
        found = dumps()
        told = chr(10).join([request.build_absolute_uri(), *(each.sha256 for each in found)])
        tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
        if is_held(request, tag) or is_held(request, "*"):
            return tagged(Response(status=304), tag)
        results = as_json([_shown(each, root(request)) for each in found], root(request))
        return tagged(Response({"results": results, "next": None, "previous": None}), tag)


class DumpFileView(APIView):
    """The file of a dump; its SHA-256 stands at the same address with `.sha256` after it."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    content_negotiation_class = Whatever
    schema = DumpSchema()
    shape: ClassVar[type | None] = None

    def get(self, request: Request, name: str) -> HttpResponseBase:
        read(Parameters, request, register_day(timezone.now()))
        dump = dump_called(name.removesuffix(DIGEST))
        if dump is None:
            raise NotInTheRegister
        digest = name.endswith(DIGEST)
        tag = f'"{dump.sha256[:32]}{"-digest" if digest else ""}"'
        if is_held(request, tag) or is_held(request, "*"):
            return tagged(Response(status=304), tag)
        if digest:
            said = f"{dump.sha256}  {dump.name}\n"
            return tagged(HttpResponse(said, content_type="text/plain; charset=utf-8"), tag)
        headers = {
            "Content-Type": "application/gzip",
            "Content-Length": str(dump.bytes),
            "Content-Disposition": f'attachment; filename="{dump.name}"',
            "X-Licence": LICENCE,
            "X-As-Of": dump.as_of.isoformat(),
            "X-Public-Head": dump.cursor,
        }
        if request.method == "HEAD":
            return tagged(StreamingHttpResponse((), headers=headers), tag)
        with slot() as opened:
            file = opened.enter_context(file_of(dump).open("rb"))
            body = Sent(opened.pop_all(), b"", file_chunks(file), request.META.get("gunicorn.socket"))
        return tagged(StreamingHttpResponse(body, headers=headers), tag)
