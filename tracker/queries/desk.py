"""What waits for the staff: the queues of the desk. Each is one list, counted by one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from tracker.models import Addressee, Check, Endpoint, Fact, Message, MessageState, Proposal, Silence
from tracker.vocabulary import Clock, ProposalState, TimeKind

SOON = timedelta(days=28)


def missed_and_not_checked(_on: date) -> QuerySet[Addressee]:
    """The time to answer passed, and nobody has looked since."""
    return _missed_and_not_checked("answer_missed_on", Clock.ANSWER)


def promises_not_checked(_on: date) -> QuerySet[Addressee]:
    """The time to act passed on what a body bound itself to, and nobody has looked since."""
    return _missed_and_not_checked("promise_missed_on", Clock.ACT)


def _missed_and_not_checked(column: str, clock: Clock) -> QuerySet[Addressee]:
    looked = Check.objects.filter(
        addressee=OuterRef("pk"),
        clock=clock,
        checked_on__gt=OuterRef(column),
        withdrawn_at=None,
    )
    return Addressee.objects.filter(~Exists(looked), **{f"{column}__isnull": False})


def due_soon(on: date) -> QuerySet[Addressee]:
    """An answer is due within four weeks."""
    return Addressee.objects.filter(answer_sweep_on__gt=on, answer_sweep_on__lte=on + SOON)


def time_not_confirmed(_on: date) -> QuerySet[Addressee]:
    """A rule says by when to answer, but sets no date by itself: a person confirms it."""
    rules = Q(recommendation__answer_regime__kind=TimeKind.PERIOD) | Q(
        recommendation__answer_regime=None, recommendation__report__regime__kind=TimeKind.PERIOD
    )
    unanswered = ~Q(answers__withdrawn_at=None, answers__isnull=False)
    return Addressee.objects.filter(
        rules, unanswered, first_answer_due_on=None, withdrawn_at=None, published_at__isnull=False
    )


@dataclass(frozen=True)
class Queue:
    """Something that waits for somebody: what it is called, and its rows on a day."""

    key: str
    title: str
    rows: Callable[[date], QuerySet]


ADDRESSEE_QUEUES = (
    Queue("missed", "Time to answer passed, not checked", missed_and_not_checked),
    Queue("promises", "Time to act passed, not checked", promises_not_checked),
    Queue("soon", "Answer due within four weeks", due_soon),
    Queue("unconfirmed", "Time to answer not confirmed", time_not_confirmed),
)


def silences_to_second(on: date) -> QuerySet[Silence]:
    """Silences whose time to reply is over: a second person may agree."""
    return Silence.objects.drafts().filter(answer_by__lt=on)


def failed_messages() -> QuerySet[Message]:
    """Mails that were given up."""
    return Message.objects.filter(state=MessageState.FAILED)


def proposals_waiting() -> QuerySet[Proposal]:
    """What partners propose and nobody has decided."""
    return Proposal.objects.filter(state=ProposalState.WAITING)


def disabled_endpoints() -> QuerySet[Endpoint]:
    """Partners' systems that are no longer called: somebody asks the partner."""
    return Endpoint.objects.filter(disabled_at__isnull=False)


def drafts_by_noun(models: list[type[Fact]]) -> dict[str, int]:
    """How many drafts there are of each kind of fact, in one query; kinds without any are left out."""
    parts = [
        model.objects.drafts()
        .order_by()
        .annotate(draft_of=Value(model.noun.value))
        .values("draft_of")
        .annotate(drafts=Count(F("pk")))
        .values_list("draft_of", "drafts")
        for model in models
    ]
    first, *rest = parts
    return dict(first.union(*rest, all=True))
