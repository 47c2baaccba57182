"""Answers that can be asked again cheaply: what an answer depends on, as its ETag.

A public answer is a function of the public chain's head, the register's day, the release and the request; nothing
else can change it. Head and data are read in one snapshot: an answer is never newer than its tag says.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request

from api import answers
from tracker.queries.days import register_day
from tracker.queries.head import PublicHead, Snapshot, head_lately, snapshot

Answer = TypeVar("Answer", bound=HttpResponseBase)

# How long a cache may go without asking again, in seconds. Over midnight a status may be this old: no harm.
MAX_AGE = 15
# Where the address is noted, among what came with the request.
_ADDRESS = "register.address"


@dataclass(frozen=True)
class Moment:
    """What a request is answered from: the register at one moment, and its day."""

    snapshot: Snapshot
    today: date

    @property
    def head(self) -> PublicHead:
        return self.snapshot.head


@dataclass(frozen=True)
class Built:
    """What a view made of its data, before it is written; `headers` are those that only it can know."""

    data: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@cache
def release() -> str:
    """Which code answers: a digest of the source, so that no release forgets to be another one."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for folder in ("api", "tracker"):
        for file in sorted((root / folder).rglob("*.py")):
            digest.update(f"{file.relative_to(root)}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def conditional(build: Callable[..., Built]) -> Callable[..., HttpResponse]:
    """A view method that gets the moment it answers from, and is run only where nobody has its answer yet.

    1. The head is read; a caller who has the answer of that moment is told so.
    2. Where this answer was given before, it is given again as it was.
    3. Otherwise the head is read anew and the data with it, in one snapshot; the answer may be kept under that head.

    The first two happen before any view (`gate.py`), where they can, and what may be kept is kept there. Whoever sends
    a key is answered for themselves: nothing is looked up nor kept.
    """

    @wraps(build)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_personal(request):
            return _for_one(view, request, build, args, kwargs)
        media_type = request.accepted_renderer.media_type
        if not hasattr(request, "looked_up"):
            found = given_before(request, media_type)
            if found is not None:
                return found
        with snapshot() as read:
            moment = Moment(read, _today())
            built = build(view, request, *args, moment=moment, **kwargs)
            tag = tag_of(request, moment.head, moment.today, media_type)
        response = _rendered(request, built)
        request._request.may_be_kept = (_place(request, media_type), tag)  # type: ignore[attr-defined]
        # "*" means any answer at all: that there is one is known only now.
        return tagged(HttpResponse(status=304) if is_held(request, "*") else response, tag)

    return answer


def given_before(request: HttpRequest | Request, media_type: str) -> HttpResponse | None:
    """What is said by the head alone: that the caller has the answer, or the answer that is kept.

    Where it can be neither, nobody asks for the head.
    """
    held = _tags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    kept = answers.kept(_place(request, media_type)) if "*" not in held else None
    if not held and kept is None:
        return None
    tag = tag_of(request, head_lately(at=time.monotonic()), _today(), media_type)
    if tag in held:
        return tagged(HttpResponse(status=304), tag)
    return kept.again() if kept is not None and kept.tag == tag else None


def _place(request: HttpRequest | Request, media_type: str) -> str:
    return answers.place_of(_address(request), media_type)


def _address(request: HttpRequest | Request) -> str:
    """The whole address that was asked, worked out once: the gate's request and the view's share what came with it."""
    known: str | None = request.META.get(_ADDRESS)
    if known is None:
        known = request.META[_ADDRESS] = request.build_absolute_uri()
    return known


def is_personal(request: HttpRequest | Request) -> bool:
    """Somebody says who they are. What they are answered is theirs, whatever it holds: no cache may have it."""
    return "HTTP_AUTHORIZATION" in request.META


def _for_one(
    view: Any, request: Request, build: Callable[..., Built], args: Any, kwargs: Any
) -> HttpResponse:
    with snapshot() as read:
        built = build(view, request, *args, moment=Moment(read, _today()), **kwargs)
    response = _rendered(request, built)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Accept", "Authorization"])
    return response


def _today() -> date:
    return register_day(timezone.now())


def _rendered(request: Request, built: Built) -> HttpResponse:
    """The answer as bytes, so that it can be kept."""
    content = request.accepted_renderer.render(built.data)
    told = {**built.headers, "Content-Type": request.accepted_renderer.media_type}
    return HttpResponse(content, headers=told)


def tag_of(request: HttpRequest | Request, head: PublicHead, today: date, media_type: str) -> str:
    """The tag of the answer to a request, from the register of a head, on a day."""
    depends_on = (
        release(),
        str(head.epoch),
        str(head.number),
        today.isoformat(),
        _address(request),
        media_type,
    )
    return f'"{hashlib.sha256(chr(10).join(depends_on).encode()).hexdigest()[:32]}"'


def is_held(request: Request, tag: str) -> bool:
    """The caller has this answer already."""
    return tag in _tags(request.META.get("HTTP_IF_NONE_MATCH", ""))


def _tags(written: str) -> list[str]:
    """The tags that the caller holds; a proxy may have weakened them."""
    return [tag.removeprefix("W/") for tag in parse_etags(written)]


def tagged(response: Answer, tag: str) -> Answer:
    """The answer with its tag, and for how long a cache may go without asking again."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    patch_vary_headers(response, ["Accept"])
    return response
