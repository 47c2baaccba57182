"""Answers that are kept whole: never of another head, day or release; never anybody's own; bounded."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api import answers, conditional
from tests.api.conftest import Register, seal
from tests.api.partner import bearer, partner_key
from tests.factories import make_answer, make_body
from tracker.config import settings as registers
from tracker.models import Addressee

PLACE = "/api/v1/addressees/"


@pytest.fixture(autouse=True)
def _answers_are_kept(settings: LazySettings) -> None:
    """As the register keeps them; the other tests keep none. A register that is rolled back leaves none behind."""
    settings.CACHES = registers.CACHES
    caches[answers.CACHE].clear()


@pytest.mark.django_db
def test_the_second_answer_is_the_first_and_costs_no_more_than_the_head(
    client: Client, register: Register
) -> None:
    for place in (
        PLACE,
        "/api/v1/recommendations/safe/1/",
        "/api/v1/bodies/?page_size=2",
        "/api/v1/changes/",
    ):
        first = client.get(place)
        with CaptureQueriesContext(connection) as queries:
            second = client.get(place)
        assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))
        # 1. the head of the public chain
        assert len(queries) == 1


@pytest.mark.django_db
def test_what_changes_is_told_at_once(client: Client, register: Register) -> None:
    """Whatever the change: a line of the public chain moves the head, and nobody asks for the old answer any more."""
    silent = register.addressees[2]
    place = f"{PLACE}{silent.ref}/"
    before = client.get(place).json()
    make_answer(Addressee.objects.get(pk=silent.pk), position="noted", answered="2025-09-01")
    seal()
    after = client.get(place).json()
    assert (before["status"], after["status"]) == ("overdue", "noted")


@pytest.mark.django_db
def test_midnight_makes_another_answer(client: Client, register: Register) -> None:
    place = f"{PLACE}{register.addressees[2].ref}/"
    days = []
    for moment in (datetime(2026, 3, 2, 23, 59, tzinfo=UTC), datetime(2026, 3, 3, 0, 0, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            days.append(client.get(place).json()["days_overdue"])
    assert days[1] == days[0] + 1


@pytest.mark.django_db
def test_a_new_release_gives_no_answer_of_an_old_one(
    client: Client, register: Register, monkeypatch: Any
) -> None:
    first = client.get(PLACE)
    monkeypatch.setattr(conditional, "release", lambda: "another")
    with CaptureQueriesContext(connection) as queries:
        second = client.get(PLACE)
    assert len(queries) > 1
    assert second.headers["ETag"] != first.headers["ETag"]


@pytest.mark.django_db
def test_whoever_says_who_they_are_is_answered_for_themselves(client: Client, register: Register) -> None:
    """Their answer is in no cache: not in ours, not in anybody's; and none of ours is given to them."""
    partner = bearer(partner_key()[1])
    tag = client.get(PLACE).headers["ETag"]
    caches[answers.CACHE].clear()
    own = client.get(PLACE, headers={**partner, "If-None-Match": tag})
    assert own.status_code == 200
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers
    assert "Authorization" in own.headers["Vary"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PLACE).content == own.content
    assert len(queries) > 1  # their answer was not kept
    with CaptureQueriesContext(connection) as queries:
        client.get(PLACE, headers=partner)
    assert len(queries) > 1  # nor are they given one that was


@pytest.mark.django_db
def test_a_refusal_is_not_kept(client: Client, register: Register) -> None:
    assert client.get(f"{PLACE}never/1/x/").status_code == 404
    assert client.get(f"{PLACE}?bogus=1").status_code == 400
    make_body("Never")
    seal()
    assert client.get("/api/v1/bodies/never/").status_code == 200


@pytest.mark.django_db
def test_what_is_too_large_is_given_and_not_kept(
    client: Client, register: Register, monkeypatch: Any
) -> None:
    monkeypatch.setattr(answers, "LARGEST", 10)
    first = client.get(PLACE)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PLACE).content == first.content
    assert len(queries) > 1


def test_no_more_are_kept_than_memory_bears() -> None:
    cache = caches[answers.CACHE]
    for number in range(500):
        cache.set(str(number), (b"{}", {}))
    assert sum(cache.get(str(number)) is not None for number in range(500)) <= 128


def test_the_memory_gives_what_it_was_given_for_a_while() -> None:
    """Not a copy: to read a page back costs more than all else of a kept answer."""
    memory, page = caches[answers.CACHE], (b"a page", (("Link", "next"),))
    memory.set("tag", page, 60)
    assert memory.get("tag") is page
    memory.set("tag", page, -1)
    assert memory.get("tag") is None
    for n in range(200):
        memory.set(f"tag {n}", page)
    assert memory.get("tag 199") is page and memory.get("tag 0") is None
    with pytest.raises(NotImplementedError):
        memory.add("tag", page)
