"""The gate of the public API, where whoever asks again for what was answered before is served.

To find the view, to go through DRF and to say what browsers are told of every page is most of what such an answer
costs. So it stands before all that: an answer is kept as it leaves, with what is said of security. What differs from
one request to the next (its name, the limits) and what holds for refusals too is said outside of it.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from api import answers
from api.conditional import given_before, is_personal
from api.renderers import Json, takes_anything
from api.throttling import admitted
from api.views import CONDITIONAL

ROOT = "/api/v1/"
READ = ("GET", "HEAD")


def gate(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: what is answered by the head alone; and what may be, the next time, is kept.

    Only what the view would do itself: a GET by anybody, of JSON, within the limit, which is counted here and not a
    second time behind the gate. All others are the view's: who says who they are, who asks for another form or in
    another way, whoever has asked too often.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = _at_the_gate(request)
        if given is not None:
            return given
        response = answer(request)
        if response.status_code == HTTPStatus.OK and hasattr(request, "may_be_kept"):
            place, tag = request.may_be_kept
            answers.keep(place, tag, response)
        return response

    return middleware


def _at_the_gate(request: HttpRequest) -> HttpResponse | None:
    if not _may_be_kept(request) or is_personal(request) or not _takes_json(request):
        return None
    if not admitted(request):
        return None  # the view says so
    try:
        found = given_before(request, Json.media_type)
    except DatabaseError:
        return None  # the view meets it too, and says so
    request.looked_up = True  # type: ignore[attr-defined]  # the view need not do it again
    return found


def _may_be_kept(request: HttpRequest) -> bool:
    """It reads one of the resources whose answers are `conditional`, or the list of them."""
    path = request.path_info
    return (
        request.method in READ
        and path.startswith(ROOT)
        and path[len(ROOT) :].partition("/")[0] in CONDITIONAL
    )


def _takes_json(request: HttpRequest) -> bool:
    return takes_anything(request.META) or request.accepts(Json.media_type)
