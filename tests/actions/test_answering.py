"""Recording responses: one document, many answers; whose answer it is; what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_body,
    make_extension,
    make_group,
    make_recommendation,
    make_regime,
    make_report,
    make_source,
)
from tracker.actions.deadlines import record_missed_deadlines
from tracker.actions.publishing import publish, withdraw
from tracker.actions.reports import address
from tracker.actions.responses import add_answers, record_response
from tracker.ledger import CLOCK
from tracker.models import Addressee, Answer, Body, Event, Group, Recommendation, Response
from tracker.models.base import span_columns
from tracker.spans import parse_span
from tracker.vocabulary import Basis, Reason, ResponseKind, Verification

pytestmark = pytest.mark.django_db

TODAY = AT.date()


@pytest.fixture
def forces() -> tuple[Recommendation, Group, list[Body]]:
    """One ask, under a rule of 56 days, put to a group of three."""
    make_source()
    bodies = [make_body(f"Force {n}") for n in range(3)]
    group = make_group(bodies=bodies)
    recommendation = make_recommendation(report=make_report(regime=make_regime()))
    publish(facts=address(recommendations=[recommendation], groups=[group], by=STAFF, at=AT), by=STAFF, at=AT)
    return recommendation, group, bodies


def letter(author: Body, **fields: object) -> Response:
    fields.setdefault("source", make_source("A letter"))
    answered = fields.pop("answered", "2025-07-01")
    return Response(
        title="A letter",
        kind=fields.pop("kind", ResponseKind.FORMAL),
        author=author,
        verification=Verification.EXCERPT,
        **span_columns("written", parse_span(str(answered)) if answered else None),
        **fields,
    )


def answers_of(recommendation: Recommendation, **fields: object) -> list[Answer]:
    return [
        Answer(addressee=addressee, **{"position": "rejected", **fields})
        for addressee in recommendation.addressees.all()
    ]


def test_one_letter_answers_for_all_members_of_a_group(
    forces: tuple[Recommendation, Group, list[Body]],
) -> None:
    recommendation, group, _ = forces
    council = make_body("A council")
    response = letter(council, on_behalf_of_group=group)
    record_response(response=response, answers=answers_of(recommendation), by=STAFF, at=AT)
    assert [answer.on_behalf for answer in response.answers.all()] == [True, True, True]
    lines = Event.objects.filter(kind="answer.recorded")
    assert lines.count() == 3
    assert lines.values("action").distinct().count() == 1


@pytest.mark.parametrize("position", ["rejected", "partially_accepted"])
def test_a_refusal_in_their_words_has_a_reason_code(
    forces: tuple[Recommendation, Group, list[Body]], position: str
) -> None:
    """Our reading of another's account may not tell it: then it stays empty, and is not called "none given"."""
    recommendation, group, _ = forces
    council = make_body("A council")

    def enter(**fields: str) -> None:
        answers = answers_of(recommendation, position=position, **fields)
        record_response(response=letter(council, on_behalf_of_group=group), answers=answers, by=STAFF, at=AT)

    with pytest.raises(ValidationError, match="in their words has one: choose evidence"):
        enter(basis=Basis.THEIR_WORDS)
    assert not Answer.objects.exists()
    enter(basis=Basis.THEIR_WORDS, reason=Reason.NONE_GIVEN)
    enter(basis=Basis.OUR_READING)


def test_a_response_without_a_source_is_refused(forces: tuple[Recommendation, Group, list[Body]]) -> None:
    recommendation, _, bodies = forces
    response = letter(bodies[0], source=None)
    with pytest.raises(ValidationError) as refused:
        record_response(response=response, answers=answers_of(recommendation)[:1], by=STAFF, at=AT)
    assert "source" in refused.value.message_dict
    assert not Response.objects.exists()


def test_an_answer_before_the_ask_is_refused(forces: tuple[Recommendation, Group, list[Body]]) -> None:
    recommendation, _, bodies = forces
    lines = Event.objects.count()
    for answered, refused in {"2025-06-01": True, "2025-06-02": False, "2025-06": False}.items():
        addressee = recommendation.addressees.get(body=bodies[0])
        source = make_source(f"Letter of {answered}")
        response = letter(bodies[0], answered=answered, source=source)
        before = Event.objects.count()
        if refused:
            with pytest.raises(ValidationError) as error:
                _record(response, addressee)
            assert "written_on" in error.value.message_dict
            assert (Response.objects.count(), Event.objects.count()) == (0, before)
        else:
            _record(response, addressee)
    assert Event.objects.count() > lines


def _record(response: Response, addressee: Addressee) -> None:
    answers = [Answer(addressee=addressee, position="accepted")]
    record_response(response=response, answers=answers, by=STAFF, at=AT)


def test_an_answer_that_has_not_come_yet_is_refused(
    forces: tuple[Recommendation, Group, list[Body]],
) -> None:
    recommendation, _, bodies = forces
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    with pytest.raises(ValidationError) as refused:
        _record(letter(bodies[0], answered=tomorrow), recommendation.addressees.get(body=bodies[0]))
    assert "written_on" in refused.value.message_dict


def test_an_answer_by_somebody_who_does_not_speak_for_the_body_is_refused(
    forces: tuple[Recommendation, Group, list[Body]],
) -> None:
    recommendation, _, bodies = forces
    stranger = make_body("A commissioner")
    with pytest.raises(ValidationError, match="development"):
        _record(letter(stranger), recommendation.addressees.get(body=bodies[0]))


def test_a_response_answers_an_addressee_once(forces: tuple[Recommendation, Group, list[Body]]) -> None:
    recommendation, _, bodies = forces
    addressee = recommendation.addressees.get(body=bodies[0])
    answers = [Answer(addressee=addressee, position=position) for position in ("accepted", "rejected")]
    with pytest.raises(ValidationError):
        record_response(response=letter(bodies[0]), answers=answers, by=STAFF, at=AT)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"position": "deferred"}, "waits_for"),
        ({"position": "refers_elsewhere"}, "points_to"),
        ({"position": ""}, "position"),
        ({"position": "ignored"}, "position"),
        ({"position": "accepted", "summary": "a\x00b"}, "summary"),
        ({"position": "accepted", "conditions": "a\ud800b"}, "conditions"),
        ({"position": "accepted", "quote": "x" * 501}, "quote"),
    ],
)
def test_a_bad_answer_names_the_field(
    forces: tuple[Recommendation, Group, list[Body]], fields: dict[str, str], named: str
) -> None:
    recommendation, _, bodies = forces
    addressee = recommendation.addressees.get(body=bodies[0])
    with pytest.raises(ValidationError) as refused:
        record_response(
            response=letter(bodies[0]), answers=[Answer(addressee=addressee, **fields)], by=STAFF, at=AT
        )
    assert named in refused.value.message_dict
    assert not Response.objects.exists()


def test_a_draft_answer_holds_back_the_miss_until_it_is_withdrawn() -> None:
    addressee = make_addressee()
    draft = make_answer(addressee, published=False)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0
    withdraw(facts=[draft], reason="It answered another ask", by=STAFF, at=AT)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 1
    line = Event.objects.get(kind="deadline.missed")
    assert (line.occurred_on, line.is_public) == (date(2025, 7, 28), False)


def test_a_draft_extension_holds_back_the_miss() -> None:
    addressee = make_addressee()
    extension = make_extension(addressee, until=date(2026, 6, 1), published=False)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0
    publish(facts=[extension], by=STAFF, at=AT)
    addressee.refresh_from_db()
    assert (addressee.answer_due_on, addressee.first_answer_due_on) == (date(2026, 6, 1), date(2025, 7, 27))
    assert record_missed_deadlines(on=date(2026, 6, 1), by=CLOCK, at=AT) == 0
    assert record_missed_deadlines(on=date(2026, 6, 2), by=CLOCK, at=AT) == 1


def test_more_of_a_letter_is_read_later(forces: tuple[Recommendation, Group, list[Body]]) -> None:
    recommendation, _, bodies = forces
    first, second = (recommendation.addressees.get(body=body) for body in bodies[:2])
    answer = make_answer(first, author=bodies[0], joint_authors=[bodies[1]])
    add_answers(
        response=answer.response, answers=[Answer(addressee=second, position="noted")], by=STAFF, at=AT
    )
    added = Answer.objects.get(addressee=second)
    assert (added.on_behalf, added.is_draft) == (False, True)
    stranger = Answer(addressee=recommendation.addressees.get(body=bodies[2]), position="noted")
    with pytest.raises(ValidationError, match="does not answer for"):
        add_answers(response=answer.response, answers=[stranger], by=STAFF, at=AT)


@pytest.mark.parametrize(
    ("answered", "retracted"), [("2025-07-27", True), ("2025-07", True), (None, True), ("2025-07-28", False)]
)
def test_a_miss_is_retracted_when_an_answer_given_in_time_turns_up(
    answered: str | None, retracted: bool
) -> None:
    addressee = make_addressee()
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 1
    make_answer(addressee, answered=answered)
    addressee.refresh_from_db()
    assert Event.objects.filter(kind="deadline.miss_retracted").exists() is retracted
    assert (addressee.answer_missed_on is None) is retracted
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0


def test_a_miss_is_retracted_when_the_deadline_had_been_moved() -> None:
    addressee = make_addressee()
    record_missed_deadlines(on=TODAY, by=CLOCK, at=AT)
    make_extension(addressee, until=date(2025, 12, 1), granted="2025-07-20")
    assert Event.objects.filter(kind="deadline.miss_retracted").count() == 1
    # The moved deadline was missed too: another date, another line.
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 1
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0
    days = Event.objects.filter(kind="deadline.missed").order_by("pk").values_list("occurred_on", flat=True)
    assert list(days) == [date(2025, 7, 28), date(2025, 12, 2)]


def test_a_sweep_three_days_late_dates_the_miss_the_day_after_the_deadline() -> None:
    make_addressee()
    assert record_missed_deadlines(on=date(2025, 7, 27), by=CLOCK, at=AT) == 0
    assert record_missed_deadlines(on=date(2025, 7, 31), by=CLOCK, at=AT) == 1
    assert record_missed_deadlines(on=date(2025, 7, 31), by=CLOCK, at=AT) == 0
    line = Event.objects.get(kind="deadline.missed")
    assert (line.occurred_on, line.recorded_at) == (date(2025, 7, 28), AT)


def test_a_draft_addressee_is_not_swept() -> None:
    make_addressee(published=False)
    assert record_missed_deadlines(on=TODAY, by=CLOCK, at=AT) == 0


def test_a_letter_cannot_be_published_without_its_source() -> None:
    addressee = make_addressee()
    answer = make_answer(addressee, published=False)
    response = answer.response
    response.verification = Verification.UNVERIFIED
    with pytest.raises(ValidationError, match="check it against its source"):
        publish(facts=[response, answer], by=STAFF, at=AT)
