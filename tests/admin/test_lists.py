"""The lists of the desk, its first page, the names it offers: what they find, and at what cost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.admin.conftest import NOW
from tests.admin.pages import page
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
    make_regime,
    make_report,
    make_source,
)
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.admin.facts import FactAdmin
from tracker.admin.site import site
from tracker.ledger import CLOCK
from tracker.models import Addressee, Event, Fact

pytestmark = pytest.mark.django_db

STATUSES = 13  # the public ones among the page, and queries/addressees.describe


def some_of_everything() -> Addressee:
    """Two or more rows in most of the lists."""
    recommendation = make_recommendation(report=make_report(regime=make_regime()))
    group = make_group(bodies=[make_body(f"Force {n}") for n in range(3)])
    rows = address(recommendations=[recommendation], groups=[group], by=STAFF, at=AT)
    publish(facts=rows, by=STAFF, at=AT)
    for row in Addressee.objects.all()[:2]:
        make_answer(row)
        make_assessment(row)
        make_extension(row, until=date(2026, 5, 1))
        make_check(row, checked_on=date(2026, 1, 5))
    last = Addressee.objects.last()
    assert last is not None
    return last


def titles(response: Any) -> list[str]:
    return [str(row) for row in response.context["cl"].result_list]


# The session, the user, how many rows there are, the rows of the page; and what a list adds to that.
COSTS = {
    "addressee": 5 + STATUSES,
    "key": 5 + 1,  # the partners it filters by
    "proposal": 5 + 1,  # likewise
}


def test_each_list_costs_a_fixed_number_of_queries(desk: Client, django_assert_num_queries: Any) -> None:
    some_of_everything()
    nouns = [model._meta.model_name for model in site._registry if model._meta.app_label == "tracker"]
    assert len(nouns) == 35
    for noun in nouns:
        with django_assert_num_queries(COSTS.get(noun or "", 5), info=noun):
            assert desk.get(f"/admin/tracker/{noun}/").status_code == 200


def test_the_first_page_costs_one_query_for_each_queue_and_one_for_all_drafts(
    desk: Client, django_assert_num_queries: Any
) -> None:
    some_of_everything()
    # The session, the user, their second factor; drafts that wait for another person, six queues of addressees,
    # silences, four of challenges and reviews, asks, proposals, messages, endpoints, sources; the drafts; what this
    # person looks after; two charts.
    with django_assert_num_queries(24):
        assert desk.get("/admin/").status_code == 200


def test_every_fact_is_in_the_desk_and_none_can_be_deleted() -> None:
    nouns = {model for model in site._registry if issubclass(model, Fact)}
    assert nouns == set(Fact.__subclasses__()[0].__subclasses__()) | {
        model for model in Fact.__subclasses__() if not model._meta.abstract
    }
    assert all(isinstance(site._registry[model], FactAdmin) for model in nouns)


def test_the_state_of_a_fact_is_a_filter(desk: Client) -> None:
    make_source("Seen")
    make_source("Draft", published=False)
    for state, found in (("draft", ["Draft"]), ("published", ["Seen"]), ("public", ["Seen"]), ("hidden", [])):
        assert titles(desk.get("/admin/tracker/source/", {"state": state})) == found
    assert titles(desk.get("/admin/tracker/source/", {"state": "nonsense"})) == []


def test_what_a_draft_above_hides_is_found(desk: Client) -> None:
    report = make_report(published=False)
    make_recommendation("Hidden", report=report)
    assert "Hidden" in titles(desk.get("/admin/tracker/recommendation/", {"state": "hidden"}))[0]
    shown = desk.get(page(report.recommendations.get())).content.decode()
    assert "not seen by the public yet" in shown


def test_a_list_is_searched_and_filtered_by_names(desk: Client) -> None:
    row = some_of_everything()
    url = "/admin/tracker/addressee/"
    assert len(titles(desk.get(url, {"q": "force-1"}))) == 1
    assert titles(desk.get(url, {"body": row.body.ref})) == [str(row)]
    assert len(titles(desk.get(url, {"report": row.recommendation.report.ref, "group": "forces"}))) == 3
    assert titles(desk.get(url, {"body": "no-such-body"})) == []


def test_a_missed_deadline_waits_until_somebody_has_looked(desk: Client) -> None:
    row = make_addressee()
    record_missed_deadlines(on=NOW.date(), by=CLOCK, at=NOW)

    def waiting() -> int:
        return {q["url"].rpartition("=")[2]: q["count"] for q in desk.get("/admin/").context["queues"]}[
            "missed"
        ]

    assert waiting() == 1
    assert titles(desk.get("/admin/tracker/addressee/", {"queue": "missed"})) == [str(row)]
    make_check(row, checked_on=NOW.date(), at=NOW)
    assert waiting() == 0 and titles(desk.get("/admin/tracker/addressee/", {"queue": "missed"})) == []


def test_the_first_page_counts_what_waits(desk: Client) -> None:
    make_addressee(
        recommendation=make_recommendation(report=make_report(regime=make_regime(automatic=False)))
    )
    make_source("Draft", published=False)
    shown = desk.get("/admin/")
    queues = {queue["title"]: queue["count"] for queue in shown.context["queues"]}
    assert queues["Time to answer not confirmed"] == 1
    assert shown.context["drafts"] == [
        {"count": "1", "title": "source", "url": "/admin/tracker/source/?state=draft"}
    ]


def test_names_are_offered_with_the_public_name_that_a_form_takes(desk: Client) -> None:
    make_body()
    found = desk.get(
        "/admin/autocomplete/",
        {"app_label": "tracker", "model_name": "response", "field_name": "author", "term": "home"},
    ).json()
    assert found["results"] == [{"ref": "home-office", "text": "Home Office"}]


@pytest.mark.parametrize(
    ("noun", "field"),
    [
        ("recommendation", "report"),
        ("addressee", "recommendation"),
        ("answer", "response"),
        ("answer", "addressee"),
    ],
)
def test_names_are_offered_in_their_order(desk: Client, noun: str, field: str) -> None:
    some_of_everything()
    asked = {"app_label": "tracker", "model_name": noun, "field_name": field, "term": "a"}
    assert desk.get("/admin/autocomplete/", asked).json()["results"]


def test_the_list_of_addressees_tells_each_its_status(desk: Client) -> None:
    row = some_of_everything()
    make_addressee(recommendation=row.recommendation, body=make_body("Draft body"), published=False)
    shown = desk.get("/admin/tracker/addressee/").context["cl"].result_list
    words = {each.body.name: each.status_today for each in shown}
    assert words["Force 0"] == "Accepted" and words["Force 2"].startswith("No response on record, ")
    assert words["Draft body"] == "Not shown to the public"


def test_the_ledger_is_read_line_by_line_and_never_written(desk: Client) -> None:
    make_report()
    event = Event.objects.filter(kind="report.published", is_public=True).get()
    shown = desk.get(page(event)).content.decode()
    assert "A report" in shown and "report: published" in shown
    assert desk.post(page(event), {"kind": "x"}).status_code == 403
    assert desk.get("/admin/tracker/event/add/").status_code == 403
