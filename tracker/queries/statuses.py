"""The status of addressees in SQL, for lists: the twin of `statuses.py`, for any date.

One test runs both over one table of cases (tests/rules/test_statuses.py). Each value is a subquery that reads
the answers, extensions or checks of one addressee by their index; the addressees given are taken to be public.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from tracker.models import Addressee, Answer, Check, Extension, Silence
from tracker.queries.days import register_midnight_after
from tracker.statuses import RECHECK_AFTER
from tracker.vocabulary import Basis, Clock, Finding, Position, ResponseDate, Status

# A day, or what stands for one: a column of the addressee, a parameter of a text (`sql.Named`).
Day = date | OuterRef | Expression
# The addressee of a row that is annotated; a text names a column instead.
ONE = OuterRef("pk")


def asked_by(addressees: QuerySet[Addressee], on: Day) -> QuerySet[Addressee]:
    """The addressees whose ask may have been made by a day."""
    return addressees.filter(recommendation__asked_earliest__lte=on)


def with_status(addressees: QuerySet[Addressee], on: date) -> QuerySet[Addressee]:
    """Annotate what a list filters and orders by, as of a day.

    `status_on`, `due_on` (the confirmed deadline to answer in force), `days_overdue` (0 unless overdue or
    ignored), `position_on` and `on_behalf_on` (of the answer in force; null without one), `position_shown` (null too
    while a reading of ours rests), `answered_on_day` (the first day on which that answer may have been given),
    `reviewed_since` (while staff look into a challenge).
    """
    return standing(addressees, on, register_midnight_after(on), on - RECHECK_AFTER)


def standing(
    addressees: QuerySet[Addressee], on: Day, ended: datetime | Expression, looked_since: Day
) -> QuerySet[Addressee]:
    """The same as of a day that ended at a moment, where somebody must have looked since another day."""
    answer = answer_in_force(on, ended)
    return (
        addressees.annotate(
            position_on=_of(answer, "position", CharField()),
            basis_on=_of(answer, "basis", CharField()),
            on_behalf_on=_of(answer, "on_behalf", BooleanField()),
            reviewed_since=F("under_review_since"),
            answered_on_day=_of(answer, "response__answered_earliest", DateField()),
            wait_ended_on=Subquery(answer.annotate(_came=came_on())[:1].values("_came"), DateField()),
            due_on=due_in_force(Clock.ANSWER, on),
        )
        .annotate(
            _silent=silence_stands(on, looked_since),
        )
        .annotate(status_on=status_shown(on))
        .annotate(days_overdue=days_overdue(on), position_shown=position_shown())
    )


def answer_shown(on: date) -> Subquery:
    """The response of the answer of one addressee that is in force on a day."""
    return _of(answer_in_force(on, register_midnight_after(on)), "response", BigIntegerField())


def answers_given(on: Day, *, holding: bool = False) -> QuerySet[Answer]:
    """The public answers to one addressee that may have been given by a day; or the holding replies."""
    return said_by(on).filter(holding=holding).alias(_last_day=last_day())


def said_by(on: Day, *, of: Any = ONE) -> QuerySet[Answer]:
    """All that was said to one addressee by a day, answers and holding replies."""
    return (
        Answer.objects.public(given=("addressee",))
        .filter(addressee=of)
        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))
    )


def last_day() -> Least:
    """The last day of the earliest of a response's dates, `Response.answered_on`: of a month it is the month's last."""
    dates = [f"response__{name}" for name in ResponseDate.values]
    return Least(
        *(
            Case(When(**{f"{name}_earliest": F("response__answered_earliest")}, then=F(f"{name}_latest")))
            for name in dates
        )
    )


def answer_in_force(on: Day, ended: datetime | Expression) -> QuerySet[Answer]:
    """The public answers to one addressee given by a day, which ended at a moment; the one in force first.

    Own before on behalf, dated before undated, later before earlier, then later recorded. No holding replies.
    What is undated and unread comes last before the day on which it was located (`AnswerFacts.tier_on`).
    """
    return answers_given(on).order_by(tier(ended), *_latest_first())


def tier(ended: datetime | Expression) -> Case:
    """Own before on behalf; what is undated and unread last, before the day on which it was located has ended."""
    located_later = Q(position=Position.UNREAD, response__answered_latest=None, recorded_at__gte=ended)
    return Case(
        When(located_later, then=2), When(on_behalf=True, then=1), default=0, output_field=IntegerField()
    )


def _latest_first() -> tuple[Any, ...]:
    """Dated before undated, later before earlier, then later recorded (`AnswerFacts.rank`)."""
    return F("_last_day").desc(nulls_last=True), "-recorded_at", "-pk"


def _of(answer: QuerySet[Answer], field: str, output: Any) -> Subquery:
    return Subquery(answer.values(field)[:1], output)


def came_on() -> Case:
    """The day on which what an answer waited for came: as recorded, else the date of the public report."""
    return Case(
        When(wait_ended_on__isnull=False, then=F("wait_ended_on")),
        When(
            Q(waits_for_report__published_at__isnull=False, waits_for_report__withdrawn_at=None),
            then=F("waits_for_report__dated_latest"),
        ),
        output_field=DateField(),
    )


def due_in_force(clock: Clock, on: Day) -> Coalesce:
    """The first date, or the day to which the latest extension granted by then moved it."""
    first = "first_answer_due_on" if clock == Clock.ANSWER else "first_act_by"
    moved = Subquery(extension_in_force(clock, on).values("until_on")[:1])
    return Coalesce(Case(When(**{f"{first}__isnull": False}, then=moved), output_field=DateField()), F(first))


def extension_in_force(clock: Clock, on: Day) -> QuerySet[Extension]:
    """The public extensions of one addressee granted by a day, the one in force first."""
    return (
        Extension.objects.public(given=("addressee",))
        .filter(addressee=OuterRef("pk"), clock=clock, granted_earliest__lte=on)
        .order_by("-granted_latest", "-pk")
    )


def silence_stands(on: Day, looked_since: Day) -> Any:
    """A silence of one addressee stands on a check made by a day, and somebody found nothing since another one."""
    looked = Check.objects.public(given=("addressee",)).filter(
        addressee=OuterRef("pk"),
        clock=Clock.ANSWER,
        finding=Finding.NOTHING,
        checked_on__range=(looked_since, on),
    )
    return Exists(silences(on)) & Exists(looked)


def silences(on: Day) -> QuerySet[Silence]:
    """The confirmed silences of one addressee that stand on a check made by a day."""
    return Silence.objects.public(given=("addressee",)).filter(addressee=ONE, found_by__checked_on__lte=on)


def our_refusal_rests() -> Q:
    """The register reads the answer in force as a refusal, and staff look into a challenge of it."""
    return Q(reviewed_since__isnull=False, position_on=Position.REJECTED, basis_on=Basis.OUR_READING)


def position_shown() -> Case:
    """The position of the answer in force, as far as it is said."""
    return Case(
        When(our_refusal_rests(), then=Value(None, CharField())),
        default=F("position_on"),
        output_field=CharField(),
    )


def status_shown(on: Day) -> Case:
    """The table of design.md section 2, top to bottom; what is adverse rests while staff look (`RESTING`)."""
    deferral_ended = Q(position_on=Position.DEFERRED, wait_ended_on__lte=on)
    adverse = Q(position_on=None) | (deferral_ended & Q(on_behalf_on=False))
    rests = (Q(reviewed_since__isnull=False) & adverse) | our_refusal_rests()
    return Case(
        When(Q(position_on=None) & (Q(due_on=None) | Q(due_on__gte=on)), then=Value(Status.AWAITING.value)),
        When(rests, then=Value(Status.UNDER_REVIEW.value)),
        When(Q(position_on=None, _silent=True), then=Value(Status.IGNORED.value)),
        When(position_on=None, then=Value(Status.OVERDUE.value)),
        When(on_behalf_on=True, then=Value(Status.ANSWERED_FOR_IT.value)),
        When(deferral_ended, then=Value(Status.DEFERRAL_ENDED.value)),
        default=F("position_on"),
        output_field=CharField(),
    )


def days_overdue(on: Day) -> Case:
    """Calendar days since the deadline, for what is still outstanding."""
    return Case(
        When(
            status_on__in=[Status.OVERDUE.value, Status.IGNORED.value],
            then=Func(
                on if isinstance(on, Expression) else Value(on),
                F("due_on"),
                template="(%(expressions)s)",
                arg_joiner="::date - ",
            ),
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
