"""What became of each addressee by a day, in SQL: in time or late, promised and missed, delivered in whose view.

The twin of `lateness.py` and of `promises.py`, for scorecards over thousands; one test compares
them. The addressees given are taken to be public.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from tracker.models import Addressee, Answer, Assessment, Body, Check, Regime
from tracker.queries.statuses import ONE, Day, answers_given, due_in_force, with_status
from tracker.statuses import DELIVERED
from tracker.vocabulary import (
    ADVERSE_VERDICTS,
    PROMISING_KINDS,
    PROMISING_POSITIONS,
    Clock,
    Finding,
    ResponseDate,
    View,
)


def latest_assessment(view: View, on: date) -> Subquery:
    """How far one addressee has delivered as one view last saw it by a day."""
    return Subquery(assessments_of(view, on).values("implementation")[:1], CharField())


def shown_as(view: View, words: Sequence[str], of: str) -> Q:
    """One view is shown with one of these words, of rows that know under `of` what it last said."""
    resting = [word for word in words if view == View.VERDICT and word in ADVERSE_VERDICTS]
    others = [word for word in words if word not in resting]
    return Q(**{f"{of}__in": others}) | Q(**{f"{of}__in": resting}, under_review_since=None)


def verdict_rests(word: str) -> str:
    """The same in SQL: a verdict of ours that nothing was done is not shown while staff look into a challenge."""
    words = ", ".join(f"'{each.value}'" for each in ADVERSE_VERDICTS)
    return f"tracker_addressee.under_review_since IS NOT NULL AND {word} IN ({words})"


def assessments_of(view: View, on: Day) -> QuerySet[Assessment]:
    """What one view said of one addressee by a day, the latest first."""
    return assessments_made(on).filter(view=view)


def assessments_made(on: Day, *, of: Any = ONE) -> QuerySet[Assessment]:
    """What was said of one addressee by a day, of each view the latest first; of two on one day the later entered."""
    return (
        Assessment.objects.public(given=("addressee",))
        .filter(addressee=of, assessed_earliest__lte=on)
        .order_by("view", "-assessed_latest", "-pk")
    )


def with_outcome(addressees: QuerySet[Addressee], on: date) -> QuerySet[Addressee]:
    """Annotate, besides what `with_status` does, what a scorecard counts.

    `undated` (an answer shows no date), `first_on` (the first day of the first answer, own or on behalf),
    `counted_on` (the same by the date that its regime counts), `due_then` (the deadline in force that day),
    `view_…` (the latest assessment of each view), `promised`, `act_on` (the time to act in force), `promise_missed`.
    """
    rows = with_status(addressees, on).annotate(
        undated=shows_no_date(on),
        first_on=_first(answers_given(on), "response__answered_earliest"),
        counted_on=first_counted_on(on),
        act_on=due_in_force(Clock.ACT, on),
        bound=bound(),
        **{f"view_{view.value}": latest_assessment(view, on) for view in View},
    )
    return rows.annotate(
        due_then=due_in_force(Clock.ANSWER, OuterRef("counted_on")),
        promised=promised(),
        looked_after=Exists(looked_after(on)),
    ).annotate(promise_missed=promise_missed(on))


def shows_no_date(on: Day) -> Exists:
    """An answer given by a day, own or on behalf, shows no date."""
    return Exists(answers_given(on).filter(response__answered_earliest=None))


def first_counted_on(on: Day) -> Subquery:
    """The first day of the first answer given by a day, by the date that its regime counts."""
    given = answers_given(on).annotate(_counts=_regime_counts()).annotate(_counted=counted_day())
    return _first(given, "_counted")


def promise_missed(on: Day) -> Case:
    """`promises.promise_missed`, of rows that know what is named here, and two of the views."""
    missed = Q(promised=True, act_on__lt=on, looked_after=True, reviewed_since=None)
    return _whether(undelivered() & missed)


def _first(given: QuerySet[Answer], day: str) -> Subquery:
    return Subquery(given.order_by(F(day).asc(nulls_last=True)).values(day)[:1], DateField())


def _regime_counts() -> Subquery:
    """Which date of a response the public regime of the ask counts."""
    ask = "addressee__recommendation"
    regime = Coalesce(OuterRef(f"{ask}__answer_regime"), OuterRef(f"{ask}__report__regime"))
    return Subquery(Regime.objects.public().filter(pk=regime).values("counts_on")[:1], CharField())


def counted_day() -> Coalesce:
    """Of answers that know `_counts`: the first day of that date, or of the earliest that is known."""
    of_regime = Case(
        *(When(_counts=name, then=F(f"response__{name}_earliest")) for name in ResponseDate.values),
        output_field=DateField(),
    )
    return Coalesce(of_regime, F("response__answered_earliest"))


def bound() -> Case:
    """Its ask is a duty, or its own commitment."""
    return _whether(Q(recommendation__kind__in=[kind.value for kind in PROMISING_KINDS]))


def promised() -> Case:
    """It has bound itself, or is bound by law; of rows that know `bound`, `position_on` and `on_behalf_on`."""
    own = Q(on_behalf_on=False, position_on__in=[position.value for position in PROMISING_POSITIONS])
    return _whether(Q(bound=True) | own)


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def undelivered() -> Q:
    """Neither the register's verdict nor the body's claim says that it is done; of rows that know these two views.

    The twin of `statuses.is_delivered`.
    """
    words = [word.value for word in DELIVERED]
    return ~Q(view_verdict__in=words, view_verdict__isnull=False) & ~Q(
        view_claimed__in=words, view_claimed__isnull=False
    )


def not_closed(on: date) -> QuerySet[Addressee]:
    """The addressees whose latest verdict by a day, if there is one, leaves something to be done."""
    closed = Addressee.objects.annotate(_verdict=latest_assessment(View.VERDICT, on)).filter(
        _verdict__in=[word.value for word in DELIVERED]
    )
    return Addressee.objects.filter(withdrawn_at=None).exclude(pk__in=closed.values("pk"))


def held_open_by(bodies: Collection[Body] | Collection[int], on: date) -> QuerySet[Addressee]:
    """What bodies have to answer for and no verdict closes: their own and what they took over, less what passed on."""
    return not_closed(on).filter(Q(duty_holder__in=bodies) | Q(body__in=bodies, duty_holder=None))


def looked_after(on: Day) -> QuerySet[Check]:
    """The public checks that found nothing delivered after the time to act had passed."""
    return Check.objects.public(given=("addressee",)).filter(
        addressee=OuterRef("pk"),
        clock=Clock.ACT,
        finding=Finding.NOTHING,
        checked_on__lte=on,
        checked_on__gt=OuterRef("act_on"),
    )
