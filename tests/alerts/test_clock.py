"""The tasks, their schedule, and the command that does by hand what the clock does."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command

from tests.alerts.world import AT, make_asked, make_letter, seal
from tracker import tasks
from tracker.models import Event, Message, TaskRun

TODAY = time_machine.travel(AT, tick=False)


def test_every_entry_of_the_schedule_is_a_task_and_leaves_no_pile() -> None:
    current_app.loader.import_default_modules()
    schedule: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    for name, entry in schedule.items():
        assert entry["task"] in current_app.tasks, name
        assert entry["options"]["expires"] <= entry["schedule"], name
    named = {entry["task"] for entry in schedule.values()}
    ours = {name for name in current_app.tasks if name.startswith("tracker.")}
    assert ours == named, "a task that nothing asks for"


@pytest.mark.django_db
@TODAY
def test_the_tasks_do_the_whole_way_from_a_passed_deadline_to_a_mail() -> None:
    make_asked()
    tasks.record_missed_deadlines()
    seal()
    tasks.make_notices()
    tasks.send_due_messages()
    [sent] = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.extra_headers["Message-ID"] == Message.objects.get().message_id
    assert TaskRun.objects.get(name="record_missed_deadlines").finished_at == AT


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("record_missed_deadlines", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@TODAY
def test_the_command_says_how_many_were_new() -> None:
    make_asked(3)
    assert run() == "Looking for deadlines that had passed on 2 March 2026 …\nRecorded 3 missed deadlines.\n"
    assert run("--verbosity=0") == "Nothing new: all of them were on record.\n"


@pytest.mark.django_db
@TODAY
def test_the_command_takes_a_day() -> None:
    make_asked()
    assert "Nothing new" in run("--on=2026-03-01")
    assert not TaskRun.objects.exists(), "a look at another day does not say that the clock goes"
    assert "Recorded 1 missed deadline.\n" in run("--on", "2026-03-02")
    assert Event.objects.filter(kind="deadline.missed").get().recorded_at == AT


@pytest.mark.django_db
@TODAY
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-03", "has not come yet"),
        ("2026-03", "name a day"),
        ("yesterday", "not a date"),
        ("2026-02-30", "not a date"),
        ("0000-01-01", "not a date"),
        ("99999999999-1-1", "not a date"),
        ("", "not a date"),
        ("2026-03-\x00", "not a date"),
        ("2026-0\u0663-01", "not a date"),
    ],
)
def test_the_command_refuses_what_is_no_day_that_has_come(day: str, words: str) -> None:
    make_asked()
    with pytest.raises(CommandError, match=words):
        run(f"--on={day}")
    assert not Event.objects.filter(kind="deadline.missed").exists()


@pytest.mark.django_db
def test_a_sweep_after_three_missed_days_records_each_day_once() -> None:
    make_asked()
    make_letter(make_asked(title="Answered"), answered="2026-02-20")
    with time_machine.travel(AT + timedelta(days=3)):
        assert "Recorded 1 missed" in run()
        assert "Nothing new" in run()
    assert str(Event.objects.get(kind="deadline.missed").occurred_on) == "2026-03-02"
