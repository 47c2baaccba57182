"""The front page: every public report with its sentence, and nothing of a draft."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_addressee, make_answer, make_body, make_recommendation, make_report

pytestmark = pytest.mark.django_db


def test_each_report_has_its_sentence_and_its_bar(client: Client) -> None:
    report = make_report("Stop <b>now</b>")
    asked = make_recommendation(report=report)
    answered, silent = (make_addressee(recommendation=asked, body=make_body(name)) for name in ("One", "Two"))
    make_answer(answered)
    page = client.get("/").content.decode()
    assert "Stop &lt;b&gt;now&lt;/b&gt;" in page
    assert "Of two asks put to bodies, one has an answer of the body&#x27;s own that was read" in page
    assert 'aria-label="1 own answer on record, read; 1 no answer found"' in page
    assert silent.body.name not in page


def test_a_draft_is_not_shown(client: Client) -> None:
    make_addressee(recommendation=make_recommendation(report=make_report("A secret draft", published=False)))
    page = client.get("/").content.decode()
    assert "A secret draft" not in page
    assert "No report is on record yet." in page


def test_the_page_costs_the_same_for_any_number_of_reports(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_addressee(
            recommendation=make_recommendation(report=make_report(f"Report {number}")),
            body=make_body(f"Body {number}"),
        )
    # the head, reports with sources, publishers, asks, two for the tallies, bodies; regimes, reports have no ends here
    with django_assert_num_queries(9):
        client.get("/")


def test_nothing_is_inline_and_it_is_read_only(client: Client) -> None:
    answer = client.get("/")
    page = answer.content.decode()
    assert "style=" not in page
    assert "<script" not in page
    assert "Content-Security-Policy" in answer.headers
    assert client.post("/").status_code == 405
