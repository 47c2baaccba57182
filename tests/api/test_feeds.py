"""Feeds: what a filter finds as Atom and iCalendar, asked again cheaply, with nothing of a draft."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.alerts.world import AT, SOON, make_asked, make_letter, note, seal
from tests.factories import STAFF, make_assessment, make_challenge, make_extension, make_recommendation
from tracker.actions.correcting import correct
from tracker.actions.deadlines import set_deadlines
from tracker.actions.publishing import withdraw
from tracker.models import Addressee
from tracker.vocabulary import Clock, Strength

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def asked(client: Client, place: str, **options: Any) -> Any:
    seal()
    return client.get(place, **options)


def entries(client: Client, query: str = "") -> list[tuple[str, str]]:
    answer = asked(client, f"/api/v1/addressees.atom{query}")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    found = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found)
    return [(entry.findtext(f"{ATOM}title") or "", entry.findtext(f"{ATOM}summary") or "") for entry in found]


def events(client: Client, query: str = "") -> list[Any]:
    answer = asked(client, f"/api/v1/addressees.ics{query}")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_one_letter_is_one_entry_that_lists_the_bodies(client: Client) -> None:
    make_letter(make_asked(12, followed=False))
    (title, told), *rest = entries(client)
    assert title == "12 forces: Accepted (Safe to share?)"
    assert all(f"Force {n:02}" in told for n in range(1, 13))
    assert [other for other, _ in rest if ": Accepted (" in other and "added" not in other] == []


def test_a_filter_narrows_the_feed(client: Client) -> None:
    [first], [second] = make_asked(followed=False), make_asked(title="Another report", followed=False)
    make_letter([first])
    make_letter([second], position="rejected", at=AT + SOON)
    titles = [title for title, _ in entries(client, "?report=another-report")]
    assert titles[0] == "Home Office: Not accepted (our reading) (Another report)"
    assert not [title for title in titles if "Safe to share?" in title]
    assert entries(client, "?status=rejected")[0][0] == titles[0]
    assert entries(client, "?report=nowhere") == []
    assert entries(client, "?q=zebra") == []


def test_a_feed_by_status_tells_of_what_it_was_before_and_after_a_line(client: Client) -> None:
    """Overdue, refused, and after a correction accepted: each feed has the lines that led to its status and from it."""
    [addressee] = make_asked(followed=False)
    note(AT - timedelta(days=1))
    [answer] = make_letter([addressee], position="rejected", at=AT)
    note(AT)
    correct(fact=answer, values={"position": "accepted"}, reason="Read again", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    make_extension(addressee, until=date(2026, 6, 1), granted="2026-02-20", at=AT + SOON)
    note(AT + SOON)

    def titles(query: str) -> list[str]:
        return [title.partition(" (")[0].partition(":")[2].strip() for title, _ in entries(client, query)]

    assert titles("?status=overdue") == ["Accepted"], "it left it by this line, which says today what it says"
    assert len(titles("?status=rejected")) == 2
    assert len(titles("?position=rejected&body=home-office")) == 2
    assert titles("?status=noted") == titles("?status=rejected&body=nobody") == []
    assert len(titles("?status=accepted")) == 4


def test_what_is_no_longer_public_is_in_no_feed(client: Client) -> None:
    [addressee] = make_asked(followed=False)
    [answer] = make_letter([addressee], summary="A secret summary")
    make_letter([addressee], published=False, summary="A drafted summary", position="rejected")
    assert "A secret summary" in str(entries(client)) and "drafted" not in str(entries(client))
    withdraw(facts=[answer], reason="Not theirs", by=STAFF, at=AT + SOON)
    (title, _), *rest = entries(client)
    assert title == "Correction: Home Office: an answer was withdrawn (Safe to share?)"
    assert "A secret summary" not in str(rest)
    withdraw(facts=[addressee], reason="Entered too early", by=STAFF, at=AT + 2 * SOON)
    assert entries(client) == [] and events(client) == []


def test_a_correction_is_an_entry(client: Client) -> None:
    [answer] = make_letter(make_asked(followed=False))
    correct(fact=answer, values={"position": "noted"}, reason="Read again", by=STAFF, at=AT + SOON)
    assert entries(client)[0][0].startswith("Home Office: corrected")


def test_a_challenge_is_an_entry_of_a_narrow_feed_too(client: Client) -> None:
    first, second = make_asked(2, followed=False)
    make_challenge(first, words="Not what we said", at=AT + SOON)
    make_challenge(first.recommendation, body=second.body, words="Nor what we meant", at=AT + 2 * SOON)
    whole, one = entries(client, "?body=force-01")[:2]
    assert whole[0].startswith("2 forces: Contested by the body") and "Nor what we meant" in whole[1]
    assert one[0].startswith("Force 01: Contested by the body") and "Not what we said" in one[1]
    assert "Not what we said" not in str(entries(client, "?body=force-02"))


def test_a_feed_costs_the_same_number_of_queries_however_many_entries_it_has(client: Client) -> None:
    addressees = make_asked(4, followed=False)

    def happens(addressee: Addressee, position: str, at: datetime) -> None:
        [withdrawn] = make_letter([addressee], position=position, at=at)
        make_letter([addressee], at=at + SOON)
        make_challenge(addressee, at=at + SOON)
        withdraw(facts=[withdrawn], reason="Not theirs", by=STAFF, at=at + SOON)

    happens(addressees[0], "rejected", AT)
    few = _queries(client)
    for minutes, addressee in enumerate(addressees[1:]):
        happens(addressee, "noted", AT + minutes * SOON)
    assert len(entries(client)) > 12
    assert len(_queries(client)) == len(few)


def _queries(client: Client) -> list[str]:
    """Of a first request: none of them is answered from a cache."""
    seal()
    with CaptureQueriesContext(connection) as found:
        assert client.get("/api/v1/addressees.atom").status_code == 200
    return [query["sql"] for query in found if query["sql"].startswith(("SELECT", "WITH"))]


def test_the_calendar_has_both_clocks_where_nothing_came(client: Client) -> None:
    first, second, third = make_asked(3, followed=False)
    make_letter([first], answered="2026-02-20")
    by = date(2026, 6, 1)
    _to_act([first], by)
    make_extension(second, until=date(2026, 4, 1), granted="2026-02-20", at=AT)
    found = {event["dtstart"].dt: event for event in events(client)}
    assert [*found] == [date(2026, 3, 1), date(2026, 4, 1), by]
    assert found[by]["summary"] == "Time to act ends: Force 01 (Safe to share?)"
    assert found[date(2026, 4, 1)]["summary"] == "Time to answer ends: Force 02 (Safe to share?)"
    assert "Force 03" in found[date(2026, 3, 1)]["description"]
    assert len({event["uid"] for event in found.values()}) == 3
    assert [event["dtstart"].dt for event in events(client, "?body=force-02")] == [date(2026, 4, 1)]
    assert third


def test_what_the_body_says_is_done_is_in_no_calendar(client: Client) -> None:
    first, second = make_asked(2, followed=False)
    make_letter([first, second], answered="2026-02-20")
    _to_act([first, second], date(2026, 6, 1))
    make_assessment(first, assessed="2026-02-21", at=AT)
    [event] = events(client)
    assert event["summary"] == "Time to act ends: Force 02 (Safe to share?)"


def test_a_calendar_that_is_full_has_the_days_that_come_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_asked(2, followed=False)
    make_letter([first], answered="2026-02-20")
    _to_act([first], date(2027, 6, 1))
    make_extension(second, until=date(2026, 4, 1), granted="2026-02-20", at=AT)
    monkeypatch.setattr("tracker.queries.calendars.MOST", 1)
    assert [event["dtstart"].dt for event in events(client)] == [date(2026, 4, 1)]


def _to_act(addressees: Sequence[Addressee], by: date) -> None:
    set_deadlines(
        addressees=addressees, clock=Clock.ACT, on=by, basis="They said so.", strength=Strength.STATED, by=STAFF, at=AT
    )  # fmt: skip


@pytest.mark.parametrize("form", ["atom", "ics"])
def test_a_feed_is_asked_again_cheaply(client: Client, form: str) -> None:
    [addressee] = make_asked(followed=False)
    first = asked(client, f"/api/v1/addressees.{form}")
    tag = first.headers["ETag"]
    again = asked(client, f"/api/v1/addressees.{form}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert asked(client, f"/api/v1/addressees.{form}").content == first.content
    make_recommendation("A draft", report=addressee.recommendation.report, number="9", published=False)
    assert asked(client, f"/api/v1/addressees.{form}", headers={"If-None-Match": tag}).status_code == 304
    make_letter([addressee])
    assert asked(client, f"/api/v1/addressees.{form}", headers={"If-None-Match": tag}).status_code == 200
    assert first.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("form", ["atom", "ics"])
@pytest.mark.parametrize(
    "query", ["?colour=red", "?status=red", "?page_size=3", "?as_of=2021-01-01", "?family=1"]
)
def test_what_no_filter_knows_is_a_problem(client: Client, form: str, query: str) -> None:
    answer = client.get(f"/api/v1/addressees.{form}{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] in query
