"""What the API is measured against, served by the same two workers: `benchmarks.rivals:application`.

- `/bare/…`: no framework at all: it runs the register's own SQL and passes on the JSON that PostgreSQL made.
- `/api/v1/nothing/`: an empty Django view behind the register's own middleware.
- `/usual/…`: the same list and the same detail by DRF's ModelSerializer (`usual.py`).
"""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from threading import local
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils import timezone

register = get_wsgi_application()

# Django first: these read its settings.
from benchmarks.usual import AddresseesUsual, RecommendationsUsual  # noqa: E402
from tracker.config.urls import urlpatterns as urls_of_the_register  # noqa: E402
from tracker.queries.days import register_day  # noqa: E402
from tracker.queries.filters import ADDRESSEE_ORDERS, AddresseeFilter, addressees_matching  # noqa: E402
from tracker.queries.keysets import page_text  # noqa: E402
from tracker.queries.listed_documents import addressee_documents_text, values_of  # noqa: E402
from tracker.queries.recommendations import told_text  # noqa: E402
from tracker.queries.sql import Prepared, array  # noqa: E402

SIZE = 50
PAGES = 200
ROOT = "http://127.0.0.1/api/v1/"

TODAY = register_day(timezone.now())

_here = local()


def nothing(_: HttpRequest) -> HttpResponse:
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [
    path("api/v1/nothing/", nothing),
    path("usual/addressees/", AddresseesUsual.as_view()),
    re_path(r"^usual/recommendations/(?P<ref>.+)/$", RecommendationsUsual.as_view()),
    *urls_of_the_register,
]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not environ["PATH_INFO"].startswith("/bare/"):
        return register(environ, start_response)
    given = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    with _connection().cursor(binary=True) as cursor:
        body = _BARE[environ["PATH_INFO"]](cursor, given)
    told = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", told)
    return [body]


def _connection() -> Any:
    """A connection for each thread, as the register's pool has."""
    if not hasattr(_here, "connection"):
        _here.connection = psycopg.connect(
            os.environ["DATABASE_URL"],
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            options=f"{settings.DATABASES['default']['OPTIONS']['options']} -c timezone=UTC -c random_page_cost=1.1",
        )
    return _here.connection


def _page(cursor: Any, given: dict[str, str]) -> bytes:
    edge = _edges()[int(given["n"])]
    wanted = AddresseeFilter(as_of=TODAY)
    text, values = page_text(addressees_matching, wanted, ADDRESSEE_ORDERS["id"], edge is not None, SIZE + 1)
    found = _run(cursor, text, {**values, "edge0": edge})[:SIZE]
    ids = array([row[0] for row in found])
    [(body,)] = _run(cursor, addressee_documents_text(), {"ids": ids, **values_of(TODAY, ROOT)})
    return body


def _ask(cursor: Any, given: dict[str, str]) -> bytes:
    """The addressees of an ask, with their answers: most of what is told of it, and nothing else."""
    [(pk,)] = cursor.execute(
        "SELECT id FROM tracker_recommendation WHERE ref = $1", [given["ref"]]
    ).fetchall()
    rows = _run(cursor, told_text(), {"ids": array([pk]), **values_of(TODAY, ROOT)})
    return b"[%b]" % b",".join(row[-1] for row in rows)


def _run(cursor: Any, prepared: Prepared, values: Mapping[str, Any]) -> list[Any]:
    """As anybody would by psycopg: prepared, and in binary."""
    return list(cursor.execute(prepared.text, prepared.question(values).values, prepare=True, binary=True))


_BARE = {"/bare/addressees/": _page, "/bare/recommendations/": _ask}


@cache
def _edges() -> list[str | None]:
    """The name after which each page begins; looked up once in each process."""
    edges: list[str | None] = [None]
    wanted = AddresseeFilter(as_of=TODAY)
    while len(edges) < PAGES:
        after = edges[-1] is not None
        text, values = page_text(addressees_matching, wanted, ADDRESSEE_ORDERS["id"], after, SIZE)
        edges.append(text.rows({**values, "edge0": edges[-1]})[-1][1])
    connection.close()
    return edges
