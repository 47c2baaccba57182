"""The front page: every public report with its sentence, and nothing of a draft."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_addressee, make_answer, make_body, make_recommendation, make_report

pytestmark = pytest.mark.django_db


def test_each_report_has_its_sentence_and_its_bar(client: Client) -> None:
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herereport = make_report("Stop <b>now</b>")
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereasked = make_recommendation(report=report)
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereanswered, silent = (make_addressee(recommendation=asked, body=make_body(name)) for name in ("One", "Two"))
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends heremake_answer(answered)
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herepage = client.get("/").content.decode()
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "Stop &lt;b&gt;now&lt;/b&gt;" in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "Of two asks put to bodies, one has an answer of the body&#x27;s own that was read" in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert 'aria-label="1 own answer on record, read; 1 no answer found"' in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert silent.body.name not in page


def test_a_draft_is_not_shown(client: Client) -> None:
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends heremake_addressee(recommendation=make_recommendation(report=make_report("A secret draft", published=False)))
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herepage = client.get("/").content.decode()
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "A secret draft" not in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "No report is on record yet." in page


def test_the_page_costs_the_same_for_any_number_of_reports(
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereclient: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herefor number in range(3):
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here    make_addressee(
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here        recommendation=make_recommendation(report=make_report(f"Report {number}")),
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here        body=make_body(f"Body {number}"),
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here    )
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here# reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herewith django_assert_num_queries(7):
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends here    client.get("/")


def test_nothing_is_inline_and_it_is_read_only(client: Client) -> None:
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereanswer = client.get("/")
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends herepage = answer.content.decode()
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "style=" not in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "<script" not in page
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert "Content-Security-Policy" in answer.headers
 reports with sources, publishers, asks, two for the tallies, bodies; regimes and reports have no ends hereassert client.post("/").status_code == 405
