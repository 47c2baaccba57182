"""The ledger: numbered and hashed at commit, refuses change, refuses a fact without a line, replays."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_body,
    make_check,
    make_extension,
    make_group,
    make_recommendation,
    make_report,
    make_silence,
    make_source,
    remove,
)
from tracker.actions.bodies import end_bodies
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.ledger.check import check_chains, check_ledger, check_replay
from tracker.models import Addressee, Body, Event, EventContent, LedgerHead, PublicSeal, Seal

pytestmark = pytest.mark.django_db


def seal() -> None:
    """What a commit does: the deferred triggers run, and the next line is the first of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('register.first_event', '', true)")


def faults() -> list[str]:
    seal()
    return [str(fault) for fault in check_ledger()]


def a_full_register() -> Addressee:
    """One of everything, some of it public, some of it a draft, some withdrawn."""
    addressee = make_addressee()
    make_group(bodies=[addressee.body], from_on=date(2020, 1, 1))
    make_silence(addressee, checked_on=date(2025, 8, 4))
    make_extension(addressee, until=date(2025, 9, 1), granted="2025-07-01")
    make_answer(addressee, answered="2025-10-01")
    make_answer(addressee, position="rejected", published=False)
    make_assessment(addressee)
    make_check(addressee, checked_on=date(2026, 1, 5), published=False)
    other = make_recommendation("Another", number="2", report=addressee.recommendation.report)
    withdraw(facts=[other], reason="Printed by mistake", by=STAFF, at=AT)
    return addressee


def test_lines_are_numbered_without_gaps_and_both_chains_verify() -> None:
    a_full_register()
    assert faults() == []
    seals = list(Seal.objects.values_list("number", flat=True))
    assert seals == list(range(1, Event.objects.count() + 1))
    public = list(PublicSeal.objects.values_list("number", flat=True))
    assert public == list(range(1, Event.objects.filter(is_public=True).count() + 1))
    head = LedgerHead.objects.get()
    assert (head.number, head.public_number) == (len(seals), len(public))


def test_the_public_chain_tells_nothing_of_a_draft() -> None:
    addressee = make_addressee()
    seal()
    before = LedgerHead.objects.get()
    make_answer(addressee, published=False)
    seal()
    after = LedgerHead.objects.get()
    assert after.number > before.number
    assert (after.public_number, bytes(after.public_hash)) == (
        before.public_number,
        bytes(before.public_hash),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(kind="body.ended"),
        lambda: Event.objects.all().delete(),
        lambda: EventContent.objects.update(staff=b"{}"),
        lambda: Seal.objects.update(number=F("number") + 1000),
        lambda: PublicSeal.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE tracker_event CASCADE"),
        lambda: Body.objects.all().delete(),
        lambda: Body.objects.update(ref="another-name"),
    ],
    ids=["line", "no line", "content", "seal", "public seal", "truncate", "fact deleted", "fact renamed"],
)
def test_the_ledger_and_the_names_of_facts_refuse_change(change: Callable[[], object]) -> None:
    make_body()
    seal()
    with pytest.raises(Exception, match=r"refuses|Cannot (update|delete)|referenced through a protected"):
        with transaction.atomic():
            change()


def test_a_fact_changed_without_a_line_is_refused_at_commit() -> None:
    body = make_body()
    seal()
    with pytest.raises(IntegrityError, match="changed with no line"), transaction.atomic():
        Body.objects.filter(pk=body.pk).update(name="Another name")
        seal()
    report = make_report()
    seal()
    with pytest.raises(IntegrityError, match="changed with no line"), transaction.atomic():
        report.publisher_rows.all().delete()
        seal()


def test_a_line_about_another_fact_does_not_cover_the_change() -> None:
    one, other = make_body("One"), make_body("Other")
    seal()
    with pytest.raises(IntegrityError, match="changed with no line"), transaction.atomic():
        correct(fact=one, values={"name": "First"}, reason="Typing error", by=STAFF, at=AT)
        Body.objects.filter(pk=other.pk).update(name="Second")
        seal()


def test_an_old_line_whose_transaction_id_came_round_again_does_not_cover_a_change() -> None:
    """After a restore, transaction ids start anew: a line of an earlier life must not pass for today's."""
    body = make_body()
    seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE tracker_event SET xact = pg_current_xact_id()")
        cursor.execute("ALTER TABLE tracker_event ENABLE TRIGGER USER")
    with pytest.raises(IntegrityError, match="changed with no line"), transaction.atomic():
        Body.objects.filter(pk=body.pk).update(name="Another name")
        seal()


FOURTH = "(SELECT event_id FROM tracker_seal WHERE number = 4)"
TAMPERINGS = {
    "a line": "UPDATE tracker_event SET occurred_on = '1999-01-01' WHERE id = " + FOURTH,
    "what it tells staff": "UPDATE tracker_eventcontent SET staff = '{}' WHERE event_id = " + FOURTH,
    "what it tells the public": (
        "UPDATE tracker_eventcontent SET public = '{}' WHERE event_id ="
        " (SELECT event_id FROM tracker_publicseal WHERE number = 2)"
    ),
    "content gone": "DELETE FROM tracker_eventcontent WHERE event_id = " + FOURTH,
    "content of no line": (
        "INSERT INTO tracker_eventcontent (event_id, staff_salt, staff) VALUES (999999999, 'a', 'b')"
    ),
    "a seal gone": "DELETE FROM tracker_seal WHERE number = 4",
    "the last seal gone": "DELETE FROM tracker_seal WHERE number = (SELECT max(number) FROM tracker_seal)",
    "a hash": "UPDATE tracker_seal SET hash = sha256('x') WHERE number = 4",
    "a public leaf": "UPDATE tracker_publicseal SET leaf = sha256('x') WHERE number = 2",
    "a public seal gone": "DELETE FROM tracker_publicseal WHERE number = 2",
    "the head": "UPDATE tracker_ledgerhead SET number = number + 1",
    "a row": "UPDATE tracker_body SET name = 'Rewritten' WHERE id = (SELECT min(id) FROM tracker_body)",
    "a row gone": "DELETE FROM tracker_answer WHERE id = (SELECT max(id) FROM tracker_answer)",
    "a name": "UPDATE tracker_answer SET ref = 'elsewhere' WHERE id = (SELECT max(id) FROM tracker_answer)",
    "a set": "DELETE FROM tracker_publisher",
    "a link": "UPDATE tracker_addressee SET duty_holder_id = (SELECT min(id) FROM tracker_body)",
    "a private field": "UPDATE tracker_addressee SET answer_missed_on = '2020-01-01'",
}


@pytest.mark.parametrize("sql", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_every_tampering_is_found(sql: str, capsys: pytest.CaptureFixture[str]) -> None:
    a_full_register()
    assert faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_ledger")
    assert stopped.value.code == 1
    assert "does not hold" in capsys.readouterr().err


def test_the_command_says_how_many_lines_hold(capsys: pytest.CaptureFixture[str]) -> None:
    a_full_register()
    seal()
    call_command("check_ledger")
    assert f"{Event.objects.count()} lines" in capsys.readouterr().out


def test_content_can_be_erased_with_a_line_and_the_chain_still_verifies() -> None:
    body = make_body("A name that must go")
    seal()
    remove(body)
    assert faults() == []
    stored = b"".join(bytes(c.staff) + bytes(c.public or b"") for c in EventContent.objects.all())
    assert b"A name that must go" not in stored


def test_content_erased_without_a_line_is_refused() -> None:
    make_body()
    seal()
    with pytest.raises(IntegrityError, match="no line that says so"), transaction.atomic():
        EventContent.objects.filter(event=Event.objects.first()).delete()
        seal()


def test_ending_a_body_replays_too() -> None:
    addressee = make_addressee()
    successor = make_body("A new department")
    end_bodies(
        bodies=[addressee.body],
        on=date(2026, 1, 1),
        successor=successor,
        reason="Merged by an Act",
        by=STAFF,
        at=AT,
    )
    addressee.refresh_from_db()
    assert addressee.duty_holder == successor
    assert addressee.body.ref == "home-office"
    assert faults() == []


def test_a_typing_error_in_a_title_is_an_event() -> None:
    report = make_report("Safe to shaer?")
    correct(fact=report, values={"title": "Safe to share?"}, reason="Typing error", by=STAFF, at=AT)
    seal()
    line = Event.objects.latest("pk")
    assert (line.kind, line.is_public) == ("report.corrected", True)
    assert b'"after":{"title":"Safe to share?"}' in bytes(line.content.public)
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_leave_no_gap() -> None:
    source = make_source()

    def write(n: int) -> None:
        try:
            for k in range(5):
                make_body(f"Body {n} {k}", source=source)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Body.objects.public().count() == 40
    assert [str(fault) for fault in check_chains()] == []
    assert [str(fault) for fault in check_replay()] == []


def test_publishing_reveals_what_waited_below_and_withdrawing_leaves_tombstones() -> None:
    report = make_report(published=False)
    recommendation = make_recommendation(report=report)
    addressee = make_addressee(recommendation=recommendation)
    assert not Addressee.objects.public().exists()
    assert not Event.objects.filter(is_public=True, subject_type__in=["report", "addressee"]).exists()
    publish(facts=[report], by=STAFF, at=AT)
    seal()
    kinds = [line.event.kind for line in PublicSeal.objects.order_by("number").select_related("event")]
    assert kinds[-3:] == ["report.published", "recommendation.published", "addressee.published"]
    withdraw(facts=[report], reason="Sent to us by mistake", by=STAFF, at=AT)
    seal()
    kinds = [line.event.kind for line in PublicSeal.objects.order_by("number").select_related("event")]
    assert kinds[-3:] == ["addressee.withdrawn", "recommendation.withdrawn", "report.withdrawn"]
    assert not Addressee.objects.public().filter(pk=addressee.pk).exists()
    assert faults() == []


def test_a_public_line_never_names_a_draft() -> None:
    draft = make_report("A secret draft", published=False)
    report = make_report("A report", arises_from=draft)
    seal()
    public = b"".join(bytes(c.public) for c in EventContent.objects.exclude(public=None))
    assert b"a-secret-draft" not in public
    publish(facts=[draft], by=STAFF, at=AT)
    seal()
    line = Event.objects.filter(subject_id=report.pk, subject_type="report").latest("pk")
    assert (line.kind, line.is_public) == ("report.linked", True)
    assert b'"arises_from":"a-secret-draft"' in bytes(line.content.public)
    withdraw(facts=[draft], reason="Not ours to show", by=STAFF, at=AT)
    seal()
    line = Event.objects.filter(subject_id=report.pk, subject_type="report").latest("pk")
    assert b'"arises_from":null' in bytes(line.content.public)
    assert faults() == []
