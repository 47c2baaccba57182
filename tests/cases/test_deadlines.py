"""Who is late in the real case: hardly anybody, since hardly any ask has a time to answer."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cases.files import LOADED_AT, statuses
from tests.rules.test_deadline_rules import RULES
from tracker.actions.deadlines import record_missed_deadlines
from tracker.deadlines import AskDates, days_late, due_under
from tracker.ledger import CLOCK
from tracker.models import Addressee, Event, Recommendation, Regime
from tracker.queries.deadlines import time_limit
from tracker.queries.facts import public_records
from tracker.queries.statuses import with_status
from tracker.spans import day
from tracker.statuses import first_answered_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("addressee", "due", "late"),
    [
        ("justice-committee-draft-victims-bill-2022/7/uk-government", date(2022, 11, 30), 47),
        ("wec-honour-based-abuse-2023/wec23-firewall/uk-government", date(2023, 9, 19), 0),
    ],
)
def test_a_committee_is_answered_within_two_months_of_publication(
    addressee: str, due: date, late: int, today: date
) -> None:
    row = Addressee.objects.public().get(ref=addressee)
    assert (row.answer_due_on, row.answer_due_strength) == (due, "convention")
    assert "2 months" in row.answer_due_basis
    answers = public_records([row])[row.pk].answer_facts()
    assert days_late(due, first_answered_on(answers, today)) == late


def test_the_committee_counted_the_day_of_receipt() -> None:
    row = Addressee.objects.get(ref="justice-committee-draft-victims-bill-2022/7/uk-government")
    response = row.answers.get().response
    assert (response.received_latest, response.published_latest) == (date(2023, 1, 16), date(2023, 1, 19))
    assert response.signed_by.ref == "ministry-of-justice"
    assert Regime.objects.get(ref="commons-select-committee").counts_on == "received"


def test_the_government_was_overdue_on_the_first_of_december_2022_and_not_the_day_before() -> None:
    ask = "justice-committee-draft-victims-bill-2022/7"
    assert statuses(ask, date(2022, 11, 30)) == {"uk-government": "awaiting"}
    assert statuses(ask, date(2022, 12, 1)) == {"uk-government": "overdue"}
    assert statuses(ask, date(2023, 1, 16)) == {"uk-government": "rejected"}


def test_only_those_two_have_a_confirmed_time_to_answer() -> None:
    """A rule whose counting was not read, and a duty that may not have applied yet, only suggest."""
    timed = Addressee.objects.filter(answer_due_on__isnull=False)
    assert set(timed.values_list("recommendation__ref", flat=True)) == {
        "justice-committee-draft-victims-bill-2022/7",
        "wec-honour-based-abuse-2023/wec23-firewall",
    }


def test_nobody_is_overdue_today(today: date) -> None:
    now = with_status(Addressee.objects.public(), today)
    assert set(now.values_list("status_on", flat=True)) & {"overdue", "ignored"} == set()


def test_the_sweep_records_nothing_false() -> None:
    before = Event.objects.count()
    assert record_missed_deadlines(on=LOADED_AT.date(), by=CLOCK, at=LOADED_AT) == 0
    assert Event.objects.count() == before


def test_the_six_months_of_police_perpetrated_domestic_abuse_are_about_acting() -> None:
    row = Addressee.objects.filter(recommendation__ref="ppda-2022/1").first()
    assert (row.act_by, row.answer_due_on) == (date(2022, 12, 30), None)


def test_an_unverified_time_to_act_is_left_empty() -> None:
    for ref in ("safe-to-share/3", "safe-to-share/8", "safe-to-share/2-review"):
        ask = Recommendation.objects.get(ref=ref)
        assert (ask.act_by, ask.act_by_kind, ask.act_by_text) == (None, "no_date", "")


def test_section_55_is_no_rule_of_super_complaint_reports() -> None:
    reports = Regime.objects.get(ref="police-act-1996-s55").reports
    assert not reports.filter(kind="police_super_complaint_report").exists()


@pytest.mark.parametrize(
    ("regime", "start", "last_day"),
    [
        ("police-act-1996-s55", date(2020, 12, 17), date(2021, 2, 10)),
        ("commons-select-committee", date(2022, 9, 30), date(2022, 11, 30)),
    ],
)
def test_the_rules_count_as_their_examples_do(regime: str, start: date, last_day: date) -> None:
    assert (
        due_under(time_limit(Regime.objects.get(ref=regime)), AskDates(published=day(start))).on == last_day
    )


def test_all_rules_on_record_can_be_read() -> None:
    rules = list(Regime.objects.select_related("source"))
    assert len(rules) == 18
    assert {rule.ref for rule in rules if rule.automatic} == {
        "police-act-1996-s55",
        "iopc-para-28b",
        "commons-select-committee",
    }
    for rule in rules:
        time_limit(rule)


def test_the_rules_on_record_are_those_whose_boundaries_are_tested() -> None:
    """Else a rule could be changed in the fixtures while the days around its deadline are tested of another."""
    on_record = {rule.ref: time_limit(rule) for rule in Regime.objects.select_related("source")}
    assert on_record.keys() == RULES.keys()
    for ref, rule in on_record.items():
        assert bool(rule.event) == bool(RULES[ref].event)
        said = {"name": ref, "source": RULES[ref].source, "event": RULES[ref].event}
        assert replace(rule, **said) == RULES[ref]
