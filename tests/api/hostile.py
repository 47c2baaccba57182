"""Proposals that nobody means well by: whole bodies, and a good one with something strange in one place."""

import json
from typing import Any

from tests.api.partner import proposal

LONG = "a" * 10_000
# What may be sent as a proposal, and must not be taken: each under a good key, and under none.
BODIES_SENT: tuple[bytes, ...] = (
    b"",
    b"\x00",
    b"\xff\xfe{\x00}",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b'"' + b"a" * 60_000 + b'"',
    b"[" * 60_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b"[" * 900 + b"]" * 900,
    b'{"kind": "response", "kind": {}}',
    b'{"a": "' + b"a" * 10_000_000 + b'"}',
    b"\xf0\x9f\xa6\x93" * 20_000,
)
STRANGE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**300,
    1e308,
    "",
    " ",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202e",
    LONG,
    "0000-00-00",
    "0000-01-01",
    "0001-01",
    "10000",
    "٢٠٢١",
    "2021-02-30",
    "javascript:alert(1)",
    "http://[::1",
    "http://a\x00b/",
    "file:///etc/passwd",
    "../../etc/passwd",
    "{{7*7}}",
    "' OR 1=1 --",
    [],
    [[[]]],
    {},
    {"type": "body"},
    {"__proto__": {"x": 1}},
    {str(n): n for n in range(2_000)},
)
PLACES = (
    "kind",
    "about",
    "about.type",
    "about.id",
    "source",
    "source.url",
    "source.dated_on",
    "summary",
    "written_on",
)


def strange(place: str, value: Any) -> bytes:
    """A good proposal with something strange in one place; lone surrogates and all."""
    body: Any = proposal()
    *above, last = place.split(".")
    target = body[above[0]] if above else body
    target[last] = value
    return json.dumps(body).encode()


IDEMPOTENCY_KEYS = (
    "",
    "a",
    "a" * 129,
    "a" * 100_000,
    "\x00" * 9,
    "\xff" * 9,
    '"' * 9,
    "a b c d e f g",
    "first-of-all",
)


def strange_bodies() -> list[bytes]:
    return [strange(place, value) for place in PLACES for value in STRANGE]
