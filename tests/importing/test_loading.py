"""Loading a file once, again, and after the file or the staff have changed something."""

import io
import itertools
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import STAFF
from tests.importing.documents import AT, document, loaded, written
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.importing.problems import Refused
from tracker.models import (
    Addressee,
    Answer,
    Body,
    Event,
    EventContent,
    Fact,
    Link,
    Membership,
    Recommendation,
    Report,
    Response,
    Source,
    Theme,
)
from tracker.vocabulary import Verification

pytestmark = pytest.mark.django_db


def test_a_file_is_loaded_and_what_was_checked_is_published(tmp_path: Path) -> None:
    tally = loaded(tmp_path, document())
    assert (tally.added, tally.published, tally.drafts) == (23, 20, 3)
    assert Recommendation.objects.public().get().ref == "a-report/1"
    addressees = Addressee.objects.public().order_by("body__ref")
    assert [each.body.ref for each in addressees] == ["north-police", "south-police"]
    assert [str(each.answer_due_on) for each in addressees] == ["2025-07-27", "2025-09-30"]
    assert [str(each.first_answer_due_on) for each in addressees] == ["2025-07-27", "2025-07-27"]


def test_what_is_unverified_is_a_draft_and_so_is_what_stands_on_it(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    assert Recommendation.objects.get(ref="a-report/2").is_draft
    assert Addressee.objects.get(recommendation__ref="a-report/2").is_draft
    assert Link.objects.get().is_draft


def test_an_unverified_field_that_the_file_leaves_out_stays_empty(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    ask = Recommendation.objects.get(ref="a-report/1")
    assert (ask.act_by, ask.act_by_text, ask.quote) == (None, "", "")


def test_a_recommendation_without_a_date_was_asked_on_the_reports(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    assert str(Recommendation.objects.get(ref="a-report/1").asked_latest) == "2025-06-02"


def test_the_second_time_nothing_changes_and_no_line_is_written(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    lines = Event.objects.count()
    tally = loaded(tmp_path, document())
    assert tally.changed_nothing
    assert (tally.same, tally.kept) == (23, [])
    assert Event.objects.count() == lines


def test_every_line_is_the_loaders(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    assert set(Event.objects.values_list("role", flat=True)) == {"loader"}


def test_a_row_that_was_added_to_the_file_is_loaded(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["recommendations"].append(
        {**content["recommendations"][0], "ref": "a-report/3", "number": "3", "title": "Stop that too"}
    )
    tally = loaded(tmp_path, content)
    assert (tally.added, tally.published, tally.corrected) == (3, 3, 0)
    assert Addressee.objects.public().filter(recommendation__ref="a-report/3").count() == 2


def test_an_answer_that_was_added_to_a_letter_on_record_is_loaded(tmp_path: Path) -> None:
    content = document()
    content["recommendations"][1]["verification"] = "excerpt"
    loaded(tmp_path, content)
    content["responses"][0]["answers"].append({"recommendation": "a-report/2", "position": "noted"})
    tally = loaded(tmp_path, content)
    assert (tally.added, tally.published) == (1, 1)
    assert Answer.objects.public().get(addressee__recommendation__ref="a-report/2").position == "noted"


def test_a_member_who_was_added_is_addressed_too(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["memberships"].append({"group": "forces", "body": "south-commissioner"})
    loaded(tmp_path, content)
    assert Addressee.objects.public().filter(recommendation__ref="a-report/1").count() == 3


def test_what_the_file_says_otherwise_now_is_corrected_with_a_public_line(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["reports"][0] |= {"title": "A better title", "publishers": ["south-commissioner", "inspectors"]}
    content["responses"][0]["answers"][0]["position"] = "rejected"
    tally = loaded(tmp_path, content)
    assert (tally.added, tally.corrected) == (0, 2)
    report = Report.objects.get()
    assert report.title == "A better title"
    assert [row.body.ref for row in report.publisher_rows.all()] == ["south-commissioner", "inspectors"]
    assert Answer.objects.get().position == "rejected"
    line = Event.objects.get(kind="report.corrected")
    assert line.is_public
    assert b"The file says so now." in bytes(EventContent.objects.get(event=line).public)


def test_a_key_that_was_taken_out_of_the_file_empties_the_field(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    del content["responses"][0]["answers"][0]["summary"]
    assert loaded(tmp_path, content).corrected == 1
    assert Answer.objects.get().summary == ""


def test_a_row_that_was_taken_out_of_the_file_stays_on_record(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["claims"] = []
    assert loaded(tmp_path, content).changed_nothing


def test_what_staff_edited_is_kept_and_said_so(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    edit(Report.objects.get(), title="As staff have it")
    edit(Answer.objects.get(), position="noted")
    content["reports"][0]["title"] = "As the file has it"
    tally = loaded(tmp_path, content)
    assert tally.kept == ["report a-report (title)", "answer a-letter/a-report/1/north-police (position)"]
    assert tally.changed_nothing
    assert Report.objects.get().title == "As staff have it"
    assert Answer.objects.get().position == "noted"


def test_an_edit_of_one_fact_does_not_keep_another(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    edit(Report.objects.get(), title="As staff have it")
    content["recommendations"][0]["title"] = "As the file has it"
    assert loaded(tmp_path, content).corrected == 1
    assert Recommendation.objects.get(ref="a-report/1").title == "As the file has it"


def test_what_staff_withdrew_stays_withdrawn(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    withdraw(facts=[Response.objects.get()], reason="It was another force's letter", by=STAFF, at=AT)
    tally = loaded(tmp_path, document())
    assert tally.kept == ["response a-letter (withdrawn)"]
    assert tally.changed_nothing
    assert not Answer.objects.public().exists()


def test_what_is_added_below_a_withdrawn_fact_stays_a_draft(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    withdraw(facts=[Recommendation.objects.get(ref="a-report/1")], reason="Entered twice", by=STAFF, at=AT)
    content["assessments"].append({**content["assessments"][0], "assessed_on": "2025-10-01"})
    tally = loaded(tmp_path, content)
    assert (tally.added, tally.published, tally.drafts) == (1, 0, 4)


def test_a_draft_is_published_when_the_file_says_that_it_was_checked(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["recommendations"][1]["verification"] = "excerpt"
    tally = loaded(tmp_path, content)
    assert (tally.corrected, tally.published, tally.drafts) == (1, 3, 0)
    assert Link.objects.public().exists()


def test_a_draft_that_staff_have_touched_is_theirs_to_publish(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    edit(Recommendation.objects.get(ref="a-report/2"), verification=Verification.EXCERPT)
    content["recommendations"][1]["verification"] = "excerpt"
    tally = loaded(tmp_path, content)
    assert (tally.published, tally.drafts) == (0, 3)


def test_what_staff_published_is_not_made_a_draft_again(tmp_path: Path) -> None:
    loaded(tmp_path, document())
    ask = Recommendation.objects.get(ref="a-report/2")
    edit(ask, verification=Verification.READ)
    ask.refresh_from_db()
    publish(facts=[ask], by=STAFF, at=AT)
    tally = loaded(tmp_path, document())
    assert tally.kept == ["recommendation a-report/2 (verification)"]
    assert Recommendation.objects.public().count() == 2


def test_a_new_source_never_hides_what_stands_on_it(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["sources"].append({"ref": "a-book", "kind": "letter", "title": "A book"})
    content["reports"][0]["source"] = "a-book"
    tally = loaded(tmp_path, content)
    assert tally.corrected == 1
    assert not Event.objects.filter(kind__endswith=".withdrawn").exists()
    assert Source.objects.public().count() == 2


def test_a_new_theme_of_a_public_recommendation_is_shown(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["themes"] += [{"ref": "bail", "name": "Bail"}, {"ref": "unused", "name": "Unused"}]
    content["recommendations"][0]["themes"] = ["bail", "custody"]
    content["recommendations"][1]["themes"] = ["unused"]
    loaded(tmp_path, content)
    assert set(Theme.objects.public().values_list("ref", flat=True)) == {"custody", "bail"}


def test_the_order_of_rows_within_a_list_does_not_matter(tmp_path: Path) -> None:
    content = document()
    for rows in content.values():
        if isinstance(rows, list):
            rows.reverse()
    loaded(tmp_path, content)
    assert Body.objects.get(ref="south-police").overseen_by.ref == "south-commissioner"
    assert Membership.objects.public().count() == 2


def test_a_file_may_stand_on_another_that_was_loaded_first(tmp_path: Path) -> None:
    content = document()
    later = {"form": 1, "claims": content.pop("claims")}
    loaded(tmp_path, content)
    assert loaded(tmp_path, later).published == 1


def test_the_command_says_what_it_did_and_that_there_was_nothing_to_do(tmp_path: Path) -> None:
    file = written(tmp_path, document())
    assert said(file) == "register.json: 23 added, 20 published, 3 drafts\n"
    assert said(file) == "register.json: nothing changed: 23 the same, 3 of them drafts\n"
    withdraw(facts=[Response.objects.get()], reason="Another force's letter", by=STAFF, at=AT)
    assert "1 kept as staff left them\n  kept as staff left it: response a-letter (withdrawn)" in said(file)


def test_a_refused_file_ends_the_command_with_all_that_is_wrong(tmp_path: Path) -> None:
    content = document()
    content["bodies"][0]["kind"] = "army"
    content["reports"][0]["dated_on"] = "June"
    good, bad = written(tmp_path, document(), "good.json"), written(tmp_path, content, "bad.json")
    with pytest.raises(CommandError) as refused:
        call_command("load_register", str(good), str(bad))
    assert refused.value.returncode == 1
    assert "bad.json: bodies[0].kind: 'army' is not known; use one of" in str(refused.value)
    assert "bad.json: reports[0].dated_on: not a date: 'June'" in str(refused.value)
    assert not Event.objects.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("seconds", "drawn"), [(1.0, False), (3.0, True)])
def test_who_waits_at_a_terminal_sees_a_bar(
    seconds: float, drawn: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.chain([100.0], itertools.repeat(100.0 + seconds))
    monkeypatch.setattr("tracker.management.commands.load_register.time.monotonic", lambda: next(clock))
    terminal = Terminal()
    call_command("load_register", str(written(tmp_path, document())), stdout=io.StringIO(), stderr=terminal)
    assert ("100 %" in terminal.getvalue()) is drawn


def test_a_log_gets_no_bar(tmp_path: Path) -> None:
    log = io.StringIO()
    call_command("load_register", str(written(tmp_path, document())), stdout=io.StringIO(), stderr=log)
    assert log.getvalue() == ""


def test_the_ledger_holds_after_loading_and_loading_again(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["reports"][0]["title"] = "A better title"
    loaded(tmp_path, content)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("check_ledger", stdout=io.StringIO())


def said(*files: Path) -> str:
    out = io.StringIO()
    call_command("load_register", *map(str, files), stdout=out)
    return out.getvalue()


def edit(fact: Fact, **values: object) -> None:
    correct(fact=fact, values=values, reason="Staff know better", by=STAFF, at=AT)


def test_a_file_cannot_make_a_draft_of_what_is_public(tmp_path: Path) -> None:
    content = document()
    loaded(tmp_path, content)
    content["reports"][0]["verification"] = "unverified"
    with pytest.raises(Refused) as refused:
        loaded(tmp_path, content)
    [problem] = refused.value.problems
    assert problem.path == "reports[0]"
    assert "before publishing" in problem.fix
    assert Report.objects.public().exists()
