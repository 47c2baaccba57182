"""Entering reports and asks, addressing groups, deadlines, corrections, silences, ended bodies."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.utils import IntegrityError

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
    make_user,
)
from tracker.actions.bodies import end_bodies, take_back_ends
from tracker.actions.correcting import StaleEdit, correct, last_line
from tracker.actions.deadlines import confirm_deadlines, record_missed_deadlines, set_deadlines
from tracker.actions.entering import add_members, link_recommendations
from tracker.actions.publishing import publish
from tracker.actions.reports import add_recommendations, add_reports, address
from tracker.actions.silences import propose_silences, second_silences
from tracker.ledger import CLOCK, Actor
from tracker.models import (
    Addressee,
    Body,
    Event,
    Link,
    Membership,
    Recommendation,
    Report,
    Silence,
)
from tracker.models.base import span_columns
from tracker.spans import parse_span
from tracker.vocabulary import Clock, LinkKind, Relation, Role, Strength, TimeKind, View

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def test_a_group_is_addressed_as_it_was_on_the_day_of_the_report() -> None:
    make_source()
    stayed, left, came = make_body("Stayed"), make_body("Left"), make_body("Came")
    group = make_group(bodies=[stayed])
    memberships = [
        Membership(group=group, body=left, until_on=date(2025, 6, 2)),
        Membership(group=group, body=came, from_on=date(2025, 6, 2)),
    ]
    add_members(memberships=memberships, by=STAFF, at=AT)
    recommendation = make_recommendation()
    put_to = address(recommendations=[recommendation], groups=[group], by=STAFF, at=AT)
    assert {addressee.body.name for addressee in put_to} == {"Stayed", "Came"}
    assert {addressee.via_group for addressee in put_to} == {group}
    # Again: those on record stay as they are, and nothing is written.
    lines = Event.objects.count()
    assert address(recommendations=[recommendation], groups=[group], by=STAFF, at=AT) == []
    assert Event.objects.count() == lines


def test_a_body_is_a_member_once_at_a_time() -> None:
    make_source()
    body = make_body()
    group = make_group(bodies=[body], from_on=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="member of the group at that time"):
        add_members(
            memberships=[Membership(group=group, body=body, from_on=date(2024, 1, 1))], by=STAFF, at=AT
        )


def test_a_recommendation_answered_in_parts_is_addressed_by_its_limbs() -> None:
    report = make_report()
    whole = make_recommendation("Both", number="2", report=report)
    limb = make_recommendation("First", number="2", limb="review", part_of=whole, report=report)
    assert (whole.ref, limb.ref) == ("a-report/2", "a-report/2-review")
    with pytest.raises(ValidationError, match="address its limbs"):
        address(recommendations=[whole], bodies=[make_body()], by=STAFF, at=AT)
    with pytest.raises(ValidationError, match="limb is part of a whole"):
        make_recommendation("Deeper", number="2", limb="b", part_of=limb, report=report)


def test_a_number_and_limb_stand_once_in_a_report() -> None:
    report = make_report()
    make_recommendation(number="3a", report=report)
    with pytest.raises(ValidationError) as refused:
        make_recommendation("Another", number="3a", report=report)
    assert "number" in refused.value.message_dict
    assert Recommendation.objects.count() == 1


def test_an_unnumbered_ask_is_named_by_its_title() -> None:
    report = make_report()
    refs = [make_recommendation("Stop it now", number="", report=report).ref for _ in range(2)]
    assert refs == ["a-report/stop-it-now", "a-report/stop-it-now-2"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"answer_due_on": date(2025, 6, 1)}, "answer_due_on"),
        ({"act_by": date(2025, 6, 1), "act_by_text": "at once"}, "act_by"),
        ({"act_by": date(2025, 7, 1)}, "act_by_text"),
        (span_columns("asked", parse_span("2025-06-01")), "asked_on"),
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
    ],
)
def test_a_bad_recommendation_names_the_field(fields: dict[str, object], named: str) -> None:
    report = make_report()
    values = {"title": "An ask", "number": "1", "report": report, "source": report.source, **fields}
    with pytest.raises(ValidationError) as refused:
        add_recommendations(recommendations=[Recommendation(**values)], themes={}, by=STAFF, at=AT)
    assert named in refused.value.message_dict
    assert not Recommendation.objects.exists()


def test_a_report_needs_a_source_a_publisher_and_a_day_that_has_come() -> None:
    body = make_body()
    for report, publishers, named in (
        (Report(title="A", kind="act"), [body], "source"),
        (Report(title="A", kind="act", source=body.source), [], "publishers"),
        (
            Report(
                title="A", kind="act", source=body.source, **span_columns("dated", parse_span("2026-03-03"))
            ),
            [body],
            "dated_on",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            add_reports(reports=[report], publishers={0: publishers}, by=STAFF, at=AT)
        assert named in refused.value.message_dict
    assert not Report.objects.exists()


def test_a_report_without_a_date_cannot_be_published() -> None:
    body = make_body()
    report = Report(title="A", kind="act", source=body.source, verification="excerpt")
    add_reports(reports=[report], publishers={0: [body]}, by=STAFF, at=AT)
    with pytest.raises(ValidationError, match="date of the report"):
        publish(facts=[report], by=STAFF, at=AT)


def test_a_rule_that_is_not_automatic_only_suggests() -> None:
    regime = make_regime(automatic=False)
    addressee = make_addressee(
        recommendation=make_recommendation(report=make_report(regime=regime)), body=make_body("B")
    )
    assert addressee.answer_due_on is None
    confirm_deadlines(addressees=[addressee], by=STAFF, at=AT)
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2025, 7, 27)
    assert "A person confirmed" in addressee.answer_due_basis
    line = Event.objects.latest("pk")
    assert (line.kind, line.is_public) == ("deadline.set", True)
    with pytest.raises(ValidationError, match="already"):
        confirm_deadlines(addressees=[addressee], by=STAFF, at=AT)


@pytest.mark.parametrize("on", [None, date(2025, 9, 1)])
def test_no_rule_means_that_nothing_can_be_confirmed(on: date | None) -> None:
    """A day that no rule gives needs a basis of its own: it is set."""
    addressee = make_addressee(recommendation=make_recommendation(), body=make_body("B"))
    with pytest.raises(ValidationError, match="with its own basis"):
        confirm_deadlines(addressees=[addressee], on=on, by=STAFF, at=AT)
    addressee.refresh_from_db()
    assert addressee.answer_due_on is None


def test_less_than_the_rule_gives_is_not_confirmed() -> None:
    """Nobody is called late by a day that a person named in the rule's name."""
    recommendation = make_recommendation(report=make_report(regime=make_regime(automatic=False)))
    addressee = make_addressee(recommendation=recommendation, body=make_body("B"))
    for early in (date(2000, 1, 1), date(2025, 7, 26)):
        with pytest.raises(ValidationError, match="until 2025-07-27"):
            confirm_deadlines(addressees=[addressee], on=early, by=STAFF, at=AT)
    confirm_deadlines(addressees=[addressee], on=date(2025, 8, 1), by=STAFF, at=AT)
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2025, 8, 1)


def test_no_extension_ends_before_the_ask() -> None:
    addressee = make_addressee(answer_due_on=date(2025, 7, 28))
    with pytest.raises(ValidationError, match="before the ask"):
        make_extension(addressee, until=date(2020, 1, 1))


def test_a_day_before_the_ask_is_no_deadline() -> None:
    addressee = make_addressee(recommendation=make_recommendation(), body=make_body("B"))
    how = {"clock": Clock.ACT, "basis": "The letter says so.", "strength": Strength.STATED}
    with pytest.raises(ValidationError, match="before the ask"):
        set_deadlines(addressees=[addressee], on=date(2025, 6, 1), by=STAFF, at=AT, **how)
    set_deadlines(addressees=[addressee], on=date(2025, 6, 2), by=STAFF, at=AT, **how)
    addressee.refresh_from_db()
    assert addressee.act_by == date(2025, 6, 2)


def a_promise() -> Addressee:
    recommendation = make_recommendation(act_by=date(2025, 9, 30), act_by_text="by the end of September 2025")
    return make_addressee(recommendation=recommendation, body=make_body("B"))


def test_a_promise_is_missed_once_when_its_day_has_passed() -> None:
    addressee = a_promise()
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0  # nobody promised anything
    make_answer(addressee, position="accepted")
    assert record_missed_deadlines(on=date(2025, 9, 30), by=CLOCK, at=AT) == 0
    assert record_missed_deadlines(on=date(2025, 10, 1), by=CLOCK, at=AT) == 1
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0
    assert Event.objects.get(kind="promise.missed").occurred_on == date(2025, 10, 1)


@pytest.mark.parametrize("position", ["rejected", "disputed", "unread", "noted"])
def test_who_did_not_promise_breaks_no_promise(position: str) -> None:
    make_answer(a_promise(), position=position)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0


def test_a_claim_of_delivery_or_a_verdict_holds_back_the_miss() -> None:
    addressee = a_promise()
    make_answer(addressee, position="accepted")
    make_assessment(addressee, assessed="2025-09-30")
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0


def test_a_verdict_made_in_time_retracts_the_miss_of_a_promise() -> None:
    addressee = a_promise()
    make_answer(addressee, position="accepted")
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 1
    make_assessment(addressee, view=View.VERDICT, implementation="implemented", assessed="2025-09")
    assert Event.objects.filter(kind="promise.miss_retracted").count() == 1


@pytest.mark.parametrize(
    "word", ["not_started", "in_progress", "stalled", "not_implemented", "cannot_determine"]
)
def test_a_verdict_that_it_is_not_done_closes_nothing(word: str) -> None:
    """The miss is recorded, and not taken back: either would be untrue."""
    addressee = a_promise()
    make_answer(addressee, position="accepted")
    make_assessment(addressee, view=View.VERDICT, implementation=word, assessed="2025-09-01")
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 1
    make_assessment(addressee, view=View.VERDICT, implementation=word, assessed="2025-09-02")
    assert not Event.objects.filter(kind="promise.miss_retracted").exists()


def test_a_draft_extension_of_the_time_to_act_holds_back_the_promise() -> None:
    recommendation = make_recommendation(kind="duty", act_by=date(2025, 9, 30), act_by_text="by law")
    addressee = make_addressee(recommendation=recommendation, body=make_body("B"))
    make_extension(addressee, clock=Clock.ACT, until=date(2025, 12, 31), published=False)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0


def test_a_recommendation_links_to_another_once() -> None:
    report = make_report()
    early, late = make_recommendation("Early", report=report), make_recommendation(number="2", report=report)

    def link(**fields: object) -> Link:
        values = {"recommendation": late, "other": early, "kind": LinkKind.REPEATS, "relation": Relation.SAME}
        return Link(**{**values, **fields})

    link_recommendations(links=[link()], by=STAFF, at=AT)
    for wrong in (link(), link(other=late), link(kind=LinkKind.DEPENDS_ON), link(relation="")):
        with pytest.raises(ValidationError):
            link_recommendations(links=[wrong], by=STAFF, at=AT)
    assert Link.objects.count() == 1


def test_a_correction_needs_a_reason_and_says_what_changed() -> None:
    report = make_report("A reprot")
    with pytest.raises(ValidationError) as refused:
        correct(fact=report, values={"title": "A report"}, reason=" ", by=STAFF, at=AT)
    assert "reason" in refused.value.message_dict
    assert correct(fact=report, values={"title": "A report"}, reason="Typing error", by=STAFF, at=AT)
    assert not correct(fact=report, values={"title": "A report"}, reason="Typing error", by=STAFF, at=AT)


def test_a_stale_correction_is_refused_with_both_versions() -> None:
    report = make_report("A reprot")
    seen = last_line(report)
    correct(fact=report, values={"title": "A report"}, reason="Typing error", by=STAFF, at=AT)
    with pytest.raises(StaleEdit) as refused:
        correct(fact=report, values={"title": "Report A"}, reason="Better", seen_line=seen, by=STAFF, at=AT)
    assert refused.value.theirs == {"title": "A report"}
    report.refresh_from_db()
    assert report.title == "A report"


@pytest.mark.parametrize("field", ["ref", "published_at", "answer_missed_on", "nonsense", "body"])
def test_a_correction_does_not_touch_what_has_an_action_of_its_own(field: str) -> None:
    addressee = make_addressee()
    with pytest.raises(ValidationError) as refused:
        correct(fact=addressee, values={field: None}, reason="Because of it", by=STAFF, at=AT)
    assert field in refused.value.message_dict


@pytest.mark.parametrize("field", ["kind", "author", "on_behalf_of_group"])
def test_whose_answer_it_is_is_not_corrected(field: str) -> None:
    response = make_answer(make_addressee()).response
    with pytest.raises(ValidationError) as refused:
        correct(fact=response, values={field: None}, reason="Because of it", by=STAFF, at=AT)
    assert field in refused.value.message_dict
    with pytest.raises(ValidationError):
        correct(fact=response, values={}, sets={"joint_authors": []}, reason="Because of it", by=STAFF, at=AT)


def test_a_corrected_private_note_is_a_private_line() -> None:
    body = make_body()
    correct(fact=body, values={"note": "Ring before noon"}, reason="For the next one", by=STAFF, at=AT)
    assert Event.objects.latest("pk").is_public is False


def test_a_corrected_first_date_moves_the_deadline_in_force() -> None:
    addressee = make_addressee()
    correct(
        fact=addressee,
        values={
            "first_answer_due_on": date(2025, 8, 1),
            "answer_due_basis": "56 days from the day it was sent.",
        },
        reason="The report was sent later",
        by=STAFF,
        at=AT,
    )
    addressee.refresh_from_db()
    assert addressee.answer_due_on == date(2025, 8, 1)


def the_silence_of(addressee: Addressee) -> Silence:
    check = make_check(addressee, checked_on=date(2026, 1, 5))
    [silence] = propose_silences(
        checks=[check],
        told_on=date(2026, 1, 6),
        told_how="By letter.",
        by=Actor(Role.STAFF, make_user("ada")),
        at=AT,
    )
    return silence


def test_a_silence_needs_a_second_person_and_ten_working_days() -> None:
    silence = the_silence_of(make_addressee())
    assert silence.answer_by == date(2026, 1, 20)
    with pytest.raises(ValidationError, match="Another person"):
        second_silences(silences=[silence], by=Actor(Role.STAFF, silence.proposed_by), at=AT)
    ben = Actor(Role.STAFF, make_user("ben"))
    last_day = AT.replace(month=1, day=20)
    with pytest.raises(ValidationError, match="wait for that day to end"):
        second_silences(silences=[silence], by=ben, at=last_day)
    second_silences(silences=[silence], by=ben, at=last_day + timedelta(days=1))
    assert Silence.objects.public().count() == 1
    line = Event.objects.latest("pk")
    assert (line.kind, line.is_public, line.occurred_on) == ("silence.confirmed", True, date(2026, 1, 5))
    assert b"ada" not in bytes(line.content.public)


def test_no_rule_confirms_a_silence_by_itself() -> None:
    silence = the_silence_of(make_addressee())
    with pytest.raises(ValidationError, match="A person must confirm"):
        second_silences(silences=[silence], by=CLOCK, at=AT)


@pytest.mark.parametrize("published", [True, False])
def test_an_answer_that_came_in_meanwhile_stops_the_second_person(published: bool) -> None:
    addressee = make_addressee()
    silence = the_silence_of(addressee)
    make_answer(addressee, answered="2026-01-15", published=published)
    with pytest.raises(ValidationError) as refused:
        second_silences(silences=[silence], by=Actor(Role.STAFF, make_user("ben")), at=AT)
    assert "addressee" in refused.value.message_dict


def test_only_who_is_overdue_can_be_silent() -> None:
    addressee = make_addressee(recommendation=make_recommendation(), body=make_body("B"))
    with pytest.raises(ValidationError, match="not overdue"):
        the_silence_of(addressee)


def test_a_silence_is_not_published_by_the_common_door() -> None:
    silence = the_silence_of(make_addressee())
    with pytest.raises(ValidationError, match="second person"):
        publish(facts=[silence], by=STAFF, at=AT)


def test_merged_bodies_hand_over_what_is_open_and_history_stays() -> None:
    report = make_report(regime=make_regime())
    one, two, heir = make_body("One"), make_body("Two"), make_body("Heir")
    open_ask, closed_ask = (make_recommendation(number=n, report=report) for n in ("1", "2"))
    open_one = make_addressee(recommendation=open_ask, body=one)
    open_two = make_addressee(recommendation=open_ask, body=two)
    closed = make_addressee(recommendation=closed_ask, body=one)
    make_assessment(closed, view=View.VERDICT, implementation="implemented")
    make_assessment(open_two, view=View.VERDICT, implementation="in_progress")
    how = {"on": date(2026, 1, 1), "reason": "Merged by an Act", "by": STAFF, "at": AT}
    end_bodies(bodies=[one, two], successor=heir, **how)
    for addressee, holder in ((open_one, heir), (open_two, heir), (closed, None)):
        addressee.refresh_from_db()
        assert addressee.duty_holder == holder
    assert Addressee.objects.count() == 3
    assert Event.objects.filter(kind="duty_holder.named", is_public=True).count() == 2
    # The heir's answer is the addressee's own now.
    assert make_answer(open_one, author=heir, answered="2026-02-01").on_behalf is False
    one.refresh_from_db()
    with pytest.raises(ValidationError, match="ended on"):
        end_bodies(bodies=[one], **how)


def test_what_is_entered_after_a_body_ended_is_handed_to_its_last_successor() -> None:
    """An old report is entered late: the body keeps the addressee, and who took over from its heir holds the duty."""
    old, heir, last = make_body("The old office"), make_body("Its heir"), make_body("The last heir")
    how = {"reason": "Merged by an Act", "by": STAFF, "at": AT}
    end_bodies(bodies=[old], successor=heir, on=date(2025, 1, 1), **how)
    end_bodies(bodies=[heir], successor=last, on=date(2026, 1, 1), **how)
    ask = make_recommendation()
    entered = address(recommendations=[ask], bodies=[old, heir, last], by=STAFF, at=AT)
    held = {row.body: row.duty_holder for row in Addressee.objects.filter(recommendation=ask)}
    assert held == {old: last, heir: last, last: None}
    lines = Event.objects.filter(kind="duty_holder.named", subject_id__in=[row.pk for row in entered])
    assert sorted(lines.values_list("occurred_on", "is_public")) == [
        (date(2025, 1, 1), False),
        (date(2026, 1, 1), False),
    ]


def test_an_end_that_was_wrong_is_taken_back_with_all_that_passed_on_by_it() -> None:
    oldest, old, heir, last, other = (make_body(name) for name in ("Oldest", "Old", "Heir", "Last", "Other"))
    ask = make_recommendation()
    address(recommendations=[ask], bodies=[oldest, old, heir, other], by=STAFF, at=AT)
    publish(facts=[*ask.addressees.all()], by=STAFF, at=AT)
    how = {"reason": "Merged by an Act", "by": STAFF, "at": AT}
    end_bodies(bodies=[oldest], successor=old, on=date(2024, 1, 1), **how)
    end_bodies(bodies=[old, other], successor=heir, on=date(2025, 1, 1), **how)
    end_bodies(bodies=[heir], successor=last, on=date(2026, 1, 1), **how)

    def held() -> dict[Body, Body | None]:
        return {row.body: row.duty_holder for row in ask.addressees.select_related("body", "duty_holder")}

    assert held() == {oldest: last, old: last, heir: last, other: last}
    take_back_ends(bodies=[old], reason="It was another office.", by=STAFF, at=AT)
    assert held() == {oldest: old, old: None, heir: last, other: last}
    old.refresh_from_db()
    assert (old.ended_on, old.successor) == (None, None)
    line = Event.objects.get(kind="body.corrected", is_public=True)
    assert line.subject_id == old.pk
    with pytest.raises(ValidationError, match="has not ended"):
        take_back_ends(bodies=[old], reason="Again.", by=STAFF, at=AT)
    end_bodies(bodies=[old], successor=last, on=date(2026, 2, 1), **how)
    assert held() == {oldest: last, old: last, heir: last, other: last}


def test_a_body_ends_once_whatever_the_caller_has_read() -> None:
    """Two people merge it from two screens: the second is told, and overwrites nothing."""
    body, stale = make_body("The old office"), Body.objects.get(name="The old office")
    first, second = make_body("The new office"), make_body("Another office")
    ending = {"reason": "Merged by an Act", "by": STAFF, "at": AT}
    end_bodies(bodies=[body], on=date(2026, 1, 1), successor=first, **ending)
    with pytest.raises(ValidationError, match="ended on 2026-01-01: take that back first"):
        end_bodies(bodies=[stale], on=date(2026, 2, 1), successor=second, **ending)
    stale.refresh_from_db()
    assert (stale.ended_on, stale.successor) == (date(2026, 1, 1), first)
    with pytest.raises(ValidationError, match="another body that has not ended"):
        end_bodies(bodies=[first], on=date(2026, 2, 1), successor=stale, **ending)


def test_words_outside_the_vocabulary_are_refused_by_the_database_too() -> None:
    body = make_body()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_body SET kind = 'nonsense' WHERE id = %s", [body.pk])


def test_an_immediate_ask_makes_nobody_late() -> None:
    recommendation = make_recommendation(act_by_kind=TimeKind.IMMEDIATE, act_by_text="immediately")
    addressee = make_addressee(recommendation=recommendation, body=make_body("B"))
    make_answer(addressee, position="accepted")
    assert addressee.act_by is None
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0
