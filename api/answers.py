"""Public answers kept whole, to be given again as they were: in each process's memory, or where CACHE_URL says.

An answer is kept under its tag, which names all that it depends on, so it is never stale: once the head, the day or
the release is another, nobody asks for it any more. How many there are, and how large, is bounded.
"""

from django.core.cache import caches
from django.http import HttpResponse

CACHE = "answers"
SECONDS = 15 * 60
LARGEST = 512 * 1024


def kept(tag: str) -> HttpResponse | None:
    """The answer that was given under a tag."""
    found: tuple[bytes, tuple[tuple[str, str], ...]] | None = caches[CACHE].get(tag)
    return HttpResponse(found[0], headers=found[1]) if found else None


def keep(tag: str, response: HttpResponse) -> None:
    """Keep an answer that everybody gets, with all that it says of itself, if it is of a bearable size."""
    if len(response.content) <= LARGEST:
        caches[CACHE].set(tag, (response.content, tuple(response.items())), SECONDS)
