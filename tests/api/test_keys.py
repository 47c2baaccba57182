"""Keys of partners: what they open, how they are kept, and that they end."""

import hashlib
import logging
import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Register
from tests.api.partner import bearer, partner_key, proposal, staff
from tests.api.test_manners import told
from tests.faults.at_once import at_once
from tracker.config.gunicorn import KeylessLogger
from tracker.models import Event, Key
from tracker.partners.keys import make_key, revoke_keys
from tracker.vocabulary import KEY_PATTERN, Scope, without_keys

PLACE = "/api/v1/bodies/"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def asked(client: Client, written: str, place: str = PLACE) -> Any:
    return client.get(place, headers=bearer(written))


@pytest.mark.django_db
def test_a_key_has_160_secret_bits_and_only_its_digest_is_kept() -> None:
    key, written = partner_key()
    assert re.fullmatch(KEY_PATTERN, written)
    assert len(written.rpartition("_")[2]) * 5 == 160
    assert key.digest == hashlib.sha256(written.encode()).hexdigest()
    assert len({partner_key(name)[1] for name in "abcdef"}) == 6
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(k::text, '') FROM tracker_key k")
        assert written not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_keys_are_no_facts(register: Register) -> None:
    before = Event.objects.count()
    key, _ = partner_key()
    revoke_keys(keys=[key], by=staff(), at=NOW)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_an_answer_to_a_key_is_nobody_elses_to_keep(client: Client, register: Register) -> None:
    _, written = partner_key()
    public, private = client.get(PLACE), asked(client, written)
    assert (private.status_code, private.content) == (200, public.content)
    assert private.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in private.headers["Vary"]
    assert public.headers["Cache-Control"].startswith("public")
    again = client.get(PLACE, headers=bearer(written, **{"If-None-Match": public.headers["ETag"]}))
    assert again.status_code == 200 and again.headers["Cache-Control"] == "private, no-store"
    assert asked(client, written, f"{PLACE}never/").headers["Cache-Control"] == "private, no-store"


FORGED: tuple[Callable[[str], str], ...] = (
    lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"),
    lambda key: key[:12] + "_" + "a" * 32,
    lambda key: key[:12],
    lambda key: key.upper(),
    lambda key: key + "a",
    lambda key: f"{key} x",
    lambda key: "tta_aaaaaaaa_" + key[13:],
    lambda _: "",
    lambda _: "\x00",
    lambda _: "é" * 45,
    lambda _: "a" * 10_000,
)


@pytest.mark.django_db
def test_what_is_not_the_whole_key_opens_nothing(client: Client) -> None:
    _, written = partner_key()
    for forged in FORGED:
        answer = asked(client, forged(written))
        assert told(answer)["status"] == 401, forged(written)
        assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="told-to-act"')
    assert asked(client, written).status_code == 200


@pytest.mark.django_db
def test_the_scheme_is_bearer(client: Client) -> None:
    _, written = partner_key()
    for scheme in ("Basic", "Token", "", "bearer", "BEARER"):
        answer = client.get(PLACE, headers={"Authorization": f"{scheme} {written}"})
        assert answer.status_code == (200 if scheme.lower() == "bearer" else 401)


@pytest.mark.django_db
def test_a_key_that_is_revoked_opens_nothing_at_the_next_request(client: Client) -> None:
    key, written = partner_key()
    assert asked(client, written).status_code == 200
    revoke_keys(keys=[key], by=staff(), at=NOW)
    assert asked(client, written).status_code == 401
    assert client.get(PLACE).status_code == 200


@pytest.mark.django_db
def test_a_key_ends_when_it_expires(client: Client) -> None:
    key, written = partner_key(at=NOW)
    with time_machine.travel(key.expires_at - timedelta(seconds=1), tick=False):
        assert asked(client, written).status_code == 200
    with time_machine.travel(key.expires_at, tick=False):
        assert asked(client, written).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scopes", "reads", "proposes"),
    [((Scope.READ,), 200, 403), ((Scope.PROPOSE,), 403, 200), ((Scope.MANAGE_WEBHOOKS,), 403, 403)],
)
def test_a_key_does_what_its_scopes_say(
    client: Client, register: Register, scopes: Collection[Scope], reads: int, proposes: int
) -> None:
    _, written = partner_key(scopes=scopes)
    for place, status, scope in ((PLACE, reads, "read"), ("/api/v1/proposals/", proposes, "propose")):
        answer = asked(client, written, place)
        assert answer.status_code == status
        if status == 403:
            problem = told(answer)
            assert problem["errors"][0]["code"] == "scope"
            assert f"lacks the scope {scope}." in problem["detail"]
    sent = client.post(
        "/api/v1/proposals/",
        proposal(),
        content_type="application/json",
        headers=bearer(written, **{"Idempotency-Key": "one-of-a-kind"}),
    )
    assert sent.status_code == (201 if proposes == 200 else 403)


@pytest.mark.django_db
def test_without_a_key_there_are_no_proposals(client: Client) -> None:
    for method in (client.get, client.post, client.options):
        answer = method("/api/v1/proposals/")
        assert told(answer)["status"] == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="told-to-act"'


@pytest.mark.django_db
def test_two_keys_live_at_once_and_no_third() -> None:
    first, _ = partner_key(at=NOW)
    partner_key(at=NOW)
    with pytest.raises(ValidationError, match="revoke"):
        partner_key(at=NOW)
    revoke_keys(keys=[first], by=staff(), at=NOW)
    partner_key(at=NOW)
    with pytest.raises(ValidationError, match="revoke"):
        partner_key(at=NOW)
    partner_key(at=NOW + timedelta(days=91))  # the others have expired
    partner_key("Another partner", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_ten_keys_made_at_once_two_are_made() -> None:
    staff()
    key, _ = partner_key()
    revoke_keys(keys=[key], by=staff(), at=NOW)

    def make() -> None:
        try:
            partner_key()
        except ValidationError:
            return

    at_once(*[make] * 10)
    assert Key.objects.filter(revoked_at=None).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 0, 733])
def test_a_key_lives_for_two_years_at_most(days: int) -> None:
    key, _ = partner_key(at=NOW)
    with pytest.raises(ValidationError, match="expire"):
        make_key(
            partner=key.partner,
            scopes=[Scope.READ],
            expires_at=NOW + timedelta(days=days),
            by=staff(),
            at=NOW,
        )
    with pytest.raises(ValidationError):
        make_key(partner=key.partner, scopes=[], expires_at=NOW + timedelta(days=9), by=staff(), at=NOW)


@pytest.mark.django_db
def test_its_last_use_is_noted_now_and_then(client: Client) -> None:
    key, written = partner_key(at=NOW)
    writes = []
    for minute in (1, 2, 4, 5, 7):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            with CaptureQueriesContext(connection) as queries:
                asked(client, written)
        writes += [minute for each in queries if each["sql"].startswith("UPDATE")]
    key.refresh_from_db()
    assert writes == [1, 7]
    assert key.last_used_at == NOW + timedelta(minutes=7)


@pytest.mark.django_db
@pytest.mark.parametrize("place", [PLACE, "/api/v1/proposals/", "/api/nothing", "/api/docs/", "/api/schema/"])
def test_a_key_in_an_address_is_refused_and_not_logged(
    client: Client, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [handler] = [each for each in logging.getLogger().handlers if each.formatter is not None and each.filters]
    lines: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    _, written = partner_key()
    encoded = written.replace("_", "%5F")
    for address in (
        f"{place}?key={written}",
        f"{place}?{written}",
        f"{place}?access_token={encoded}&x=1",
        f"{place.rstrip('/')}/{written}/",
    ):
        for method in (client.get, client.post):
            answer = method(address)
            problem = told(answer)
            assert (problem["status"], problem["errors"][0]["code"]) == (400, "key_in_address")
            assert "Authorization: Bearer" in problem["detail"]
            assert written[13:].encode() not in answer.content
    assert not [line for line in lines if written[13:] in line]
    logging.getLogger("tracker").warning("asked %s", f"/?key={written}")
    assert lines and written[13:] not in lines[-1] and written[:12] in lines[-1]


def test_the_servers_own_line_of_a_request_holds_no_key() -> None:
    written = f"tta_{'a' * 8}_{'b' * 32}"
    for address in (f"/api/v1/?key={written}", f"/api/v1/?key={written.replace('_', '%5f')}"):
        assert "b" * 32 not in without_keys(f'"GET {address} HTTP/1.1"')
    assert without_keys("GET /?q=a%20b+c") == "GET /?q=a%20b+c"

    class Told(KeylessLogger):
        def __init__(self) -> None:
            pass

    asked_for = {
        "RAW_URI": f"/?k={written}",
        "QUERY_STRING": f"k={written}",
        "HTTP_REFERER": written,
        "SERVER_PROTOCOL": "",
    }

    class Answer:
        status, headers, sent, response_length = "200 OK", [], 0, 0

    class Request:
        headers: list[Any] = []

    atoms = Told().atoms(Answer(), Request(), {**asked_for, "REQUEST_METHOD": "GET"}, timedelta(seconds=1))
    assert atoms["q"] and atoms["r"] and not [each for each in atoms.values() if "b" * 32 in str(each)]
