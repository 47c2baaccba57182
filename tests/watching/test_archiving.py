"""The Wayback Machine is asked for a copy of each source that has none, where its key is set."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.conf import LazySettings

from tests.factories import AT, make_source
from tests.watching.site import Answer, Asked, Site
from tracker.models import Event, Source
from tracker.watching import archiving, looking

pytestmark = pytest.mark.django_db
BEGUN = AT + timedelta(days=1)


@pytest.fixture
def archive(pages: Site, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Site:
    settings.WAYBACK_KEY = "a-key:a-secret"
    monkeypatch.setattr(archiving, "ARCHIVE", pages.root)
    pages.pages["/save"] = Answer(body=b'{"job_id": "spn2-7"}')
    pages.pages["/save/status/spn2-7"] = Answer(body=b'{"status": "success", "timestamp": "20260302090000"}')
    return pages


def look(days: int = 0) -> None:
    looking.look_at_sources(clock=lambda: BEGUN + timedelta(days=days))


def saves(archive: Site) -> list[Asked]:
    return [asked for asked in archive.asked if asked.path == "/save"]


def test_a_copy_is_asked_for_once_and_recorded_when_it_is_there(archive: Site) -> None:
    source = make_source(url=f"{archive.root}/letter")
    make_source("Kept", url=f"{archive.root}/letter?2", archived_url="https://archive.example/1")
    look()
    [asked] = saves(archive)
    assert asked.headers["authorization"] == "LOW a-key:a-secret"
    assert parse_qs(asked.body.decode()) == {"url": [f"{archive.root}/letter"]}
    look()
    source.refresh_from_db()
    assert source.archived_url == f"{archive.root}/web/20260302090000/{archive.root}/letter"
    assert Event.objects.filter(kind="source.archived", is_public=True).count() == 1
    look()
    assert len(saves(archive)) == 1


def test_a_copy_that_failed_is_asked_for_again_after_some_weeks(archive: Site) -> None:
    make_source(url=f"{archive.root}/letter")
    archive.pages["/save/status/spn2-7"] = Answer(body=b'{"status": "error"}')
    for days in (0, 1, 2, 8, 20):
        look(days)
    assert len(saves(archive)) == 1
    for days in (40, 41):
        look(days)
    assert len(saves(archive)) == 2


@pytest.mark.parametrize("what", ["/save", "/save/status/spn2-7"])
def test_what_the_archive_will_not_have_keeps_no_other_source_waiting(archive: Site, what: str) -> None:
    for number in range(archiving.AT_A_TIME + 1):
        archive.pages[f"/letter?{number}"] = Answer()
        make_source(f"Page {number}", url=f"{archive.root}/letter?{number}")
    archive.pages[what] = Answer(body=b'{"status": "pending"}')
    for _ in range(4):
        look()
    asked_for = {parse_qs(asked.body.decode())["url"][0] for asked in saves(archive)}
    assert len(asked_for) == archiving.AT_A_TIME + 1
    assert len(saves(archive)) == len(asked_for)


@pytest.mark.parametrize("said", [b"", b"[]", b"<html>", b'{"message": "no"}', b'{"job_id": null}'])
def test_whatever_the_archive_says_stops_nothing(archive: Site, said: bytes) -> None:
    make_source(url=f"{archive.root}/letter")
    archive.pages["/save"] = Answer(body=said)
    look()
    look()
    assert not Source.objects.exclude(archived_url="").exists()


def test_without_a_key_nobody_is_asked(archive: Site, settings: LazySettings) -> None:
    settings.WAYBACK_KEY = ""
    make_source(url=f"{archive.root}/letter")
    look()
    assert saves(archive) == []
