"""The filters of addressees that look at families, at who answered, at delivery, and at what is new."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.conftest import AT, DRAFT, Register, seal
from tests.factories import (
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_body,
    make_check,
    make_group,
    make_recommendation,
    make_report,
    make_source,
)
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.actions.responses import add_answers
from tracker.models import Addressee, Answer, Body
from tracker.vocabulary import View

pytestmark = pytest.mark.django_db


def asked(client: Client, **given: Any) -> list[str]:
    answer = client.get("/api/v1/addressees/", {"page_size": "200", **given})
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in orjson.loads(answer.content)["results"]]


def refused(client: Client, **given: Any) -> list[str]:
    answer = client.get("/api/v1/addressees/", given)
    assert answer.status_code == 400, given
    return [each["parameter"] for each in orjson.loads(answer.content)["errors"]]


@pytest.fixture
def bodies(db: None) -> dict[str, Body]:
    """A ministry with an office, a unit in it and a sister; the office succeeded one and was succeeded by another.

    A council speaks for the old office and another. Each was asked the same.
    """
    make_source()
    made = {"ministry": make_body("Ministry")}
    made["sister"] = make_body("Sister", parent=made["ministry"])
    made["new"] = make_body("New office")
    ended: dict[str, Any] = {"ended_on": date(2026, 1, 1)}
    made["office"] = make_body("Office", parent=made["ministry"], successor=made["new"], **ended)
    made["old"] = make_body("Old office", successor=made["office"], **ended)
    made["unit"] = make_body("Unit", parent=made["office"])
    made["other"] = make_body("Other")
    group = make_group("Offices", bodies=[made["office"], made["other"]], from_on=date(2025, 8, 1))
    made["council"] = make_body("Council", speaks_for=group)
    ask = make_recommendation(report=make_report())
    for body in made.values():
        make_addressee(recommendation=ask, body=body)
    seal()
    return made


def family(client: Client, body: str, **given: Any) -> set[str]:
    return {each.rpartition("/")[2] for each in asked(client, body=body, family="1", **given)}


def test_a_family_is_a_line_and_those_who_speak(client: Client, bodies: dict[str, Body]) -> None:
    assert family(client, "office") == {"office", "ministry", "unit", "old-office", "new-office", "council"}
    assert family(client, "unit") == {"unit", "office", "ministry"}
    assert family(client, "ministry") == {"ministry", "sister", "office", "unit"}
    assert family(client, "new-office") == {"new-office", "office", "old-office"}
    assert family(client, "council") == {"council", "office", "other"}
    assert family(client, "other") == {"other", "council"}
    assert family(client, "other", as_of="2025-07-31") == {"other"}
    assert family(client, "council", as_of="2025-07-31") == {"council"}
    assert family(client, "never-heard-of") == set()
    assert asked(client, body="office") == ["a-report/1/office"]


def test_a_body_that_is_not_public_parts_a_family(client: Client, bodies: dict[str, Body]) -> None:
    hidden = make_body(f"{DRAFT} between", parent=bodies["ministry"], published=False)
    lost = make_body("Lost", parent=hidden)
    make_addressee(recommendation=Addressee.objects.all()[0].recommendation, body=lost)
    seal()
    assert family(client, "lost") == {"lost"}
    assert "lost" not in family(client, "ministry")
    assert family(client, hidden.ref) == set()
    publish(facts=[hidden], by=STAFF, at=AT)
    seal()
    assert "lost" in family(client, "ministry")


def test_two_bodies_that_point_at_each_other_end(client: Client, bodies: dict[str, Body]) -> None:
    correct(fact=bodies["ministry"], values={"parent": bodies["unit"]}, reason="A ring.", by=STAFF, at=AT)
    assert family(client, "unit") >= {"unit", "office", "ministry"}


def test_answered_by_looks_at_the_answer_shown(client: Client, register: Register) -> None:
    assert asked(client, answered_by="force-a") == ["safe/1/force-a"]
    assert asked(client, answered_by="national-council") == ["safe/1/force-b"]
    assert asked(client, answered_by="national-council", as_of="2025-07-19") == []
    assert asked(client, answered_by="national-council", position="accepted") == []
    second = register.addressees[1]
    make_answer(second, answered="2025-07-05", author=second.body, joint_authors=[register.department])
    seal()
    assert asked(client, answered_by="national-council") == []
    assert asked(client, answered_by="force-b") == ["safe/1/force-b"]
    assert "safe/1/force-b" in asked(client, answered_by="home-office")


def test_implementation_is_the_latest_of_a_view(client: Client, register: Register) -> None:
    one, two, *_ = register.addressees
    make_assessment(one, view=View.INDEPENDENT, implementation="stalled", assessed="2025-10-01")
    make_assessment(two, view=View.CLAIMED, implementation="implemented", assessed="2025-08-01")
    make_assessment(two, view=View.CLAIMED, implementation="in_progress", assessed="2025-11-01")
    make_assessment(two, view=View.AFFECTED, implementation="not_started", published=False)
    seal()
    first, second = "safe/1/force-a", "safe/1/force-b"
    for given, found in (
        ({"implementation": "implemented"}, [first]),
        ({"implementation": "implemented", "view": "claimed"}, [first]),
        ({"implementation": "implemented", "view": "independent"}, []),
        ({"implementation": "stalled", "view": "independent,verdict"}, [first]),
        ({"implementation": "stalled,in_progress"}, [first, second]),
        ({"implementation": "implemented", "as_of": "2025-10-31"}, [first, second]),
        ({"implementation": "implemented", "as_of": "2025-08-01"}, [second]),
        ({"implementation": "not_started"}, []),
        ({"implementation": "implemented", "status": "accepted", "ordering": "-days_overdue"}, [first]),
    ):
        assert asked(client, **given) == found, given


def test_updated_since_agrees_with_updated_at(client: Client, register: Register) -> None:
    later = AT + timedelta(days=10)
    one, two, three, *_ = register.addressees
    make_check(one, checked_on=date(2026, 3, 10), at=later)
    make_check(three, checked_on=date(2026, 3, 10), at=later, published=False)
    correct(fact=two, values={"note": "Rang."}, reason="For the file.", by=STAFF, at=later)
    seal()
    everything = {row.ref for row in register.addressees}
    assert asked(client, updated_since="2026-03-12") == ["safe/1/force-a"]
    assert asked(client, updated_since="2026-03-12T09:00:00Z") == ["safe/1/force-a"]
    assert asked(client, updated_since="2026-03-12T10:00:00+01:00") == ["safe/1/force-a"]
    assert asked(client, updated_since="2026-03-12T09:00:00.000001Z") == []
    assert set(asked(client, updated_since="2026-03-02T09:00Z")) == everything
    assert asked(client, updated_since="2026-03-13") == []
    shown = orjson.loads(client.get("/api/v1/addressees/").content)["results"]
    newest = datetime.fromisoformat(max(each["updated_at"] for each in shown)).astimezone(UTC)
    assert asked(client, updated_since=newest.strftime("%Y-%m-%dT%H:%M:%S.%fZ")) == ["safe/1/force-a"]


def test_a_response_read_of_a_draft_answer_updates_nothing(client: Client, register: Register) -> None:
    """A later letter is public for what it says to one; what it says to another is a draft still."""
    later = AT + timedelta(days=10)
    one, _, three, *_ = register.addressees
    response = make_answer(
        one, answered="2026-03-01", author=register.council, on_behalf_of_group=register.group, at=later
    ).response
    draft = Answer(addressee=three, position="rejected", summary="Not read twice yet.")
    add_answers(response=response, answers=[draft], by=STAFF, at=later)
    seal()
    assert asked(client, updated_since="2026-03-12") == ["safe/1/force-a"]
    shown = orjson.loads(client.get(f"/api/v1/addressees/{three.ref}/").content)
    assert datetime.fromisoformat(shown["updated_at"]) == AT
    publish(facts=[draft], by=STAFF, at=later)
    withdraw(facts=[draft], reason="Another's.", by=STAFF, at=later + timedelta(days=1))
    seal()
    assert asked(client, updated_since="2026-03-13") == ["safe/1/force-c"]


def test_what_is_wrong_is_named(client: Client, register: Register) -> None:
    for value in ("2", "true", "", "\x00"):
        assert refused(client, body="force-a", family=value) == ["family"]
    assert refused(client, family="1") == ["family"]
    assert refused(client, view="claimed") == ["view"]
    assert refused(client, implementation="done") == ["implementation"]
    assert refused(client, implementation="implemented", view="ours") == ["view"]
    assert {*refused(client, answered_by="\x00")} == {"answered_by"}
    for value in (
        "yesterday",
        "2026-03-12T09:00:00",
        "2026-03-12T25:00:00Z",
        "2026-03-12T09:00:00+99:00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-02-30",
        "",
        "9" * 400,
    ):
        assert refused(client, updated_since=value) == ["updated_since"], value


def test_no_filter_tells_of_a_draft(client: Client, register: Register, drafts: Callable[[], None]) -> None:
    drafts()
    for given in ({"implementation": "stalled"}, {"body": "body-with-hidden-ends", "family": "1"}):
        assert all(DRAFT not in each for each in asked(client, **given))
    assert asked(client, implementation="stalled") == []
