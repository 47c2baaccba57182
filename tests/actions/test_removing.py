"""A removal that the law demands: nothing of it is left anywhere, a tombstone says so, and the chain still verifies."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from tests.alerts.world import Box, make_asked, make_follower, make_letter, seal, tell
from tests.api.partner import partner_key
from tests.factories import AT, STAFF, make_challenge, make_source
from tracker.actions.papers import Kept, keep_papers
from tracker.actions.publishing import withdraw
from tracker.dumps import dumps, make_dump
from tracker.ledger.check import check_ledger
from tracker.models import (
    Addressee,
    Answer,
    Challenge,
    Event,
    EventContent,
    Message,
    Proposal,
    Response,
    Source,
)
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.queries.log import log_of
from tracker.removing import remove
from tracker.vocabulary import Challenger, EventKind, LegalBasis

SECRET = "quokkaword"
LATER = AT + timedelta(days=1)
GONE: dict[str, Any] = {
    "legal_basis": LegalBasis.PERSONAL_DATA,
    "ordered_by": "The court at Hull",
    "reason": "It names a child.",
    "by": STAFF,
    "at": LATER,
}


def everywhere() -> list[str]:
    """The tables, of all there are, in which the word still stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{SECRET}%"])
            if cursor.fetchone()[0]:
                found.append(table)
        for column in ("public", "staff"):
            cursor.execute(
                f"SELECT count(*) FROM tracker_eventcontent WHERE convert_from({column}, 'UTF8') ILIKE %s",
                [f"%{SECRET}%"],
            )
            if cursor.fetchone()[0]:
                found.append(f"tracker_eventcontent.{column}")
        cursor.execute(
            "SELECT count(*) FROM tracker_message WHERE convert_from(body, 'UTF8') ILIKE %s", [f"%{SECRET}%"]
        )
        if cursor.fetchone()[0]:
            found.append("tracker_message.body")
    return found


@time_machine.travel(AT, tick=False)
@pytest.mark.django_db(transaction=True)
def test_what_is_removed_is_left_nowhere_and_the_chain_still_verifies(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    settings.MEDIA_ROOT = str(tmp_path / "files")
    [addressee] = make_asked(followed=False)
    make_follower(addressee.recommendation.report)
    tell(Box(), AT)
    [answer] = make_letter([addressee], summary=f"They say {SECRET}.", quote=SECRET, conditions=SECRET)
    make_challenge(answer, by_whom=Challenger.AFFECTED, words=f"{SECRET} is my child.")
    [mail] = tell(Box(), AT)
    assert SECRET in mail.text
    _, key = partner_key(at=AT)
    proposed = {
        "kind": "correction",
        "about": {"type": "answer", "id": answer.ref},
        "source": {"url": "https://example.org/", "title": "A page"},
        "summary": f"{SECRET} again.",
    }
    sent = {"Authorization": f"Bearer {key}", "Idempotency-Key": "number-one"}
    assert client.post("/api/v1/proposals/", proposed, "application/json", headers=sent).status_code == 201
    make_dump(on=register_day(AT), root="https://register.example/api/v1/")
    assert SECRET in client.get(f"/api/v1/addressees/?q={SECRET}").content.decode()
    before = Event.objects.filter(is_public=True).count()
    assert {"tracker_answer", "tracker_message", "tracker_eventcontent.public"} <= {*everywhere()}

    removed = remove(facts=[answer], with_all_below=True, **GONE)

    assert everywhere() == []
    assert [*check_ledger()] == []
    assert dumps() == [] and list((tmp_path / "dumps").iterdir()) == []
    told = json.loads(client.get("/api/v1/changes/?page_size=200").content)["results"]
    assert SECRET not in json.dumps(told)
    tombs = [line["subject"]["id"] for line in told if line["kind"].endswith(".withdrawn")]
    assert {answer.ref, Challenge.objects.get().ref} <= {*tombs}
    erased = [line for line in told if line["kind"] == EventKind.CONTENT_ERASED]
    assert erased and {line["reason"] for line in erased} == {"Removed by law: protection of personal data."}
    assert {line["number"] for line in told if line["erased"]} == {
        int(line["subject"]["id"].removeprefix("line-")) for line in erased
    }
    assert len(told) == Event.objects.filter(is_public=True).count() > before
    assert json.loads(client.get(f"/api/v1/addressees/?q={SECRET}").content)["results"] == []
    for form in ("csv", "jsonl"):
        answered = client.get(f"/api/v1/addressees.{form}")
        assert SECRET.encode() not in b"".join(answered.streaming_content)  # type: ignore[attr-defined]
    make_dump(on=register_day(LATER), root="https://register.example/api/v1/")
    assert len(dumps()) == 1
    assert sum(year.removals for year in log_of().years) == 1
    assert removed.events and Message.objects.filter(text__icontains=SECRET).count() == 0
    assert Proposal.objects.get().said["summary"] == "[removed]"


@pytest.mark.django_db(transaction=True)
def test_files_go_but_for_those_that_another_source_names(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    mine, other = make_source("One", published=False), make_source("Other", published=False)
    for source, content in ((mine, b"alone"), (mine, b"shared"), (other, b"shared")):
        field = "original" if content == b"alone" else "redacted"
        keep_papers(
            source=source,
            **{field: Kept(content, "txt", content.hex().ljust(64, "0"), ())},
            may_be_published=False,
            findings_seen=True,
            reason="It came by mail.",
            by=STAFF,
            at=AT,
        )
    mine = Source.objects.get(pk=mine.pk)
    alone, shared = mine.file.name, mine.redacted_file.name
    assert default_storage.exists(alone) and default_storage.exists(shared)
    remove(facts=[mine], with_all_below=False, **GONE)
    assert not default_storage.exists(alone) and default_storage.exists(shared)
    mine.refresh_from_db()
    assert (mine.title, mine.url, mine.file.name, mine.file_sha256) == (
        "[removed]", "https://removed.invalid/", "", "",
    )  # fmt: skip
    assert [*check_ledger()] == []


@pytest.mark.django_db
def test_what_stands_on_it_is_hidden_and_keeps_its_words_unless_that_is_asked() -> None:
    [addressee] = make_asked(followed=False)
    [answer] = make_letter([addressee], summary="What it says.")
    response = Response.objects.get()
    seal()
    remove(facts=[response], with_all_below=False, **GONE)
    answer = Answer.objects.get()
    assert (Response.objects.get().title, answer.summary) == ("[removed]", "What it says.")
    assert not Answer.objects.public().exists()


@pytest.mark.django_db
def test_a_removal_names_who_ordered_it_and_says_so_to_staff_alone() -> None:
    [addressee] = make_asked(followed=False)
    [answer] = make_letter([addressee])
    seal()
    for missing in ("ordered_by", "reason"):
        with pytest.raises(ValidationError):
            remove(facts=[answer], with_all_below=False, **{**GONE, missing: ""})
    assert not Event.objects.filter(kind=EventKind.CONTENT_ERASED).exists()
    remove(facts=[answer], with_all_below=False, **GONE)
    for event in Event.objects.filter(kind=EventKind.CONTENT_ERASED, is_public=True):
        content = EventContent.objects.get(event=event)
        assert b"Hull" not in bytes(content.public or b"") and b"Hull" in bytes(content.staff)


@pytest.mark.django_db
def test_a_removal_of_nothing_leaves_every_line() -> None:
    make_letter(make_asked(followed=False))
    before = EventContent.objects.count()
    with pytest.raises(ValidationError, match="Choose what"):
        remove(facts=[], with_all_below=True, **GONE)
    assert EventContent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_body_whose_answer_the_law_removes_is_not_called_late_for_it() -> None:
    [answered, silent] = make_asked(2, followed=False)
    [answer] = make_letter([answered])
    due = answered.recommendation.addressees.get(pk=answered.pk).answer_due_on
    assert due is not None
    on = due + timedelta(days=30)
    remove(facts=[answer.response], with_all_below=False, **GONE)
    rows = Addressee.objects.filter(pk__in=[answered.pk, silent.pk]).order_by("pk")
    assert [view.status for view in describe(rows, on)] == ["under_review", "overdue"]
    line = Event.objects.get(kind=EventKind.REVIEW_BEGUN, is_public=True)
    assert line.subject_id == answered.pk
    assert json.loads(bytes(line.content.public))["reason"] == (
        "Removed by law: protection of personal data. What stood here counts for this body."
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole", [False, True])
def test_nothing_rests_where_no_answer_stood_or_the_addressee_goes_too(*, whole: bool) -> None:
    [addressee] = make_asked(followed=False)
    [answer] = make_letter([addressee])
    if whole:
        remove(facts=[addressee.recommendation], with_all_below=True, **GONE)
    else:
        withdraw(facts=[answer], reason="It was another body's.", by=STAFF, at=LATER)
        remove(facts=[answer], with_all_below=True, **GONE)
    assert not Event.objects.filter(kind=EventKind.REVIEW_BEGUN).exists()
