"""The dump of the night: whole, provable, the same again, and made once however often it is asked for."""

import gzip
import hashlib
import io
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.api.conftest import DRAFT, Register, build, taken
from tracker.dumps import days_kept, dumps, file_of, make_dump
from tracker.management.commands import dump_register
from tracker.tasks import dump_register as task

TODAY = date(2026, 3, 2)
ROOT = "https://register.example.org/api/v1/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    settings.SITE_URL = "https://register.example.org"
    return tmp_path / "dumps"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        yield


def lines(folder: Path, day: date = TODAY) -> list[Any]:
    packed = (folder / f"register-{day}.jsonl.gz").read_bytes()
    return [orjson.loads(each) for each in gzip.decompress(packed).splitlines()]


@pytest.mark.django_db
def test_it_holds_every_list_and_every_public_line(client: Client, folder: Path, drafts: Any) -> None:
    drafts()
    made = make_dump(on=TODAY, root="http://testserver/api/v1/")
    assert made is not None
    found = lines(folder)
    assert (found[0]["resource"], found[-1]) == (
        "register",
        {"resource": "end", "item": {"items": len(found) - 2}},
    )
    assert found[0]["item"]["cursor"] == made.cursor
    for resource in (
        "bodies",
        "groups",
        "regimes",
        "themes",
        "reports",
        "recommendations",
        "addressees",
        "responses",
    ):
        told = orjson.loads(client.get(f"/api/v1/{resource}/", {"page_size": 200}).content)["results"]
        dumped = [each["item"] for each in found if each["resource"] == resource]
        assert sorted(dumped, key=lambda each: each["id"]) == sorted(told, key=lambda each: each["id"]), (
            resource
        )
    numbers = [each["item"]["number"] for each in found if each["resource"] == "changes"]
    assert numbers == list(range(1, made.number + 1))
    assert orjson.loads(client.get("/api/v1/changes/", {"after": made.cursor}).content)["results"] == []
    assert DRAFT.encode() not in gzip.decompress((folder / made.name).read_bytes())


@pytest.mark.django_db
def test_its_sha_256_stands_beside_it_and_the_api_serves_both(
    client: Client, folder: Path, register: Register
) -> None:
    made = make_dump(on=TODAY, root=ROOT)
    assert made is not None
    [told] = orjson.loads(client.get("/api/v1/dumps/").content)["results"]
    assert (told["name"], told["sha256"], told["bytes"]) == (made.name, made.sha256, made.bytes)
    answer = client.get(told["url"])
    content = taken(answer)
    assert answer.headers["Content-Length"] == str(len(content)) == str(made.bytes)
    assert hashlib.sha256(content).hexdigest() == made.sha256
    digest = f"{made.sha256}  {made.name}\n".encode()
    assert client.get(told["sha256_url"]).content == (folder / f"{made.name}.sha256").read_bytes() == digest
    held = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(told["url"], headers=held).status_code == 304
    assert client.head(told["url"]).headers["Content-Length"] == str(made.bytes)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["register-2026-03-01.jsonl.gz", "register-2026-03-02.json", "..", "x.part"])
def test_what_is_no_dump_is_not_served(client: Client, register: Register, name: str) -> None:
    make_dump(on=TODAY, root=ROOT)
    assert client.get(f"/api/v1/dumps/{name}").status_code == 404


@pytest.mark.django_db
def test_made_again_of_the_same_head_it_is_the_same_to_the_last_byte(
    folder: Path, register: Register
) -> None:
    first = make_dump(on=TODAY, root=ROOT)
    content = (folder / f"register-{TODAY}.jsonl.gz").read_bytes()
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC)):
        assert make_dump(on=TODAY, root=ROOT, again=True) == first
    assert (folder / f"register-{TODAY}.jsonl.gz").read_bytes() == content


@pytest.mark.django_db
def test_the_sweep_makes_it_once_and_after_three_missed_days_todays(register: Register) -> None:
    task()
    [made] = dumps()
    stamp = file_of(made).stat().st_mtime_ns
    task()
    assert file_of(made).stat().st_mtime_ns == stamp
    with time_machine.travel(datetime(2026, 3, 6, 0, 20, tzinfo=UTC)):
        task()
        task()
    assert [each.as_of for each in dumps()] == [date(2026, 3, 6), TODAY]


@pytest.mark.django_db
def test_what_a_killed_one_left_is_no_dump_and_goes_away(
    client: Client, folder: Path, register: Register
) -> None:
    folder.mkdir()
    (folder / f"register-{TODAY}.jsonl.gz.part").write_bytes(b"half")
    (folder / f"register-{TODAY}.jsonl.gz").write_bytes(b"whole, but its manifest was not written")
    assert dumps() == []
    made = make_dump(on=TODAY, root=ROOT)
    assert made is not None and len(lines(folder)) == made.lines
    assert not list(folder.glob("*.part"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_makes_it(folder: Path) -> None:
    build()
    made: list[Any] = []

    def make() -> None:
        made.append(make_dump(on=TODAY, root=ROOT))
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(each is None for each in made) == [False, True]
    assert len(lines(folder)) == dumps()[0].lines


def test_which_are_kept() -> None:
    days = [TODAY - timedelta(days=n) for n in range(900)]
    kept = days_kept(days, TODAY)
    assert {day for day in days if (TODAY - day).days < 14} <= kept
    assert date(2026, 2, 16) not in kept
    assert {day for day in kept if (TODAY - day).days >= 14} == {
        date(2024 + (n + 2) // 12, (n + 2) % 12 + 1, 1) for n in range(24)
    }


@pytest.mark.django_db
def test_old_ones_go_away_with_all_that_stands_beside_them(folder: Path, register: Register) -> None:
    for day in (date(2026, 2, 3), date(2026, 2, 4), TODAY):
        make_dump(on=day, root=ROOT)
    assert [each.as_of for each in dumps()] == [TODAY, date(2026, 2, 3)]
    assert not list(folder.glob("*2026-02-04*"))


@pytest.mark.django_db
def test_the_command_says_what_it_made(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump_register, "QUIET_SECONDS", -1)
    monkeypatch.setattr("tracker.dumps.BATCH", 3)
    said, progress = io.StringIO(), io.StringIO()
    for _ in range(2):
        call_command("dump_register", stdout=said, stderr=progress)
    assert "sha256" in said.getvalue() and "is there" in said.getvalue()
    assert "items: addressees" in progress.getvalue()
