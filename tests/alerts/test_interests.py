"""Filters that are followed: their words, and that the fan-out means by them what a list means."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.alerts.partner import make_endpoint
from tests.alerts.world import AT, SOON, make_asked, make_letter, note, sweep
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
    make_user,
)
from tracker.actions.bodies import end_bodies
from tracker.actions.correcting import correct
from tracker.actions.deadlines import set_deadlines
from tracker.actions.publishing import withdraw
from tracker.alerts import interests
from tracker.models import Addressee, Interest, Notice, Subscription
from tracker.queries.filters import AddresseeFilter, addressees_matching
from tracker.queries.terms import standings
from tracker.vocabulary import BodyKind, Channel, Clock, News, Status, Strength

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)


def a_small_register() -> None:
    """Two reports, a group of forces, a department with a parent, answers of three kinds, a silence, a delivery."""
    regime = make_regime()
    government = make_body("Government", kind=BodyKind.GOVERNMENT)
    office = make_body("Home Office", parent=government)
    forces = [make_body(f"Force {n}", kind=BodyKind.POLICE_FORCE) for n in range(3)]
    group = make_group(bodies=forces, members_called="forces")
    council = make_body("The council", kind=BodyKind.NATIONAL_POLICING_BODY, speaks_for=group)
    publisher = make_body("A commissioner", kind=BodyKind.COMMISSIONER)
    first = make_report("First", regime=regime)
    second = make_report("Second", dated="2025-12-01", regime=regime, publishers=[publisher])
    ask = make_recommendation("Stop it", report=first)
    other = make_recommendation("Review it", report=second)
    asked = [make_addressee(recommendation=ask, body=body) for body in [*forces, office]]
    asked += [make_addressee(recommendation=other, body=body) for body in [forces[0], government, council]]
    make_answer(asked[0], position="rejected")
    make_answer(asked[1], position="accepted", author=council, on_behalf_of_group=group)
    make_answer(asked[3], position="accepted", joint_authors=[government])
    make_assessment(asked[3], implementation="implemented")
    make_silence(asked[2], checked_on=date(2025, 9, 1))
    make_extension(asked[4], until=date(2026, 6, 1), granted="2026-01-05")


FILTERS: list[dict[str, Any]] = [
    {},
    {"report": "first"}, {"report": "second"}, {"report": "nowhere"},
    {"body": "force-0"}, {"body": "home-office"}, {"body": "government"},
    {"body": "government", "family": True}, {"body": "home-office", "family": True},
    {"body": "force-1", "family": True}, {"body": "the-council", "family": True},
    {"recommendation": "first/1"}, {"recommendation": "second/1"},
    {"body_kind": ["police_force"]}, {"body_kind": ["police_force", "government"]},
    {"group": "forces"}, {"publisher": "a-commissioner"}, {"publisher": "an-inspectorate"},
    {"status": ["rejected"]}, {"status": ["overdue", "ignored"]}, {"status": ["awaiting"]},
    {"status": ["answered_for_it"]}, {"position": ["accepted"]}, {"position": ["accepted", "rejected"]},
    {"answered_by": "the-council"}, {"answered_by": "government"}, {"answered_by": "home-office"},
    {"implementation": ["implemented"]}, {"implementation": ["implemented"], "view": ["claimed"]},
    {"implementation": ["implemented"], "view": ["verdict"]}, {"implementation": ["stalled"]},
    {"due_before": "2026-01-01"}, {"due_after": "2026-01-01"}, {"due_before": "2025-07-27"},
    {"due_after": "2025-07-27", "due_before": "2026-06-01"}, {"due_before": "2026-06-02"},
    {"report": "first", "status": ["rejected", "accepted"], "body_kind": ["police_force"]},
    {"q": "stop"}, {"q": "first"}, {"q": "says -force"}, {"q": "review or \"home office\""}, {"q": "zebra"},
    {"q": "review", "status": ["answered_for_it", "awaiting", "overdue"]},
    {"report": "second", "status": ["rejected"]}, {"group": "forces", "position": ["accepted"]},
]  # fmt: skip


def test_the_fan_out_means_by_a_filter_what_a_list_means() -> None:
    """One table of filters, evaluated both ways over one register."""
    a_small_register()
    made = {number: follow(wanted).interest for number, wanted in enumerate(FILTERS)}
    found = standings(list(Addressee.objects.values_list("pk", flat=True)), ON)
    for number, wanted in enumerate(FILTERS):
        days = {
            name: date.fromisoformat(wanted[name]) for name in ("due_before", "due_after") if name in wanted
        }
        listed = addressees_matching(AddresseeFilter(as_of=ON, **{**wanted, **days}))
        fitting = {pk for pk, standing in found.items() if fits(made[number], standing.terms)}
        assert fitting == set(listed.values_list("pk", flat=True)), wanted


def fits(interest: Interest, terms: frozenset[tuple[str, str]]) -> bool:
    """Does an interest fit these terms? Asked of the very statement of the fan-out, by a line of our own."""
    day = dict(terms).get("due_on", "")
    held: set[str] = set()
    for term in interest.terms.all():
        if term.field == "due_before":
            holds = bool(day) and day < term.value
        elif term.field == "due_after":
            holds = bool(day) and day > term.value
        else:
            holds = (term.field, term.value) in terms
        held |= {term.field} if holds else set()
    return len(held) == interest.fields


def follow(wanted: dict[str, Any], *kinds: News) -> Subscription:
    number = Subscription.objects.count()
    return interests.follow(
        reader=make_user(f"reader{number}", email=f"reader{number}@example.org"),
        wanted=wanted,
        kinds=kinds or [News.ANSWERED],
        channel=Channel.AT_ONCE,
        at=AT - timedelta(days=40),
    )


def told(subscription: Subscription) -> int:
    return Notice.objects.filter(subscription=subscription).count()


def test_every_filter_of_the_table_is_followed_by_the_statement_as_by_the_list() -> None:
    """The addressees of the small register are answered anew; each follower hears of those that the list shows."""
    a_small_register()
    note(AT)
    rows = list(Addressee.objects.select_related("body", "recommendation__report").order_by("pk"))
    before = [{row.pk for row in listed(wanted)} for wanted in FILTERS]
    followers = [follow(wanted) for wanted in FILTERS]
    moment = AT + SOON
    for row in rows:
        make_letter([row], answered="2026-03-01", position="noted", at=moment)
    after = [{row.pk for row in listed(wanted)} for wanted in FILTERS]
    note(moment)
    for wanted, subscription, was, now in zip(FILTERS, followers, before, after, strict=True):
        heard = set(Notice.objects.filter(subscription=subscription).values_list("addressee", flat=True))
        assert heard == was | now, wanted


def listed(wanted: dict[str, Any]) -> Any:
    days = {name: date.fromisoformat(wanted[name]) for name in ("due_before", "due_after") if name in wanted}
    return addressees_matching(AddresseeFilter(as_of=ON, **{**wanted, **days}))


def test_a_filter_is_heard_when_it_was_true_before_the_change() -> None:
    [addressee] = make_asked(followed=False)
    note(AT)
    late, read, other = (follow({"status": [word]}) for word in ("overdue", "accepted", "rejected"))
    make_letter([addressee])
    note(AT)
    assert (told(late), told(read), told(other)) == (1, 1, 0)


def test_a_search_is_heard_when_it_was_found_before_the_change_or_is_after_it() -> None:
    [addressee] = make_asked(followed=False)
    [answer] = make_letter([addressee], summary="They mention zebras.")
    found = follow({"q": "zebras"}, News.CORRECTED)
    note(AT)
    now, never = follow({"q": "gnus"}, News.CORRECTED), follow({"q": "unicorns"}, News.CORRECTED)
    values = {"summary": "They mention gnus."}
    correct(fact=answer, values=values, reason="Read again", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    assert (told(found), told(now), told(never)) == (1, 1, 0)


def test_there_is_an_end_to_how_many_searches_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "MOST_SEARCHES", 1)
    follow({"q": "one"})
    follow({"q": "one", "status": ["overdue"]})
    with pytest.raises(ValidationError) as raised:
        follow({"q": "two"})
    assert list(raised.value.message_dict) == ["q"]
    Subscription.objects.all().delete()
    assert interests.interest_in({"q": "two"}).fields == 1


@pytest.mark.parametrize("text", ["", "x" * 201, "a\x00b", " ".join("abcdefghijklmnopq"), 3])
def test_a_search_that_is_none_is_refused(text: Any) -> None:
    if text == "":
        assert interests.checked({"q": text}) == {}
    else:
        with pytest.raises(ValidationError) as raised:
            interests.checked({"q": text})
        assert list(raised.value.message_dict) == ["q"]


def test_an_answer_that_was_replaced_before_it_was_read_is_heard_by_its_own_words() -> None:
    [addressee] = make_asked(followed=False)
    note(AT)
    first, second = follow({"position": ["rejected"]}), follow({"position": ["accepted"]})
    make_letter([addressee], position="rejected", answered="2026-02-20")
    make_letter([addressee], position="accepted", answered="2026-02-27", at=AT + SOON)
    note(AT + SOON)
    assert told(first) >= 1 and told(second) >= 1


def test_a_change_of_status_is_news_once_and_a_corrected_spelling_is_none() -> None:
    [addressee] = make_asked(followed=False)
    note(AT - timedelta(days=10))
    changed = follow({}, News.STATUS_CHANGED)
    make_extension(addressee, until=date(2026, 4, 1), granted="2026-02-20", at=AT)
    note(AT)
    assert told(changed) == 0, "it was waited for, and still is"
    make_letter([addressee], at=AT + SOON)
    note(AT + SOON)
    assert told(changed) == 1
    assert Notice.objects.get().news == News.STATUS_CHANGED


def test_nobody_outside_hears_that_a_deadline_passed_before_somebody_has_looked() -> None:
    [addressee] = make_asked(followed=False)
    note(AT - timedelta(days=10))
    changed = follow({}, News.STATUS_CHANGED)
    assert Addressee.objects.get(pk=addressee.pk).seen.status == Status.AWAITING
    correct(fact=addressee, values={"act_by_basis": "Read."}, reason="Read again", by=STAFF, at=AT)
    note(AT)
    assert told(changed) == 0
    make_check(addressee, checked_on=ON, at=AT + SOON)
    note(AT + SOON)
    assert told(changed) == 1


def test_a_broken_promise_is_told_to_staff_first_and_to_everybody_after_a_check() -> None:
    [addressee] = make_asked(followed=False)
    make_letter([addressee], answered="2026-02-20", at=AT - timedelta(days=9))
    set_deadlines(
        addressees=[addressee], clock=Clock.ACT, on=date(2026, 3, 1), basis="They said so.",
        strength=Strength.STATED, by=STAFF, at=AT - timedelta(days=8),
    )  # fmt: skip
    note(AT - timedelta(days=7))
    staff = follow({}, News.PROMISE_MISSED)
    endpoint = make_endpoint("https://partner.example/", kinds=(News.PROMISE_MISSED,))
    assert sweep(AT) == 1
    note(AT)
    assert (told(staff), endpoint.messages.count()) == (1, 0)
    make_check(addressee, checked_on=ON, clock=Clock.ACT, at=AT + SOON)
    note(AT + SOON)
    assert (told(staff), endpoint.messages.count()) == (1, 1)


def test_a_silence_is_news_on_the_day_on_which_it_is_confirmed() -> None:
    addressee = make_addressee()
    note(AT)
    heard = follow({"report": addressee.recommendation.report.ref}, News.SILENCE_CONFIRMED)
    make_silence(addressee, checked_on=date(2026, 3, 3))
    note(AT + timedelta(days=40))
    assert told(heard) == 1


def test_what_is_withdrawn_is_heard_by_who_followed_it_while_it_was_public() -> None:
    [addressee] = make_asked(followed=False)
    note(AT)
    heard = follow({"body": addressee.body.ref}, News.WITHDRAWN)
    other = follow({"body": "somebody-else"}, News.WITHDRAWN)
    withdraw(facts=[addressee.recommendation.report], reason="Wrong report", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    assert (told(heard), told(other)) == (1, 0)


def test_an_ended_body_is_still_followed_by_its_family() -> None:
    [addressee] = make_asked(followed=False)
    successor = make_body("Home Department", at=AT)
    end_bodies(
        bodies=[addressee.body], on=date(2026, 2, 1), successor=successor, reason="Merged", by=STAFF, at=AT
    )
    note(AT)
    heard = follow({"body": successor.ref, "family": True})
    make_letter([addressee], at=AT + SOON)
    note(AT + SOON)
    assert told(heard) == 1


def test_one_interest_for_the_same_words_however_they_are_spelled() -> None:
    first = interests.interest_in({"status": ["overdue", "ignored"], "report": "safe-to-share", "body": ""})
    second = interests.interest_in({"report": "safe-to-share", "status": ["ignored", "overdue", "ignored"]})
    assert first == second
    assert str(first) == "report=safe-to-share&status=ignored,overdue"
    assert first.fields == 2 and first.terms.count() == 3


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"status": ["late"]}, "status"),
        ({"status": [1]}, "status"),
        ({"status": {"a": 1}}, "status"),
        ({"report": ["a", "b"]}, "report"),
        ({"report": "a\x00b"}, "report"),
        ({"report": "a" * 300}, "report"),
        ({"due_before": "soon"}, "due_before"),
        ({"due_before": 20260301}, "due_before"),
        ({"family": True}, "family"),
        ({"body": "x", "family": "yes"}, "family"),
        ({"view": ["claimed"]}, "view"),
        ({"position": "\ud800"}, "position"),
    ],
)
def test_words_that_no_list_knows_are_refused_by_their_name(wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        interests.interest_in(wanted)
    assert field in refused.value.message_dict
    assert not Interest.objects.exists()
