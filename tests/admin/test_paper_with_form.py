"""The paper that comes with a new source: sent with the form, kept while the form comes back, never public."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.admin import papers_made as made
from tests.admin.conftest import NOW
from tests.admin.pages import act, errors, fields_in, form_on, kinds
from tests.factories import make_addressee, make_body, make_source, make_user
from tracker.actions.papers import HELD_FOR, forget_papers
from tracker.importing.papers import LARGEST
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Event, Extension, Report, Response, Source, TaskRun, User
from tracker.vocabulary import StaffRole

pytestmark = pytest.mark.django_db

RECORD = "/admin/tracker/response/record/"
NEW = "/admin/tracker/report/new/"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def addressee() -> Addressee:
    return make_addressee()


def paper(content: bytes = made.MAIL, name: str = "letter.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def record(desk: Client, addressee: Addressee, **changed: Any) -> Any:
    """Open the form, fill it in, send it."""
    url = f"{RECORD}?report={addressee.recommendation.report.ref}"
    told = {
        "source_title": "The letter",
        "source_kind": "email",
        "title": "The answer",
        "kind": "formal",
        "author": addressee.body.ref,
        "written_on": "2025-07-01",
        "verification": "read",
        "addressees": [str(addressee.pk)],
        "position": "accepted",
        "basis": "their_words",
        "save": "publish",
    }
    return desk.post(url, {**form_on(desk, url), **told, **changed})


def again(desk: Client, addressee: Addressee, shown: Any, **changed: Any) -> Any:
    """Send the page back as a browser would, without the file that it forgot."""
    url = f"{RECORD}?report={addressee.recommendation.report.ref}"
    return desk.post(url, {**fields_in(shown.content.decode()), **changed})


def its_source() -> Source:
    return Response.objects.get().source


def original(desk: Client, source: Source) -> bytes:
    given = desk.get(f"/admin/tracker/source/{source.pk}/original/")
    return b"".join(given.streaming_content)  # type: ignore[arg-type]


def test_a_letter_is_recorded_with_its_paper_in_one_go(desk: Client, addressee: Addressee) -> None:
    done = record(desk, addressee, source_file=paper(), save="draft")
    source = its_source()
    assert original(desk, source) == made.MAIL
    assert source.file.name.endswith(f"{source.file_sha256}.eml") and not source.may_be_published
    assert kinds(source) == [("source.recorded", False)]
    connection.check_constraints()  # the lines are sealed
    assert [*check_ledger()] == []
    shown = desk.get(done.headers["Location"]).content.decode()
    assert "Add a copy for the public" in shown and f'/source/act/papers/?facts={source.pk}"' in shown


def test_the_words_of_an_e_mail_are_pasted_where_there_is_no_file(desk: Client, addressee: Addressee) -> None:
    words = "From: office@example.org\r\nSubject: Your letter\r\nDate: 1 July 2025\r\n\r\nWe accept it.\r\n"
    shown = record(desk, addressee, source_text=words, save="preview")
    again(desk, addressee, shown, save="publish")
    assert original(desk, its_source()) == words.replace("\r\n", "\n").strip().encode()
    assert its_source().file.name.endswith(".eml") and not its_source().may_be_published
    assert b"We accept it." not in Client().get(f"/api/v1/sources/{its_source().ref}/").content


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"source_file": True}, "not both"),
        ({"source": True}, "with a new source"),
        ({"source_text": "x" * 200_001}, "200000"),
        ({"source_text": "%PDF-1.4 no"}, ""),
    ],
    ids=["file", "on-record", "long", "broken"],
)
def test_pasted_words_that_cannot_be_kept_are_refused(
    desk: Client, addressee: Addressee, sent: dict[str, Any], said: str
) -> None:
    given = {"source_text": "We accept it.", **sent}
    if "source_file" in given:
        given["source_file"] = paper()
    if "source" in given:
        given |= {"source": addressee.recommendation.source.ref, "source_title": ""}
    shown = record(desk, addressee, **given)
    assert said in errors(shown)["source_text"][0]
    assert not Response.objects.exists()


def test_without_a_paper_nothing_is_offered(desk: Client, addressee: Addressee) -> None:
    done = record(desk, addressee)
    assert its_source().file.name == ""
    assert "Add a copy for the public" not in desk.get(done.headers["Location"]).content.decode()


def test_the_paper_outlives_the_preview(desk: Client, addressee: Addressee) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    assert "“letter.eml” is kept with this form" in shown.content.decode()
    assert not Source.objects.filter(title="The letter").exists()
    assert again(desk, addressee, shown, save="publish").status_code == 302
    assert original(desk, its_source()) == made.MAIL


@pytest.mark.parametrize("wrong", [{"title": ""}, {"written_on": "2025-05-01"}], ids=["form", "action"])
def test_the_paper_outlives_an_error_elsewhere(
    desk: Client, addressee: Addressee, wrong: dict[str, str]
) -> None:
    shown = record(desk, addressee, source_file=paper(), **wrong)
    assert list(errors(shown)) == list(wrong)
    assert not Response.objects.exists()
    again(desk, addressee, shown, title="The answer", written_on="2025-07-01", save="draft")
    assert original(desk, its_source()) == made.MAIL


def test_another_paper_takes_the_place_of_the_kept_one(desk: Client, addressee: Addressee) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    shown = again(desk, addressee, shown, source_file=paper(made.CLEAN, "scan.pdf"), save="preview")
    assert "“scan.pdf” is kept" in shown.content.decode() and "letter.eml" not in shown.content.decode()
    again(desk, addressee, shown, save="draft")
    assert original(desk, its_source()) == made.CLEAN


def test_the_kept_paper_can_be_left_out(desk: Client, addressee: Addressee) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    again(desk, addressee, shown, source_file_left_out="on", save="draft")
    assert its_source().file.name == ""


def test_what_cannot_be_taken_is_refused_at_its_field_and_the_kept_one_stays(
    desk: Client, addressee: Addressee
) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    refused = again(desk, addressee, shown, source_file=paper(b"MZ\x90\x00\x03\x00\x00\x00"), save="publish")
    assert "kind of file is not taken" in errors(refused)["source_file"][0]
    assert "“letter.eml” is kept" in refused.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"x" * (LARGEST + 1), "larger than 20 MB"), (b"", "empty"), (b"%PDF-1.4\nno", "")],
    ids=["large", "empty", "no pdf"],
)
def test_what_is_no_paper_is_neither_stored_nor_kept(
    desk: Client, addressee: Addressee, store: Path, content: bytes, said: str
) -> None:
    shown = record(desk, addressee, source_file=paper(content))
    assert said in errors(shown)["source_file"][0]
    assert "is kept with this form" not in shown.content.decode()
    assert not Response.objects.exists() and [*store.rglob("*.*")] == []


def test_a_paper_beside_a_source_on_record_is_refused_with_the_way_out(
    desk: Client, addressee: Addressee
) -> None:
    known = make_source("Known")
    chosen = {"source": known.ref, "source_title": ""}
    shown = record(desk, addressee, source_file=paper(), **chosen)
    assert "add it on the page of the source on record" in errors(shown)["source_file"][0]
    assert "is kept with this form" in shown.content.decode()
    again(desk, addressee, shown, source_file_left_out="on", save="draft")
    known.refresh_from_db()
    assert its_source() == known and known.file.name == ""


@pytest.mark.parametrize("forged", ["x", "a:b:c", "\x00", "é", "9" * 5000])
def test_a_forged_token_is_an_error_at_its_field(desk: Client, addressee: Addressee, forged: str) -> None:
    assert "choose it again" in errors(record(desk, addressee, source_file_kept=forged))["source_file"][0]


def test_the_token_of_somebody_else_is_an_error_at_its_field(desk: Client, addressee: Addressee) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    token = fields_in(shown.content.decode())["source_file_kept"]
    other = Client()
    other.force_login(make_user("ben", StaffRole.ADMINISTRATOR))
    refused = record(other, addressee, source_file_kept=token)
    assert "choose it again" in errors(refused)["source_file"][0]
    assert not Response.objects.exists()
    assert not fields_in(refused.content.decode()).get("source_file_kept")


def test_a_token_is_good_for_a_day(desk: Client, ada: User, addressee: Addressee) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    token = fields_in(shown.content.decode())["source_file_kept"]
    with time_machine.travel(NOW + HELD_FOR + timedelta(minutes=1), tick=False):
        desk.force_login(ada)
        refused = record(desk, addressee, source_file_kept=token)
    assert "choose it again" in errors(refused)["source_file"][0]


def test_a_paper_whose_file_is_gone_has_to_be_chosen_again(
    desk: Client, addressee: Addressee, store: Path
) -> None:
    shown = record(desk, addressee, source_file=paper(), save="preview")
    [file] = store.rglob("*.eml")
    file.unlink()
    refused = again(desk, addressee, shown, save="publish")
    assert "choose it again" in errors(refused)["source_file"][0]


def test_the_public_learns_nothing_of_the_paper(desk: Client, addressee: Addressee) -> None:
    record(desk, addressee, source_file=paper(name="secret-name.eml"))
    source, response = its_source(), Response.objects.get()
    assert source.published_at is not None
    outside = Client()
    api = outside.get(f"/api/v1/responses/{response.ref}/")
    page = outside.get(f"/api/v1/recommendations/{addressee.recommendation.ref}/")
    assert api.status_code == page.status_code == 200
    lines = Event.objects.filter(is_public=True)
    told = [api.content, page.content, *(bytes(line.content.public) for line in lines)]
    for text in told:
        assert source.file_sha256.encode() not in text and b"secret-name" not in text
    assert outside.get(f"/sources/{source.ref}/copy").status_code == 404
    assert outside.get(f"/admin/tracker/source/{source.pk}/original/").status_code == 302
    media = outside.get(f"{django_settings.MEDIA_URL}{source.file.name}")
    assert media.status_code == 404


def test_a_report_is_entered_with_its_paper(desk: Client) -> None:
    make_body("Home Office")
    told = {
        "source_title": "The report on paper",
        "source_kind": "letter",
        "title": "Safe to share?",
        "kind": "inspection_report",
        "publishers": ["home-office"],
        "dated_on": "2025-12-17",
        "verification": "read",
        "text": "1. Do it within six months.",
        "bodies": ["home-office"],
    }
    shown = desk.post(NEW, {**told, "source_file": paper(made.CLEAN, "report.pdf"), "save": "preview"})
    done = desk.post(NEW, {**fields_in(shown.content.decode()), "save": "publish"})
    source = Report.objects.get().source
    assert original(desk, source) == made.CLEAN
    assert "Add a copy for the public" in desk.get(done.headers["Location"]).content.decode()
    connection.check_constraints()  # the lines are sealed
    assert [*check_ledger()] == []


def test_an_act_on_addressees_takes_a_paper_too(desk: Client, addressee: Addressee) -> None:
    url = act(addressee, "extend")
    told = {
        "source_title": "The letter",
        "source_kind": "letter",
        "clock": "answer",
        "until_on": "2026-05-01",
        "granted_on": "2025-07-01",
        "verification": "read",
    }
    fields = {**form_on(desk, url), **told, "source_file": paper(), "save": "preview"}
    shown = desk.post(url.partition("?")[0], fields)
    assert shown.context["preview"] is not None, shown.context["form"].errors
    done = desk.post(url.partition("?")[0], {**fields_in(shown.content.decode()), "save": "draft"})
    source = Extension.objects.get().source
    assert original(desk, source) == made.MAIL
    shown = desk.get(done.headers["Location"])
    assert f'/source/act/papers/?facts={source.pk}">Add a copy for the public' in shown.content.decode()


def test_a_paper_whose_form_was_never_saved_is_forgotten(
    desk: Client, addressee: Addressee, store: Path
) -> None:
    """What a source names stays, what a form may still hold stays; the rest goes, and a file chosen anew is fresh."""
    record(desk, addressee, source_file=paper(), save="draft")
    shown = record(
        desk, addressee, source_file=paper(made.CLEAN, "scan.pdf"), title="Another", save="preview"
    )
    assert shown.context["preview"] is not None
    named = store / its_source().file.name
    [dropped] = store.rglob("*.pdf")
    now = datetime.fromtimestamp(dropped.stat().st_mtime, UTC)
    assert forget_papers(at=now + HELD_FOR) == 0 and dropped.exists()
    later = now + 3 * HELD_FOR
    assert forget_papers(at=later - timedelta(hours=1)) == 1 and named.exists() and not dropped.exists()
    record(desk, addressee, source_file=paper(made.CLEAN, "scan.pdf"), title="Another", save="preview")
    assert forget_papers(at=later) == 0, "it was done an hour ago"
    os.utime(dropped, (0, 0))
    record(desk, addressee, source_file=paper(made.CLEAN, "scan.pdf"), title="Another", save="preview")
    TaskRun.objects.all().delete()
    assert forget_papers(at=now + HELD_FOR) == 0 and dropped.exists(), "it was chosen again"
