"""The pages that say that something is not there, or went wrong. They ask no database, and tell nothing of why.

Under /api/ the same answers are problem+json: `api.middleware.spoken` sees to it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tracker.rights import who_may
from tracker.vocabulary import Right

WORDS = {
    400: (
        "This request makes no sense here",
        "Something in the address, or in what came with it, cannot be read.",
    ),
    403: ("Not for everybody", "This page is for staff with the right to see it."),
    404: ("Nothing stands here", "No public page of the register has this address."),
    413: ("This is too large", ""),
    500: (
        "Something went wrong on our side",
        "It is in our log. Nothing that you did is lost to the record; try again.",
    ),
}


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Somebody of the staff is told who may do what they may not."""
    right: Right | None = getattr(getattr(request, "user", None), "refused", None)
    if right is None:
        return _page(403)
    return _page(403, f"You may not {right.label}. Those who may: {who_may(right)}.")


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(404)


def too_large(most: int) -> HttpResponse:
    """More was to be sent than is read here: `most` bytes."""
    fix = "Send less at a time, or split the file."
    return _page(413, f"At most {most // 1024 // 1024} MB are taken here, and nothing of it was read. {fix}")


def server_error(_request: HttpRequest) -> HttpResponse:
    return _page(500)


def said(request: HttpRequest, title: str, detail: str, *, status: int = 200) -> HttpResponse:
    """A page that says one thing, and has nothing to do."""
    return render(request, "web/error.html", {"title": title, "detail": detail}, status=status)


def link_is_over(request: HttpRequest) -> HttpResponse:
    """Whatever is wrong with a link that is good for one use: forged, used, or expired."""
    return said(
        request, "This link is over", "It was used already, has expired, or is not whole.", status=404
    )


def _page(status: int, detail: str = "") -> HttpResponse:
    title, usual = WORDS[status]
    content = render_to_string("web/error.html", {"title": title, "detail": detail or usual})
    return HttpResponse(content, status=status, headers={"Cache-Control": "no-store"})
