"""A corpus of requests that nobody means well by: none makes a 5xx, and under /api/ every refusal is problem+json.

It is generated from tables: add a value to one and it is tried everywhere. What the server in front refuses (a broken
request line, a header without end) never comes here.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson
import pytest
from django.test import Client

from tests.api.conftest import DRAFT, Register
from tests.api.hostile import BODIES_SENT, IDEMPOTENCY_KEYS, strange_bodies
from tests.api.partner import partner_key

LEAST = 500
LISTS = (
    "bodies",
    "groups",
    "regimes",
    "themes",
    "reports",
    "recommendations",
    "addressees",
    "responses",
    "scorecards",
    "changes",
)
FRONT = "/"
PROPOSALS = "/api/v1/proposals/"
# A key that opens the door, made when the corpus is asked.
KEY = "Bearer KEY"
GOOD = {"HTTP_AUTHORIZATION": KEY, "HTTP_IDEMPOTENCY_KEY": "first-of-all"}
LONG = "a" * 10_000

# Values as they stand in a query string. Whoever they break, they break by value: each is given to many parameters.
VALUES = (
    "",
    "%00",
    "a%00b",
    "%FF",
    "%ED%A0%80",
    "%F4%90%80%80",
    "%",
    "%zz",
    "-1",
    "0",
    "9" * 30,
    "9" * 5_000,
    "1e999",
    "NaN",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2021-02-30",
    "%D9%A2021-01-01",
    LONG,
    "%F0%9F%A6%93" * 800,
    "a/" * 3_000,
    ",".join(["accepted"] * 2_000),
    "%27%20OR%201=1--",
    "%7B%7B7*7%7D%7D",
    "%3Cscript%3E",
    "..%2F..%2Fetc%2Fpasswd",
    "%0D%0ASet-Cookie:x=1",
    "[]",
    "%7B%22a%22:1%7D",
    "%E2%80%AE",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "WyJuZXh0IixbIngiXV0:1:forged",
    "WyJuZXh0IixbIngiXV0:",
    "_" * 50,
    "%80" * 50,
)
PARAMETERS = ("as_of", "status", "page_size", "cursor", "after", "body", "report", "ordering", "due_before")
# Whole query strings: repeated, nameless, endless.
QUERIES = (
    "as_of=2025-01-01&as_of=%00",
    "&".join(["status=accepted"] * 3_000),
    "&".join(f"x{n}=1" for n in range(900)),
    "=&=&=",
    "&&&&",
    "%00=%00",
    f"{LONG}=1",
    "page_size",
    "page_size=1;cursor=2",
    "__proto__[x]=1",
    "body__ref=x&body__contacts__icontains=a",
    "recommendation__note__startswith=z",
    "format=api",
    "format=%00",
    "%FF=%FF",
    "?" * 500,
)
SEGMENTS = (
    "%00",
    "a%00b",
    "%FF",
    "%ED%A0%80",
    "%0A",
    "%0D%0A",
    "%2e%2e",
    "%2F%2F",
    "%5C",
    "9" * 5_000,
    LONG,
    "a/" * 2_000,
    "-1",
    "safe/1/%00",
    "safe/1/force-a/x",
    "%F0%9F%A6%93",
    "%E2%80%AE",
    "{ref}",
    "%25",
    "%",
    "%3Cscript%3E",
    ";jsessionid=1",
    "*",
    "~",
    "%20",
)
METHODS = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW", "get", "G E T", "", "É")
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"[" * 100_000, "application/json"),
    (b'{"a":' * 50_000, "application/json"),
    (b"\x00\xff\xfe", "application/json"),
    (b'{"a": "\\ud800"}', "application/json; charset=utf-16"),
    (b"{}", "application/json; charset=nonsense"),
    (b"a=%00&b=%FF" * 500, "application/x-www-form-urlencoded"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
    (b"--x\r\n", "multipart/form-data"),
    (b"--\xff\r\n", "multipart/form-data; boundary=\xff"),
    (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "application/xml"),
    (b"x", ""),
    (b"x", "a" * 5_000),
)
HEADERS: tuple[tuple[str, str], ...] = (
    *(
        ("HTTP_ACCEPT", each)
        for each in (
            "",
            "text/html",
            "/",
            ";;;",
            "*/*;q=x",
            "a/b," * 2_000,
            "\xff",
            "\x00",
            "application/json;v=\x00",
        )
    ),
    *(
        ("HTTP_IF_NONE_MATCH", each)
        for each in ("", "*", "W/", '"', '"\xff"', "\x00", '"a",' * 3_000, "W/*", ",,,", '"' * 5_000)
    ),
    *(
        ("HTTP_HOST", each)
        for each in (
            "",
            "a b",
            "[",
            "[::1",
            "\x00",
            "\xff",
            "a:b:c",
            "x" * 5_000,
            "h:99999999",
            "a@b",
            "a/b",
            "..",
        )
    ),
    *(
        ("HTTP_COOKIE", each)
        for each in (
            'sessionid="aaaaaaaaaaaaaaaa\\000"',
            "sessionid=" + "a" * 10_000,
            "sessionid=\xff\xfe",
            'csrftoken="\\000"; messages="\\000"',
            "messages=forged:1:x",
            ";" * 5_000,
            "=;=;=",
            '"\\000"=x',
            'sessionid="\\355\\240\\200aaaaaaaaaa"',
        )
    ),
    *(
        ("HTTP_X_FORWARDED_FOR", each)
        for each in ("", "unknown", "1.2.3.4," * 2_000, "\x00", "::1%eth0", "999.999.999.999", "' OR 1=1")
    ),
    *(("CONTENT_LENGTH", each) for each in ("", "abc", "-1", "9" * 30, "9" * 5_000, "1e9", "\xb2")),
    *(("HTTP_X_REQUEST_ID", each) for each in ("", "\x00" * 10, "a\r\nSet-Cookie: x=1", LONG, "\xe9" * 10)),
    ("HTTP_IF_MODIFIED_SINCE", "Thu, 99 Foo 99999 99:99:99 GMT"),
    ("HTTP_RANGE", "bytes=99999999999999999999-"),
    ("HTTP_ORIGIN", "null\x00"),
    ("HTTP_ACCESS_CONTROL_REQUEST_METHOD", "\x00"),
    ("HTTP_ACCEPT_ENCODING", "\xff;q=9"),
    ("HTTP_ACCEPT_LANGUAGE", "x-" * 5_000),
    ("HTTP_AUTHORIZATION", "Basic \xff"),
    *(
        ("HTTP_AUTHORIZATION", each)
        for each in (
            "Bearer " + LONG,
            "Bearer",
            "Bearer ",
            "Bearer \x00",
            "Bearer \xff\xfe",
            f"Bearer tta_{'a' * 8}_{'b' * 32}",
            f"Bearer tta_{'a' * 8}_{'b' * 32}\r\nX: y",
            f"Bearer tta_{'A' * 8}_{'B' * 32}",
            "Bearer ' OR 1=1 --",
            "Digest username=x",
            ",".join(["Bearer x"] * 500),
        )
    ),
    ("HTTP_X_FORWARDED_PROTO", "\x00"),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", "DELETE"),
    ("HTTP_REFERER", "http://[\x00"),
)


@dataclass(frozen=True)
class Ask:
    """One request. `path` is as it stands in the request line, without the query string."""

    path: str
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    type: str = "application/octet-stream"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path[:60]}?{self.query[:60]} {str(self.headers)[:80]} {self.body[:20]!r}"


def lists(*names: str) -> list[str]:
    return [f"/api/v1/{name}/" for name in names]


SOME = [
    *lists("addressees", "changes"),
    "/api/v1/recommendations/safe/1/",
    "/api/schema/",
    "/api/docs/",
    "/api/no",
    FRONT,
]
CORPUS = {
    "values": [
        Ask(place, f"{name}={value}")
        for place, name, value in product(lists("addressees", "changes"), PARAMETERS, VALUES)
    ]
    + [Ask(FRONT, f"q={value}") for value in VALUES],
    "queries": [
        Ask(place, query)
        for place, query in product(
            [*lists(*LISTS), *SOME, "/api/v1/", "/api/v1/bodies/home-office/"], QUERIES
        )
    ],
    "paths": [
        Ask(f"{before}{segment}{after}")
        for before, segment, after in product(("/", "/api/", "/api/v1/", *lists(*LISTS)), SEGMENTS, ("", "/"))
    ],
    "methods": [Ask(place, method=method) for place, method in product(SOME, METHODS)]
    + [
        Ask(place, method=method, body=body, type=type)
        for place, method, (body, type) in product(SOME, ("GET", "POST", "DELETE", "OPTIONS"), BODIES)
    ],
    "proposals": [
        Ask(PROPOSALS, method="POST", body=body, type="application/json", headers=headers)
        for body, headers in (*product(BODIES_SENT, (GOOD, {})), *product(strange_bodies(), (GOOD,)))
    ]
    + [Ask(PROPOSALS, method="POST", body=body, type=type, headers=GOOD) for body, type in BODIES]
    + [
        Ask(PROPOSALS, method="POST", body=b"{}", headers={**GOOD, "HTTP_IDEMPOTENCY_KEY": once})
        for once in IDEMPOTENCY_KEYS
    ]
    + [Ask(PROPOSALS, query, headers=GOOD) for query in QUERIES]
    + [Ask(PROPOSALS, method=method, headers=GOOD) for method in METHODS]
    + [Ask(f"{PROPOSALS}{segment}/", headers=GOOD) for segment in SEGMENTS],
    "headers": [Ask(place, headers={name: value}) for place, (name, value) in product(SOME, HEADERS)],
}


def complaint(client: Client, ask: Ask, key: str) -> str | None:
    """What is wrong with the answer, if anything."""
    given: dict[str, Any] = {
        "PATH_INFO": unquote_to_bytes(ask.path).decode("latin-1"),
        "QUERY_STRING": ask.query,
        **{name: f"Bearer {key}" if value == KEY else value for name, value in ask.headers.items()},
    }
    answer = client.generic(ask.method, "/", ask.body, ask.type, **given)
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if "X-Request-ID" not in answer.headers or DRAFT.encode() in answer.content:
        return "no name, or too much told"
    if answer.status_code < 400 or not given["PATH_INFO"].startswith("/api/"):
        return None
    if answer.headers["Content-Type"] != "application/problem+json":
        return f"{answer.status_code} as {answer.headers['Content-Type']}"
    if ask.method != "HEAD" and orjson.loads(answer.content)["status"] != answer.status_code:
        return "another status inside"
    return None


def test_the_corpus_is_as_large_as_promised() -> None:
    asked = {repr(ask) for part in CORPUS.values() for ask in part}
    assert len(asked) >= LEAST


@pytest.mark.django_db
@pytest.mark.parametrize("part", CORPUS)
def test_no_hostile_request_breaks_anything(register: Register, part: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    _, key = partner_key()
    complaints = [(str(ask), said) for ask in CORPUS[part] if (said := complaint(client, ask, key))]
    assert complaints == []
