"""One report, one form: pasted, looked over, saved in one transaction."""

import time
from typing import Any

import pytest
from django.test import Client

from tests.admin.pages import fields_in, kinds
from tests.factories import make_body, make_group, make_recommendation, make_regime, make_user
from tracker.models import Addressee, Event, Link, Recommendation, Report, Source

pytestmark = pytest.mark.django_db

NEW = "/admin/tracker/report/new/"
TWELVE = "We recommend that:\n\n" + "\n".join(
    f"{n}. Chief constables should do thing number {n} within six months." for n in range(1, 13)
)


@pytest.fixture
def forces(db: None) -> list[Any]:
    bodies = [make_body(f"Force {n:02}", kind="police_force") for n in range(1, 4)]
    make_group("Chief constables", bodies=bodies, members_called="forces")
    make_body("Home Office")
    make_body("The inspectorate", kind="inspectorate")
    return bodies


def told(**changed: Any) -> dict[str, Any]:
    return {
        "source_title": "The report on its page",
        "source_kind": "page",
        "source_url": "https://example.org/report",
        "title": "Safe to share?",
        "kind": "inspection_report",
        "publishers": ["the-inspectorate"],
        "dated_on": "2025-12-17",
        "verification": "read",
        "text": TWELVE,
        "groups": ["chief-constables"],
        "bodies": ["home-office"],
        **changed,
    }


def look(desk: Client, **changed: Any) -> Any:
    """Send the form for a preview; the page."""
    response = desk.post(NEW, told(save="preview", **changed))
    assert response.status_code == 200
    return response


def save(desk: Client, page: Any, **changed: Any) -> Any:
    """Send the preview back, with some of it changed."""
    return desk.post(NEW, {**fields_in(page.content.decode()), "save": "publish", **changed})


def test_the_preview_splits_and_counts_and_saves_nothing(desk: Client, forces: list[Any]) -> None:
    before = Event.objects.count()
    page = look(desk)
    html = page.content.decode()
    assert "12 asks, 48 addressees" in html and "We recommend that:" in html
    assert "has 3 members on the day of the report" in html
    assert fields_in(html)["ask-0-act_by"] == ["2026-06-17"]
    assert Event.objects.count() == before and not Report.objects.exists()


def test_one_page_makes_twelve_asks_to_all_and_tells_each_line(desk: Client, forces: list[Any]) -> None:
    response = save(desk, look(desk), confirm_act="on")
    report = Report.objects.get()
    assert response.headers["Location"] == f"/admin/tracker/report/{report.pk}/entered/"
    assert Recommendation.objects.public().count() == 12
    assert Addressee.objects.public().count() == 48
    first = Recommendation.objects.get(number="1")
    assert first.ref == "safe-to-share/1" and str(first.act_by) == "2026-06-17"
    assert kinds(first)[-1] == ("recommendation.published", True)
    entered = desk.get(response.headers["Location"])
    assert "What was entered" in entered.content.decode() and len(entered.context["lines"]) >= 48


def test_a_draft_shows_the_public_nothing(desk: Client, forces: list[Any]) -> None:
    save(desk, look(desk), save="draft")
    assert (
        Report.objects.get().is_draft
        and not Event.objects.filter(subject_type="addressee", is_public=True).exists()
    )


def test_each_ask_may_be_put_to_some_only(desk: Client, forces: list[Any]) -> None:
    page = look(desk, text="1. Stop.\n2. Review the law.")
    save(desk, page, **{"ask-0-to": ["group:chief-constables"], "ask-1-to": ["body:home-office"]})
    put = {ask.number: ask.addressees.count() for ask in Recommendation.objects.all()}
    assert put == {"1": 3, "2": 1}


def test_limbs_carry_the_addressees(desk: Client, forces: list[Any]) -> None:
    page = look(desk, text="1. They should:\n(a) stop it;\n(b) say so.")
    assert "3 asks, 8 addressees" in page.content.decode()
    save(desk, page)
    whole = Recommendation.objects.get(limb="")
    assert whole.addressees.count() == 0
    assert {(limb.ref, limb.addressees.count()) for limb in whole.limbs.all()} == {
        ("safe-to-share/1-a", 4),
        ("safe-to-share/1-b", 4),
    }


def test_the_rule_suggests_the_time_to_answer_and_a_person_confirms_it(
    desk: Client, forces: list[Any]
) -> None:
    regime = make_regime(automatic=False)
    page = look(desk, regime=regime.ref)
    assert "10 February 2026" in page.content.decode()
    save(desk, page)
    assert not Addressee.objects.exclude(answer_due_on=None).exists(), "nobody confirmed it"
    page = look(desk, regime=regime.ref, title="Another", source_title="Another page")
    save(desk, page, confirm_answer="on")
    assert Addressee.objects.filter(answer_due_on="2026-02-10").count() == 48


def test_an_unconfirmed_time_to_act_keeps_its_words_only(desk: Client, forces: list[Any]) -> None:
    save(desk, look(desk))
    first = Recommendation.objects.get(number="1")
    assert first.act_by is None and first.act_by_text == "within six months"


def test_an_older_ask_is_offered_and_linked_as_a_repeat(desk: Client, forces: list[Any]) -> None:
    older = make_recommendation("Stop sharing victims' data with immigration enforcement", number="7")
    page = look(desk, text="1. Stop sharing victims' data with immigration enforcement now.")
    assert older.ref in page.content.decode()
    save(desk, page, **{"ask-0-repeats": older.ref, "ask-0-relation": "same"})
    [link] = Link.objects.all()
    assert (link.other, link.kind, link.relation) == (older, "repeats", "same")
    assert Link.objects.public().exists()


def test_nothing_is_half_written_when_the_actions_refuse(desk: Client, forces: list[Any]) -> None:
    page = look(desk, text="1. Stop.\n2. Go.")
    before = Event.objects.count()
    response = save(desk, page, **{"ask-1-number": "1"})
    assert "Two asks have the number 1" in response.content.decode()
    assert (
        Event.objects.count() == before and not Source.objects.filter(title="The report on its page").exists()
    )
    assert fields_in(response.content.decode())["ask-1-number"] == ["1"], "what was typed is kept"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source_title": ""}, "nothing is recorded without one"),
        ({"groups": [], "bodies": []}, "somebody is asked"),
        ({"dated_on": "soon"}, "Nothing was saved"),
        ({"text": ""}, "This field is required"),
        ({"text": "\n".join(f"{n}. Ask" for n in range(1, 202))}, "that is an import"),
        ({"publishers": []}, "This field is required"),
        ({"groups": ["no-such-group"]}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(
    desk: Client, forces: list[Any], changed: dict[str, Any], said: str
) -> None:
    html = look(desk, **changed).content.decode()
    assert said in html and "Save and publish" not in html
    assert not Report.objects.exists()


def test_saving_is_only_after_looking(desk: Client, forces: list[Any]) -> None:
    response = desk.post(NEW, told(save="publish"))
    assert response.status_code == 200 and "Look it over" in response.content.decode()
    assert not Report.objects.exists()


def test_who_may_not_enter_reports_is_refused(forces: list[Any]) -> None:
    client = Client()
    client.force_login(make_user("viewer"))
    assert client.get(NEW).status_code == 403


def test_twelve_asks_to_forty_four_bodies_take_seconds(desk: Client) -> None:
    forces = [make_body(f"Force {n:02}", kind="police_force") for n in range(1, 44)]
    make_group("Chief constables", bodies=forces, members_called="forces")
    make_body("Home Office")
    make_body("The inspectorate", kind="inspectorate")
    page = look(desk)
    began = time.process_time()  # of this process, not of a machine that does more than this
    save(desk, page, confirm_act="on")
    took = time.process_time() - began
    assert Addressee.objects.public().count() == 528
    assert took < 10, took
