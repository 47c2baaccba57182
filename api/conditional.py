"""Answers that can be asked again cheaply: what an answer depends on, as its ETag.

A public answer is a function of the public chain's head, the register's day, the release and the request; nothing
else can change it. The head is read before the data, in one snapshot: an answer is never newer than its tag says.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.queries.days import register_day
from tracker.queries.head import PublicHead, public_head, snapshot

Answer = TypeVar("Answer", bound=HttpResponseBase)

# How long a cache may go without asking again, in seconds. Over midnight a status may be this old: no harm.
MAX_AGE = 15


@dataclass(frozen=True)
class Moment:
    """What a request is answered from: the head of the public chain, and the register's day."""

    head: PublicHead
    today: date


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


def conditional(build: Callable[..., Response]) -> Callable[..., Response]:
    """A view method that gets the moment it answers from, and is not run for a caller who has the answer."""

    @wraps(build)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        with snapshot():
            moment = Moment(public_head(), register_day(timezone.now()))
            tag = etag(request, moment)
            if is_held(request, tag):
                return tagged(Response(status=304), tag)
            response = build(view, request, *args, moment=moment, **kwargs)
            # "*" means any answer at all: that there is one is known only now.
            return tagged(Response(status=304) if "*" in _held(request) else response, tag)

    return answer


def etag(request: Request, moment: Moment) -> str:
    """The tag of the answer to a request at a moment."""
    depends_on = (
        release(),
        str(moment.head.epoch),
        str(moment.head.number),
        moment.today.isoformat(),
        request.build_absolute_uri(),
        request.accepted_renderer.media_type,
    )
    return f'"{hashlib.sha256(chr(10).join(depends_on).encode()).hexdigest()[:32]}"'


def is_held(request: Request, tag: str) -> bool:
    """The caller has this answer already."""
    return tag in _held(request)


def _held(request: Request) -> list[str]:
    """The tags that the caller holds; a proxy may have weakened them."""
    return [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]


def tagged(response: Answer, tag: str) -> Answer:
    """The answer with its tag, and for how long a cache may go without asking again."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    patch_vary_headers(response, ["Accept"])
    return response
