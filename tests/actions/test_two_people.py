"""What a body would contest is published by two people, whatever way it goes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_assessment,
    make_check,
    make_report,
    make_source,
    make_user,
)
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.actions.responses import record_response
from tracker.ledger import LOADER, Actor
from tracker.models import Addressee, Answer, Assessment, Event, Fact, Response, SecondLook, Source, User
from tracker.models.base import span_columns
from tracker.queries.drafts import held_clocks
from tracker.queries.facts import public_records
from tracker.queries.second_looks import is_adverse
from tracker.spans import parse_span
from tracker.vocabulary import (
    Basis,
    Clock,
    Finding,
    Implementation,
    Position,
    ResponseKind,
    Role,
    StaffRole,
    Verification,
    View,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def rule(settings: Any) -> None:
    settings.TWO_PERSON_RULE = True


@pytest.fixture
def ada() -> Actor:
    return Actor(Role.STAFF, make_user("ada", StaffRole.PUBLISHER))


@pytest.fixture
def ben() -> Actor:
    return Actor(Role.STAFF, make_user("ben", StaffRole.PUBLISHER))


def refusal(by: Actor, *, position: str = Position.REJECTED, basis: str = Basis.OUR_READING) -> Answer:
    """A draft answer that somebody entered, under a response that is published."""
    addressee = make_addressee()
    response = Response(
        title="A letter",
        kind=ResponseKind.FORMAL,
        author=addressee.body,
        source=Source.objects.first(),
        verification=Verification.EXCERPT,
        **span_columns("written", parse_span("2025-07-01")),
    )
    answer = Answer(addressee=addressee, position=position, basis=basis, summary="What it says.")
    record_response(response=response, answers=[answer], by=by, at=AT)
    publish(facts=[response], by=by, at=AT)
    return answer


def test_whoever_entered_a_refusal_in_our_words_cannot_publish_it_and_another_can(
    ada: Actor, ben: Actor
) -> None:
    answer = refusal(ada)
    assert publish(facts=[answer], by=ada, at=LATER) == [answer]
    assert not Answer.objects.public().exists()
    look = SecondLook.objects.get()
    assert (look.noun, look.fact_id, look.asked_by, look.ended_at) == ("answer", answer.pk, ada.user, None)
    assert publish(facts=[answer], by=ben, at=LATER) == []
    assert Answer.objects.public().get() == answer
    look.refresh_from_db()
    assert look.ended_at == LATER


def test_asking_twice_is_waiting_once(ada: Actor) -> None:
    answer = refusal(ada)
    publish(facts=[answer], by=ada, at=LATER)
    publish(facts=[answer], by=ada, at=LATER)
    assert SecondLook.objects.count() == 1


def test_what_waits_is_a_draft_like_any_other_it_holds_the_clocks_and_nobody_outside_hears(
    ada: Actor,
) -> None:
    answer = refusal(ada)
    before = Event.objects.filter(is_public=True).count()
    publish(facts=[answer], by=ada, at=LATER)
    assert Event.objects.filter(is_public=True).count() == before
    held = held_clocks(public_records([answer.addressee]))
    assert answer.addressee_id in held[Clock.ANSWER]


def test_what_is_published_with_it_and_contests_nothing_is_published(ada: Actor) -> None:
    answer, other = refusal(ada), make_report("Another", published=False)
    assert publish(facts=[answer, other], by=ada, at=LATER) == [answer]
    other.refresh_from_db()
    assert other.is_published


def test_who_corrected_the_draft_is_one_of_those_who_wrote_it(ada: Actor, ben: Actor) -> None:
    answer = refusal(ada, position=Position.NOTED)
    correct(fact=answer, values={"position": Position.REJECTED}, reason="It is a refusal.", by=ben, at=AT)
    answer.refresh_from_db()
    assert publish(facts=[answer], by=ben, at=LATER) == [answer]
    assert publish(facts=[answer], by=ada, at=LATER) == [answer]
    cleo = Actor(Role.STAFF, make_user("cleo", StaffRole.PUBLISHER))
    assert publish(facts=[answer], by=cleo, at=LATER) == []


def test_a_stale_copy_of_the_draft_does_not_pass(ada: Actor) -> None:
    answer = refusal(ada, position=Position.NOTED)
    stale = Answer.objects.get(pk=answer.pk)
    correct(fact=answer, values={"position": Position.REJECTED}, reason="It is a refusal.", by=ada, at=AT)
    assert publish(facts=[stale], by=ada, at=LATER) == [stale]


def test_a_published_answer_is_not_made_a_refusal_by_one_person(ada: Actor, ben: Actor) -> None:
    answer = refusal(ada, position=Position.NOTED)
    assert publish(facts=[answer], by=ada, at=LATER) == []
    with pytest.raises(ValidationError, match="Two people say this of a body"):
        correct(fact=answer, values={"position": Position.REJECTED}, reason="It refuses.", by=ada, at=LATER)
    withdraw(facts=[answer], reason="It refuses.", by=ada, at=LATER)
    correct(fact=answer, values={"position": Position.REJECTED}, reason="It refuses.", by=ada, at=LATER)
    answer.refresh_from_db()
    assert publish(facts=[answer], by=ada, at=LATER) == [answer]
    assert publish(facts=[answer], by=ben, at=LATER) == []


def test_the_words_around_a_published_refusal_may_be_put_right_by_one(ada: Actor, ben: Actor) -> None:
    answer = refusal(ada)
    publish(facts=[answer], by=ben, at=LATER)
    assert correct(fact=answer, values={"summary": "It says no."}, reason="A slip.", by=ada, at=LATER)


def test_withdrawing_what_waits_ends_the_waiting(ada: Actor) -> None:
    answer = refusal(ada)
    publish(facts=[answer], by=ada, at=LATER)
    withdraw(facts=[answer], reason="Entered twice.", by=ada, at=LATER)
    assert SecondLook.objects.get().ended_at == LATER


def test_an_import_by_a_person_is_bound_and_a_file_loaded_by_command_is_not(ada: Actor) -> None:
    importing = Actor(Role.LOADER, ada.user)
    answer = refusal(importing)
    assert publish(facts=[answer], by=importing, at=LATER) == [answer]
    assert publish(facts=[answer], by=ada, at=LATER) == [answer]
    assert publish(facts=[answer], by=LOADER, at=LATER) == []


def test_nobody_in_particular_cannot_publish_it(ada: Actor) -> None:
    answer = refusal(ada)
    with pytest.raises(ValidationError, match="A person must publish this"):
        publish(facts=[answer], by=STAFF, at=LATER)


def test_without_the_rule_one_person_is_enough(ada: Actor, settings: Any) -> None:
    settings.TWO_PERSON_RULE = False
    answer = refusal(ada)
    assert publish(facts=[answer], by=ada, at=LATER) == [] and Answer.objects.public().exists()


def facts_of_each_kind(addressee: Addressee) -> dict[str, Fact]:
    on = date(2025, 9, 1)
    return {
        "check": make_check(addressee, checked_on=on, clock=Clock.ACT, published=False),
        "looked for an answer": make_check(addressee, checked_on=on, clock=Clock.ANSWER, published=False),
        "found": make_check(
            addressee, checked_on=on, clock=Clock.ACT, finding=Finding.FOUND, published=False
        ),
        "verdict": make_assessment(
            addressee, view=View.VERDICT, implementation=Implementation.NOT_IMPLEMENTED, published=False
        ),
        "good verdict": make_assessment(addressee, view=View.VERDICT, published=False),
        "claim": make_assessment(
            addressee, view=View.CLAIMED, implementation=Implementation.NOT_STARTED, published=False
        ),
    }


def test_what_is_adverse(settings: Any) -> None:
    facts = facts_of_each_kind(make_addressee())
    assert {name for name, fact in facts.items() if is_adverse(fact)} == {"check", "verdict"}
    their_words = Answer(position=Position.REJECTED, basis=Basis.THEIR_WORDS)
    assert not is_adverse(their_words)
    for position in Position:
        adverse = position in (Position.REJECTED, Position.PARTIALLY_ACCEPTED, Position.DISPUTED)
        assert is_adverse(Answer(position=position, basis=Basis.OUR_READING)) is adverse
    assert not is_adverse(make_source())


def test_a_broken_promise_needs_two_as_well(ada: Actor, ben: Actor, settings: Any) -> None:
    settings.TWO_PERSON_RULE = False
    addressee = make_addressee()
    draft = facts_of_each_kind(addressee)["verdict"]
    settings.TWO_PERSON_RULE = True
    correct(fact=draft, values={"summary": "Nothing came."}, reason="Put shorter.", by=ada, at=AT)
    assert publish(facts=[draft], by=ada, at=LATER) == [draft]
    assert publish(facts=[draft], by=ben, at=LATER) == []
    assert Assessment.objects.public().exists() and User.objects.count() == 2
    assert make_answer(addressee, position=Position.ACCEPTED).is_published
