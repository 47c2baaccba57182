"""The first page: how much waits and for how long, small charts, one box that finds; and what pages tell besides."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.admin.pages import act, do, page
from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_body,
    make_recommendation,
    make_report,
    make_source,
)
from tracker.actions.bodies import end_bodies
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.ledger import CLOCK
from tracker.models import Addressee, Link, ReportOwner
from tracker.queries import desk as queues
from tracker.queries.days import register_day
from tracker.queries.desk import DEEPEST, Depth, depth
from tracker.queries.desk_charts import answers_by_month, open_asks, silence_by_body
from tracker.queries.similar import similar_asks
from tracker.vocabulary import Position

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture
def missed(db: None) -> Addressee:
    addressee = make_addressee()
    record_missed_deadlines(on=register_day(AT), by=CLOCK, at=AT)
    return addressee


def test_a_queue_says_how_many_and_for_how_long(desk: Client, missed: Addressee) -> None:
    queue = next(
        q for q in desk.get("/admin/").context["queues"] if q["title"].startswith("Time to answer passed")
    )
    assert (queue["words"], queue["age"]) == ("1", (TODAY - date(2025, 7, 27)).days)
    listed = desk.get(queue["url"])
    assert listed.context["cl"].result_count == 1


def test_an_answer_that_came_late_takes_it_off_the_queue(desk: Client, missed: Addressee) -> None:
    make_answer(missed, answered="2026-01-02")
    assert desk.get("/admin/").context["queues"][0]["count"] == 0


def test_nobody_counts_more_than_can_be_worked_through() -> None:
    assert Depth(DEEPEST + 1, None).words == "200+"
    assert Depth(3, TODAY + timedelta(days=1)).age(TODAY) is None
    assert depth(Addressee.objects.all(), "answer_missed_on") == Depth(0, None)


def test_drafts_are_counted_no_further_either(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "DEEPEST", 2)
    for title in ("One", "Two", "Three"):
        make_source(title, published=False)
    make_body(published=False)
    told = [(each["count"], each["title"]) for each in desk.get("/admin/").context["drafts"]]
    assert told == [("2+", "sources"), ("1", "body")]


def test_the_charts_count_the_same_as_their_tables(desk: Client, missed: Addressee) -> None:
    other = make_addressee(
        body=make_body("Other office"),
        recommendation=make_recommendation(number="2", report=missed.recommendation.report),
    )
    make_answer(other, answered="2026-02-02", position="rejected")
    months = answers_by_month(TODAY)
    assert len(months) == 12 and months[-1].month == date(2026, 3, 1)
    assert months[-2].counts == {"yes": 0, "no": 1, "open": 0}
    assert {position for position, many in months[-2].positions.items() if many} == {"rejected"}
    assert set(months[-2].positions) == set(Position.values), "each position has a column"
    assert [(row.name, row.count) for row in silence_by_body(TODAY)] == [("Home Office", 1)]
    html = desk.get("/admin/").content.decode()
    assert '<th scope="col">Not accepted</th>' in html
    assert "<rect" in html and "February 2026" in html and "style=" not in html


@pytest.mark.parametrize(
    "words", ["home-office", "Home Offise", "home off", "a-report/1", "Stop it", "A report"]
)
def test_one_box_finds_by_reference_and_by_words(desk: Client, missed: Addressee, words: str) -> None:
    results = desk.get("/admin/search/", {"q": words}).context["results"]
    assert any(found.rows for found in results), words


@pytest.mark.parametrize("words", ["", " ", "%", "x" * 5000, "'; drop", "\\", "no such thing at all"])
def test_a_search_bears_any_input(desk: Client, missed: Addressee, words: str) -> None:
    assert desk.get("/admin/search/", {"q": words}).status_code == 200


def test_what_somebody_looks_after_stands_on_their_desk(desk: Client, missed: Addressee, ada: object) -> None:
    ReportOwner.objects.create(report=missed.recommendation.report, user=ada, since=AT)
    assert "What you look after" in desk.get("/admin/").content.decode()


def test_the_page_of_a_body_has_its_asks_answers_and_scorecard(desk: Client, missed: Addressee) -> None:
    shown = desk.get(page(missed.body)).content.decode()
    assert (
        "Scorecard" in shown and "Its answers" in shown and "Addressees" in shown and "27 July 2025" in shown
    )


def test_a_merger_says_first_what_passes_to_the_successor(desk: Client, missed: Addressee) -> None:
    assert (
        "1 asks that no verdict of the register has closed"
        in desk.get(act(missed.body, "end")).content.decode()
    )


def test_a_second_merger_says_also_what_the_first_passed_on(desk: Client, missed: Addressee) -> None:
    first, last = make_body("The heir"), make_body("The heir's heir")
    end_bodies(bodies=[missed.body], successor=first, on=TODAY, reason="Merged.", by=STAFF, at=AT)
    shown = desk.get(act(first, "end")).content.decode()
    assert f"{first}: 1 asks that no verdict" in shown
    assert open_asks([missed.body.pk, first.pk], TODAY) == {first.pk: 1}
    end_bodies(bodies=[first], successor=last, on=TODAY, reason="Merged.", by=STAFF, at=AT)
    assert open_asks([missed.body.pk, first.pk, last.pk], TODAY) == {last.pk: 1}


def test_one_click_links_a_repeat(desk: Client) -> None:
    older = make_recommendation("Stop passing victims' details to immigration enforcement", number="4")
    newer = make_recommendation(
        "Stop passing victims' details on to immigration enforcement", report=make_report("A later report")
    )
    shown = desk.get(page(newer)).content.decode()
    assert "This looks like an older ask" in shown and older.ref in shown
    told = {"facts": newer.pk, "act": "repeats", "other": older.ref, "relation": "same", "save": "draft"}
    desk.post("/admin/tracker/recommendation/act/repeats/", told)
    [link] = Link.objects.all()
    assert (link.recommendation, link.other, link.relation) == (newer, older, "same")
    assert "This looks like an older ask" not in desk.get(page(newer)).content.decode()


@pytest.mark.parametrize(
    ("title", "text", "alike"),
    [
        (
            "Data sharing",
            "Forces should cease handing victims' particulars to immigration enforcement.",
            True,
        ),
        ("A firewall", "Whoever reports abuse must not have their particulars handed to enforcement.", True),
        (
            "Data sharing",
            "Forces should train call handlers in the o'clock \\ rule & | ! : * ( of 1999.",
            False,
        ),
    ],
)
def test_an_older_ask_is_found_by_its_text_under_another_title(title: str, text: str, alike: bool) -> None:
    older = make_recommendation(
        "Interim safeguards",
        text="Forces should cease handing the particulars of victims who report abuse to immigration enforcement.",
    )
    report = make_report("A later report")
    make_recommendation("A quite different matter", text="Publish the accounts.", report=report, number="8")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracker_recommendation")
    found = [each.recommendation for each in similar_asks(title, text, but=report)]
    assert found == ([older] if alike else [])


def test_a_save_says_which_line_it_wrote(desk: Client, missed: Addressee) -> None:
    body = missed.body
    response = do(desk, page(body), name="Home Department", reason="As it calls itself.")
    shown = desk.get(response.headers["Location"]).content.decode()
    assert "Written: line" in shown and "corrected" in shown


def test_asks_that_nobody_looked_at_are_found(desk: Client) -> None:
    long_ago = AT - timedelta(days=200)
    old = make_recommendation("Old", report=make_report(at=long_ago), at=long_ago)
    publish(
        facts=address(recommendations=[old], bodies=[make_body("Old office")], by=STAFF, at=long_ago),
        by=STAFF,
        at=long_ago,
    )
    listed = desk.get("/admin/tracker/recommendation/?queue=old").context["cl"]
    assert [row.title for row in listed.result_list] == ["Old"]
