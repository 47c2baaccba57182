"""Asks a register everything that anybody can ask, and prints each answer to the last byte.

    python -c "import django; django.setup(); from tests.api.everything import main; main()" < asked.json

What there is to ask is read off the service: its addresses from Django's resolver, its parameters from the OpenAPI
description, further addresses from the answers. A new route or parameter is asked without a word here. It runs in a
process of its own, so that no cache of one register answers for another.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import time_machine
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern, _route_to_regex
from django.utils.regex_helper import normalize

from api.schema import openapi

HOST = "http://testserver"
# The staff's desk is for staff; what changes with every answer by its nature is none of a draft's business.
NOT_ASKED = ("admin/", "readyz", "static/")
DAYS = ("2025-08-05", "2026-03-02", "2027-01-01")
NEVER = "never-heard-of"
ADDRESSEES = "/api/v1/addressees/"
# Followed from the answers themselves.
CURSORS = ("cursor", "after")


@dataclass(frozen=True)
class Asked:
    """What a run is given: the register's clock, a partner's key, and names to ask by.

    `names` are looked for at every address; `few` (one of each kind) are tried with every parameter, `words` too: so
    many `values` of each. With `lists_alone` no parameter is asked of details and exports, which take those of lists,
    nor of other lists what that of addressees takes: one filter serves them all.
    """

    at: str
    key: str
    names: list[str]
    few: list[str]
    words: list[str]
    abouts: list[tuple[str, str]]
    values: int
    lists_alone: bool


def routes() -> Iterator[tuple[str, list[str]]]:
    """Every address of the service with the names of its gaps: `/api/v1/bodies/%(ref)s/`."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: Iterable[Any], before: str) -> Iterator[tuple[str, list[str]]]:
    for each in patterns:
        pattern = each.pattern
        regex = (
            _route_to_regex(str(pattern._route), False)[0]
            if isinstance(pattern, RoutePattern)
            else str(pattern._regex)
        )
        if not before and regex.lstrip("^").startswith(NOT_ASKED):
            continue
        whole = before + re.sub(r"\\Z$|(?<!\\)\$$", "", regex.removeprefix("^"))
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, whole)
        else:
            for address, gaps in normalize(whole):
                yield f"/{address}", gaps


def places(asked: Asked, *, few: bool = False) -> set[str]:
    """Every address, its gaps filled with every name, or with a few."""
    names = [*(asked.few if few else asked.names), NEVER, "1"]
    found = set()
    for address, gaps in routes():
        for name in names if gaps else [""]:
            found.add(address % dict.fromkeys(gaps, quote(name)))
    return found


def questions(asked: Asked) -> set[str]:
    """Every parameter of every operation with every value that could tell something."""
    found = set()
    paths = openapi()["paths"]
    shared = {each["name"] for each in paths[ADDRESSEES]["get"]["parameters"]}
    for address, operations in paths.items():
        if asked.lists_alone and _takes_what_its_list_takes(address):
            continue
        for parameter in operations.get("get", {}).get("parameters", ()):
            if asked.lists_alone and parameter["name"] in shared and address != ADDRESSEES:
                continue
            if parameter["in"] == "query" and parameter["name"] not in CURSORS:
                for value in _first(_values(parameter["schema"], asked), address)[: asked.values]:
                    for name in asked.few[:2] if "{" in address else [""]:
                        place = re.sub(r"\{[^}]*\}", quote(name), address)
                        found.add(f"{place}?{urlencode({parameter['name']: value})}")
    return found


def _values(schema: dict[str, Any], asked: Asked) -> list[Any]:
    if "$ref" in schema:
        return _values(openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], asked)
    if "allOf" in schema:
        return [value for each in schema["allOf"] for value in _values(each, asked)]
    if schema.get("type") == "array":
        return _values(schema["items"], asked)
    if "enum" in schema:
        return list(schema["enum"])
    if schema.get("type") == "integer":
        return [200, 7]
    if schema.get("format") in ("date", "date-time"):
        return list(DAYS)
    return [*asked.few, NEVER, *asked.words]


def _first(values: list[Any], address: str) -> list[Any]:
    """One value is enough to see that they take it alike."""
    return values[:1] if _takes_what_its_list_takes(address) else values


def _takes_what_its_list_takes(address: str) -> bool:
    """It is the address of a detail or of an export."""
    return "{" in address or "." in address


def addresses(found: Any) -> set[str]:
    """Every address of this service in an answer."""
    if isinstance(found, dict):
        return {place for value in found.values() for place in addresses(value)}
    if isinstance(found, list):
        return {place for value in found for place in addresses(value)}
    if isinstance(found, str) and found.startswith(f"{HOST}/"):
        parts = urlsplit(found)
        return {f"{parts.path}?{parts.query}" if parts.query else parts.path}
    return set()


class Asking:
    """One run: what was asked and what was answered."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.client = Client(headers={"X-Request-ID": "the-same-request"}, raise_request_exception=False)

    def tell(self, method: str, place: str, body: Any = None, **headers: str) -> Any:
        path, _, query = place.partition("?")
        given = {"QUERY_STRING": query, "headers": headers}
        if body is None:
            response = self.client.generic(method, path, **given)
        else:
            response = self.client.generic(method, path, json.dumps(body), "application/json", **given)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        told = {
            name: value for name, value in response.headers.items() if name not in ("Date", "X-Request-ID")
        }
        name = " ".join([method, place, json.dumps(body) if body else "", json.dumps(headers)])
        answer = [name, response.status_code, told, content.decode("latin-1")]
        sys.stdout.write(f"{json.dumps(answer)}\n")
        return response, content

    def run(self) -> None:
        """1. Everything by GET, and what the answers lead to. 2. HEAD, OPTIONS, 304. 3. Proposals."""
        waiting = places(self.asked) | questions(self.asked)
        first, seen = sorted(waiting), set(waiting)
        queue = list(first)
        while queue:
            place = queue.pop()
            response, content = self.tell("GET", place)
            if response.headers.get("Content-Type") == "application/json" and "schema" not in place:
                found = addresses(json.loads(content)) - seen
                seen |= found
                queue += sorted(found)
            if response.headers.get("ETag") and "?" not in place:
                self.tell("GET", place, **{"If-None-Match": response.headers["ETag"]})
        for place in sorted(places(self.asked, few=True)):
            self.tell("HEAD", place)
            self.tell("OPTIONS", place)
        for n, (noun, name) in enumerate(self.asked.abouts):
            self.propose(n, noun, name)

    def propose(self, n: int, noun: str, name: str) -> None:
        body = {
            "kind": "correction",
            "about": {"type": noun, "id": name},
            "source": {"url": "https://example.org/", "title": "A page"},
            "summary": "Wrong.",
        }
        sent = {"Authorization": f"Bearer {self.asked.key}", "Idempotency-Key": f"number-{n}"}
        self.tell("POST", "/api/v1/proposals/", body, **sent)


def main() -> None:
    asked = Asked(**json.load(sys.stdin))
    with time_machine.travel(datetime.fromisoformat(asked.at), tick=False):
        Asking(asked).run()
