"""How often anybody may ask: counted over all processes, told in headers, and not escaped by a forged address."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from api import throttling
from tests.api.conftest import Register
from tests.api.partner import bearer, gunicorn, partner_key
from tests.api.test_manners import told
from tests.faults.at_once import at_once
from tracker.models import RateCount
from tracker.partners.callers import counted_address
from tracker.partners.limits import LARGEST_DRAW, WINDOW, Limiter, caller_of, forget
from tracker.vocabulary import Scope

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PLACE = "/api/nothing"
TOLD = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


@pytest.fixture
def limits(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ten a minute for an address, twenty for a key, in a process that remembers nothing yet."""
    monkeypatch.setattr(throttling, "_limiter", Limiter())
    settings.REQUESTS_PER_MINUTE_OF_AN_ADDRESS = 10
    settings.REQUESTS_PER_MINUTE_OF_A_KEY = 20
    return settings


def statuses(client: Client, times: int, place: str = PLACE, **how: Any) -> list[int]:
    return [client.get(place, **how).status_code for _ in range(times)]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_past_the_limit_it_is_429_and_when_to_come_again(client: Client, limits: Any) -> None:
    first = client.get(PLACE)
    assert [first.headers[name] for name in TOLD] == ["10", "9", "60"]
    assert statuses(client, 9) == [404] * 9
    refused = client.get(PLACE)
    problem = told(refused)
    assert (problem["status"], problem["errors"][0]["code"]) == (429, "throttled")
    assert refused.headers["Retry-After"] == "60"
    assert [refused.headers[name] for name in TOLD] == ["10", "0", "60"]
    assert client.get("/api/docs/").status_code == client.get("/healthz").status_code == 200


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("place", "how", "status"),
    [
        ("/api/v1/proposals/", {}, 401),
        ("/api/v1/bodies/", {"headers": {"accept": "text/html"}}, 406),
    ],
)
def test_what_is_refused_is_counted_too(
    client: Client, limits: Any, place: str, how: dict[str, Any], status: int
) -> None:
    first = client.get(place, **how)
    assert (first.status_code, first.headers["RateLimit-Remaining"]) == (status, "9")
    assert statuses(client, 9, place, **how) == [status] * 9
    refused = client.get(place, **how)
    assert (told(refused)["status"], refused.headers["Retry-After"]) == (429, "60")


@pytest.mark.django_db
def test_a_refusal_stands_where_nothing_can_be_counted(
    client: Client, limits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("tracker.partners.limits._draw", away)
    assert told(client.get("/api/v1/bodies/", headers={"accept": "text/html"}))["status"] == 406


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_key_that_may_not_is_counted_too(client: Client, limits: Any) -> None:
    _, written = partner_key(scopes=[Scope.READ])
    place, how = "/api/v1/proposals/", {"headers": bearer(written)}
    assert statuses(client, 20, place, **how) == [403] * 20
    assert client.get(place, **how).status_code == 429
    assert statuses(client, 11, f"/api/v1/bodies/?q={written}") == [400] * 10 + [429]


@pytest.mark.django_db
def test_the_window_begins_with_the_first_request_and_ends_a_minute_later(
    client: Client, limits: Any
) -> None:
    for begun, others in ((NOW, 58), (NOW + WINDOW, 59)):
        with time_machine.travel(begun, tick=False):
            assert client.get(PLACE).status_code == 404
        with time_machine.travel(begun + timedelta(seconds=others), tick=False):
            assert Counter(statuses(client, 20)) == {404: 9, 429: 11}
            assert client.get(PLACE).headers["Retry-After"] == str(60 - others)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_key_is_counted_by_itself_and_a_wrong_one_by_the_address(client: Client, limits: Any) -> None:
    key, other = partner_key()[1], partner_key("Another")[1]
    assert Counter(statuses(client, 30, headers=bearer(key))) == {404: 20, 429: 10}
    assert statuses(client, 1, headers=bearer(other)) == [404]
    wrong = bearer(f"{key[:-1]}!")
    assert Counter(statuses(client, 20, headers=wrong)) == {401: 10, 429: 10}
    assert statuses(client, 1) == [429]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_an_answer_that_is_held_is_counted_too(client: Client, limits: Any, register: Register) -> None:
    tag = client.get("/api/v1/").headers["ETag"]
    again = client.get("/api/v1/", headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.headers["RateLimit-Remaining"] == "8"


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_no_header_of_the_callers_makes_another_of_them(client: Client, limits: Any) -> None:
    """Without a proxy of ours nothing in X-Forwarded-For counts; behind one, only what it wrote itself."""
    for n in range(10):
        assert client.get(PLACE, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code == 404
    assert client.get(PLACE, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    limits.TRUSTED_PROXIES = 1
    for n in range(10):
        forged = f"198.51.100.{n}, 203.0.113.7"
        assert client.get(PLACE, headers={"X-Forwarded-For": forged}).status_code == 404
    assert client.get(PLACE, headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.7"}).status_code == 429
    assert client.get(PLACE, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 404


@pytest.mark.parametrize(
    ("hops", "forwarded", "counted"),
    [
        (0, "", "192.0.2.9"),
        (0, "203.0.113.1", "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1, 203.0.113.1", "203.0.113.1"),
        (2, "10.0.0.1, 203.0.113.1, 203.0.113.2", "203.0.113.1"),
        (2, "203.0.113.1", "203.0.113.1"),
        (1, "203.0.113.1:4711", "203.0.113.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::9]:443", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, "nonsense", "192.0.2.9"),
        (1, ",,,", "192.0.2.9"),
        (1, "' OR 1=1", "192.0.2.9"),
        (9, "1.2.3.4," * 2_000, "1.2.3.4"),
    ],
)
def test_whose_address_is_counted(settings: Any, hops: int, forwarded: str, counted: str) -> None:
    settings.TRUSTED_PROXIES = hops
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.9")
    assert counted_address(request.META) == counted
    request.META["REMOTE_ADDR"] = ""
    assert counted_address(request.META) in (counted, "None")


@pytest.mark.django_db
def test_most_requests_ask_no_database() -> None:
    limiter, caller = Limiter(), caller_of("address", "192.0.2.1")
    with CaptureQueriesContext(connection) as queries:
        told_of = [limiter.ask(caller, 1_000_000, at=NOW) for _ in range(9_000)]
    assert all(each.granted for each in told_of)
    assert len(queries) <= 9_000 // LARGEST_DRAW + 1
    many = Limiter()
    for n in range(10_050):
        many._windows[caller_of("address", str(n))] = many._windows.get(caller, limiter._windows[caller])
    many.ask(caller_of("address", "late"), 10, at=NOW + 2 * WINDOW)
    assert len(many._windows) == 1


@pytest.mark.django_db
def test_no_address_is_kept_and_old_counts_are_forgotten() -> None:
    Limiter().ask(caller_of("address", "192.0.2.1"), 10, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(r::text, ''), max(relpersistence) FROM tracker_ratecount r, pg_class"
            " WHERE relname = 'tracker_ratecount'"
        )
        text, logged = cursor.fetchone()
    assert "192.0.2.1" not in text and logged == "u"
    assert forget(at=NOW + WINDOW) == 0
    assert forget(at=NOW + 3 * WINDOW) == 1
    assert not RateCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_several_processes_together_grant_no_more_than_the_limit() -> None:
    """Each limiter is the memory of one process: eight of them, at once, on one count."""
    granted: Counter[bool] = Counter()
    lock = Lock()
    caller = caller_of("address", "192.0.2.1")

    def process() -> None:
        limiter = Limiter()
        for _ in range(100):
            answer = limiter.ask(caller, 300, at=NOW)
            with lock:
                granted[answer.granted] += 1

    at_once(*[process] * 8)
    assert 250 < granted[True] <= 300


def _status(address: str, forged: str) -> int:
    asked = Request(f"{address}/api/v1/", headers={"X-Forwarded-For": forged})
    try:
        with urlopen(asked, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


@pytest.mark.django_db(transaction=True)
def test_fifty_clients_at_once_do_not_pass_the_limit_of_a_real_server() -> None:
    """Two processes of four threads; each client forges another address with each request."""
    found: list[int] = []

    def client(n: int) -> None:
        for m in range(8):
            found.append(_status(address, f"198.51.{n}.{m}"))

    with gunicorn(RATE_LIMIT_ADDRESS="100") as address:
        at_once(*[lambda n=n: client(n) for n in range(50)])
    counts = Counter(found)
    assert set(counts) == {200, 429}
    assert 80 <= counts[200] <= 100
