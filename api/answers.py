"""Public answers kept whole, to be given again as they were: in each process's memory, or where CACHE_URL says.

One for each address, with its tag, which names all that it depends on. So none is given when it is stale: once the
head, the day or the release is another, its tag is. How many there are, and how large, is bounded.
"""

import hashlib
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpResponse

CACHE = "answers"
SECONDS = 15 * 60
LARGEST = 512 * 1024


class Kept(NamedTuple):
    """An answer as it left, with all that it says of itself."""

    tag: str
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def again(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


def place_of(address: str, media_type: str) -> str:
    """Where the answer at an address is kept, in one form."""
    return hashlib.sha256(f"{media_type} {address}".encode()).hexdigest()


def kept(place: str) -> Kept | None:
    """The answer that was given last; whether it still holds, its tag says."""
    found: tuple[Any, ...] | None = caches[CACHE].get(place)
    return Kept(*found) if found else None


def keep(place: str, tag: str, response: HttpResponse) -> None:
    """Keep an answer that everybody gets, if it is of a bearable size."""
    if len(response.content) <= LARGEST:
        # Plain values: a server of answers may outlive the code that wrote them.
        caches[CACHE].set(place, (tag, response.content, tuple(response.items())), SECONDS)
