"""Scorecards: every count with what it is a share of, and nobody counted for what another said."""

from collections import Counter
from collections.abc import Callable
from datetime import date
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
    make_extension,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_silence,
    make_source,
)
from tracker.actions.correcting import correct
from tracker.models import Addressee, Report
from tracker.models.base import span_columns
from tracker.queries.addressees import describe
from tracker.queries.outcomes import with_outcome
from tracker.queries.scorecards import Share, share
from tracker.queries.statuses import asked_by
from tracker.queries.subjects import KINDS
from tracker.spans import parse_span
from tracker.vocabulary import Clock, Position, RecommendationKind, ResponseDate, View

pytestmark = pytest.mark.django_db

DUE = date(2025, 7, 27)  # 56 days from 2 June 2025, that day counted


def get(client: Client, place: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{place}/", asked)
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)


def counted(one: dict[str, int]) -> tuple[int, int]:
    return one["count"], one["of"]


@pytest.fixture
def ten(db: None) -> list[Addressee]:
    """One ask put to ten bodies, each of which fared otherwise; the last had no deadline."""
    make_source()
    report = make_report("Ten", regime=make_regime())
    ask = make_recommendation("Do it", report=report)
    council = make_body("A council")
    bodies = [make_body(f"Body {letter}") for letter in "ABCDEFGHIJ"]
    rows = [make_addressee(recommendation=ask, body=body) for body in bodies[:9]]
    rows.append(
        make_addressee(
            recommendation=make_recommendation("Freely", report=make_report("Free")), body=bodies[9]
        )
    )
    make_answer(rows[0], answered="2025-07-27")
    make_answer(rows[1], position="rejected", answered="2025-07-28")
    make_answer(rows[2], position="noted", answered=None)
    make_answer(
        rows[3], position="rejected", answered="2025-07-02", author=council, on_behalf_of_body=bodies[3]
    )
    make_extension(rows[4], until=date(2025, 8, 31))
    make_answer(
        rows[4],
        position="deferred",
        answered="2025-08-20",
        waits_for="a review",
        wait_ended_on=date(2025, 9, 1),
    )
    make_answer(rows[5], kind="holding", position="", holding=True, answered="2025-06-10")
    make_silence(rows[6], checked_on=date(2025, 10, 1))
    make_answer(rows[7], answered="2025-06-12")
    make_answer(rows[9], answered="2025-06-22")
    make_extension(rows[8], until=date(2027, 1, 1))
    seal()
    return rows


def test_each_is_counted_once_and_of_those_it_could_be_true_of(client: Client, ten: list[Addressee]) -> None:
    card = get(client, "scorecards/report/ten", as_of="2025-12-01")
    assert (card["id"], card["kind"], card["report"]["id"]) == ("report/ten", "report", "ten")
    assert card["body"] is card["group"] is card["publisher"] is card["theme"] is None
    assert card["addressed"] == 9
    assert counted(card["with_deadline"]) == (9, 9)
    assert {
        name: counted(card[name])
        for name in ("answered_in_time", "late", "undated", "overdue", "not_yet_due")
    } == {
        "answered_in_time": (4, 9),  # A, D (for it), E (extended), H
        "late": (1, 9),
        "undated": (1, 9),
        "overdue": (2, 9),  # F only acknowledged; G was silent
        "not_yet_due": (1, 9),
    }
    assert counted(card["ignored"]) == (1, 9)
    assert counted(card["answered_for_it"]) == (1, 9)
    assert counted(card["deferral_ended"]) == (1, 9)
    own = {word: one["count"] for word, one in card["own_positions"].items() if one["count"]}
    assert own == {"accepted": 2, "rejected": 1, "noted": 1, "deferred": 1}
    # 10, 30, 55, 56 and 79 days from 2 June; the undated one tells no time
    assert card["median_days_to_answer"] == {"days": 55, "of": 5}
    free = get(client, "scorecards/report/free", as_of="2025-12-01")
    assert counted(free["with_deadline"]) == (0, 1)
    assert counted(free["answered_in_time"]) == (0, 0)


def test_what_another_said_for_it_is_never_among_its_own(client: Client, ten: list[Addressee]) -> None:
    card = get(client, "scorecards/body/body-d")
    assert counted(card["answered_for_it"]) == (1, 1)
    assert all(one["count"] == 0 for one in card["own_positions"].values())
    assert set(card["own_positions"]) == set(Position.values)


def test_as_of_is_the_state_of_the_day(client: Client, ten: list[Addressee]) -> None:
    asked = get(client, "scorecards/report/ten", as_of="2025-07-27")
    assert counted(asked["late"]) == counted(asked["overdue"]) == (0, 9)
    assert counted(asked["undated"]) == (1, 9)  # it may have been given any day since the ask
    assert counted(get(client, "scorecards/report/ten", as_of="2025-07-28")["late"]) == (1, 9)
    assert get(client, "scorecards/report/ten", as_of="2025-06-01")["addressed"] == 0
    assert counted(get(client, "scorecards/report/ten", as_of="2025-08-01")["deferral_ended"]) == (0, 9)


def test_no_percentage_and_no_median_below_five_cases(client: Client, ten: list[Addressee]) -> None:
    assert share(4, 4) == Share(4, 4, None)
    assert share(5, 5) == Share(5, 5, 100)
    assert (share(999, 1000).percent, share(1, 1000).percent, share(0, 1000).percent) == (99, 1, 0)
    body = get(client, "scorecards/body/body-a")
    assert body["answered_in_time"] == {"count": 1, "of": 1, "percent": None}
    assert body["median_days_to_answer"] == {"days": None, "of": 1}
    assert get(client, "scorecards/report/ten", as_of="2025-12-01")["late"]["percent"] == 11


def test_the_four_views_stand_side_by_side(client: Client, ten: list[Addressee]) -> None:
    one, two, *_ = ten
    make_assessment(one, view=View.CLAIMED, implementation="implemented", assessed="2025-09-01")
    make_assessment(one, view=View.CLAIMED, implementation="stalled", assessed="2025-10-01")
    make_assessment(one, view=View.INDEPENDENT, implementation="not_started")
    make_assessment(two, view=View.AFFECTED, implementation="not_started", published=False)
    told = get(client, "scorecards/report/ten", as_of="2025-12-01")["implementation"]
    found = {
        view: {word: one["count"] for word, one in words.items() if one["count"]}
        for view, words in told.items()
    }
    assert found == {
        "claimed": {"stalled": 1},
        "independent": {"not_started": 1},
        "affected": {},
        "verdict": {},
    }
    told = get(client, "scorecards/report/ten", as_of="2025-09-15")["implementation"]
    assert counted(told["claimed"]["implemented"]) == (1, 9)


def test_the_sentence_can_be_quoted(client: Client, ten: list[Addressee]) -> None:
    assert get(client, "scorecards/report/ten", as_of="2025-12-01")["sentence"] == (
        "Of nine asks put to bodies, five have an answer of the body's own that was read, four none found; "
        "A council answered for one of them; for two of them the time to answer has passed, one of them checked "
        "and confirmed; of nine with a deadline to answer, four answered in time, one answered late, one answered "
        "on a day not on record. As of 1 December 2025."
    )
    assert get(client, "scorecards/body/a-council")["sentence"].startswith(
        "No ask put to A council is on record. As of "
    )


def test_promises_missed_are_a_share_of_promises_with_a_day(client: Client, db: None) -> None:
    make_source()
    report = make_report("Duties")
    for number in range(5):
        duty = make_recommendation(
            f"Duty {number}", number=str(number), report=report, kind=RecommendationKind.DUTY,
            act_by=date(2025, 9, 1),
            act_by_text="By September.",
        )  # fmt: skip
        row = make_addressee(recommendation=duty, body=make_body(f"Body {number}"))
        if number:
            make_check(row, checked_on=date(2025, 10, 1), clock=Clock.ACT)
        if number == 2:
            make_assessment(row, implementation="implemented", assessed="2025-08-01")
        if number > 2:
            word = "superseded" if number == 3 else "stalled"
            make_assessment(row, view=View.VERDICT, implementation=word, assessed="2025-08-01")
    seal()
    assert counted(get(client, "scorecards/report/duties")["promises_missed"]) == (2, 5)
    assert "of five promised by a day, two missed" in get(client, "scorecards/report/duties")["sentence"]
    assert same_as_shown(date(2025, 9, 30)) == same_as_shown(date(2025, 10, 1)) == 5
    assert counted(get(client, "scorecards/report/duties", as_of="2025-09-30")["promises_missed"]) == (0, 5)


def same_as_shown(on: date) -> int:
    """The SQL of the scorecards says of each addressee what the rules in Python say; how many it was asked of."""
    rows = asked_by(Addressee.objects.public(), on)
    views = {view.id: view for view in describe(rows, on)}
    for row in with_outcome(rows, on):
        view = views[row.ref]
        late = None
        if row.due_then and row.counted_on and not row.undated:
            late = max((row.counted_on - row.due_then).days, 0)
        assert late == view.days_late, (row.ref, on)
        assert (row.status_on, row.act_on, row.promise_missed) == (
            view.status,
            view.act_by,
            view.promise_missed,
        )
    return len(views)


def test_the_sql_says_of_each_what_the_addressee_says(client: Client, ten: list[Addressee]) -> None:
    """Days late by the date that the regime counts too: written in time, received late."""
    receipt = make_report("Receipt", regime=make_regime("By receipt", counts_on=ResponseDate.RECEIVED))
    row = make_addressee(recommendation=make_recommendation(report=receipt), body=ten[0].body)
    letter = make_answer(row, answered="2025-07-20").response
    correct(
        fact=letter,
        values=span_columns("received", parse_span("2025-08-02")),
        reason="As stamped.",
        by=STAFF,
        at=AT,
    )
    seal()
    for on in (date(2025, 7, 28), date(2025, 8, 21), date(2025, 12, 1), date(2026, 3, 2)):
        assert same_as_shown(on) == 11
    assert counted(get(client, "scorecards/report/receipt")["late"]) == (1, 1)
    make_extension(row, until=date(2025, 8, 3))
    seal()
    assert counted(get(client, "scorecards/report/receipt")["late"]) == (0, 1)


def test_every_scorecard_counts_what_the_filter_of_its_name_finds(client: Client, register: Register) -> None:
    for card in get(client, "scorecards", page_size="200")["results"]:
        kind, _, ref = card["id"].partition("/")
        listed = get(client, "addressees", page_size="200", **{kind: ref})["results"]
        assert card["addressed"] == len(listed), card["id"]
        assert counted(card["overdue"])[0] == sum(each["status"] in ("overdue", "ignored") for each in listed)
        own = Counter(
            each["answer"]["position"]
            for each in listed
            if each["answer"] and not each["answer"]["on_behalf"]
        )
        assert {word: one["count"] for word, one in card["own_positions"].items() if one["count"]} == dict(
            own
        )
        assert get(client, f"scorecards/{card['id']}") == card
    assert get(client, "scorecards/group/chiefs")["addressed"] == 3


def test_a_member_of_the_group_counts_from_the_day_it_joined(client: Client, ten: list[Addressee]) -> None:
    make_group("Late club", bodies=[ten[0].body, ten[1].body], from_on=date(2025, 9, 1))
    seal()
    assert get(client, "scorecards/group/late-club", as_of="2025-08-31")["addressed"] == 0
    assert get(client, "scorecards/group/late-club", as_of="2025-09-01")["addressed"] == 2


def test_the_list_has_every_kind_in_pages_and_can_be_asked_for_some(
    client: Client, register: Register
) -> None:
    whole = [each["id"] for each in get(client, "scorecards", page_size="200")["results"]]
    assert [*dict.fromkeys(each.partition("/")[0] for each in whole)] == [*KINDS]
    page = get(client, "scorecards", page_size="3")
    there = [each["id"] for each in page["results"]]
    while page["next"]:
        page = orjson.loads(client.get(page["next"]).content)
        there += [each["id"] for each in page["results"]]
    assert there == whole
    back = [each["id"] for each in page["results"]]
    while page["previous"]:
        page = orjson.loads(client.get(page["previous"]).content)
        back = [each["id"] for each in page["results"]] + back
    assert back == whole
    some = get(client, "scorecards", kind="theme,report", page_size="200")["results"]
    assert {each["kind"] for each in some} == {"report", "theme"}


def test_a_wrong_value_is_named(client: Client, register: Register) -> None:
    for name, value in (
        ("kind", "bogus"),
        ("as_of", "tomorrow"),
        ("ordering", "rank"),
        ("rank", "1"),
        ("cursor", "x"),
    ):
        answer = client.get("/api/v1/scorecards/", {name: value})
        assert answer.status_code == 400
        assert orjson.loads(answer.content)["errors"][0]["parameter"] == name
    for place in ("body", "body/never", "nothing/home-office", "body/home-office/x", "publisher/force-a"):
        assert client.get(f"/api/v1/scorecards/{place}/").status_code == 404, place


def test_a_draft_has_no_scorecard_and_counts_in_none(
    client: Client, register: Register, drafts: Callable[[], None]
) -> None:
    before = get(client, "scorecards/report/safe", as_of="2025-07-30")
    make_answer(register.addressees[2], position="rejected", answered="2025-07-02", published=False)
    seal()
    assert get(client, "scorecards/report/safe", as_of="2025-07-30") == before
    drafts()
    hidden = Report.objects.get(title=f"{DRAFT} report")
    one, never = (client.get(f"/api/v1/scorecards/report/{ref}/") for ref in (hidden.ref, "never-heard-of"))
    assert one.status_code == 404
    assert one.content == never.content
    assert DRAFT not in str(get(client, "scorecards", page_size="200"))
