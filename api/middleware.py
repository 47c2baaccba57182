"""What holds for every address under /api/, whoever answers: problems are problem+json, and any page may read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from api.errors import MEDIA_TYPE, problem

Answer = Callable[[HttpRequest], HttpResponseBase]

HERE = "/api/"
# What a page of another site may read: no cookie counts here, so there is nothing that it could take from anybody.
READABLE = ("/api/v1/", "/api/schema/")
READING = ("GET", "HEAD", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Request-ID",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "Accept, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}
# Nothing that programs read is a page: a browser that is made to show it may do nothing with it.
POLICY = "default-src 'none'; frame-ancestors 'none'"
# Headers that describe the content, which is another one now.
OF_THE_CONTENT = {"content-type", "content-length", "content-encoding", "content-language", "etag"}


def spoken(answer: Answer) -> Answer:
    """Middleware: an error under /api/ is problem+json, even where Django refused the request before any view."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if not request.path_info.startswith(HERE):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(response)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.method in READING and request.path_info.startswith(READABLE):
            told = {**CORS, **PREFLIGHT} if request.method == "OPTIONS" else CORS
            for name, value in told.items():
                response.headers[name] = value
        return response

    return middleware


def _as_problem(response: HttpResponseBase) -> HttpResponse:
    """The same refusal in the words of the API; what else the answer says of itself is kept.

    The answer that is dropped is not closed: Django would take that for the end of the request.
    """
    kept = {name: value for name, value in response.items() if name.lower() not in OF_THE_CONTENT}
    content = problem(response.status_code)
    told = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
    return HttpResponse(content, status=response.status_code, headers={**kept, **told})
