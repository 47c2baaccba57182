"""The pages that say that something is not there, or went wrong. They ask no database, and tell nothing of why.

Under /api/ the same answers are problem+json: `api.middleware.spoken` sees to it.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

WORDS = {
    400: (
        "This request makes no sense here",
        "Something in the address, or in what came with it, cannot be read.",
    ),
    403: ("Not for everybody", "This page is for staff with the right to see it."),
    404: ("Nothing stands here", "No public page of the register has this address."),
    500: (
        "Something went wrong on our side",
        "It is in our log. Nothing that you did is lost to the record; try again.",
    ),
}


def page(status: int, _request: HttpRequest, **_: Any) -> HttpResponse:
    """A small page in our words."""
    title, detail = WORDS[status]
    content = render_to_string("web/error.html", {"title": title, "detail": detail})
    return HttpResponse(content, status=status, headers={"Cache-Control": "no-store"})


bad_request = partial(page, 400)
forbidden = partial(page, 403)
not_found = partial(page, 404)
server_error = partial(page, 500)
