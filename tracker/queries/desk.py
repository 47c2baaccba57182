"""What waits for the staff: the queues of the desk. Each is one list; its depth and age are one cheap query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Challenge,
    Check,
    Endpoint,
    Fact,
    Message,
    MessageState,
    Proposal,
    ReceivedChallenge,
    Recommendation,
    Silence,
    Source,
)
from tracker.queries.statements import joined, select, sql
from tracker.statuses import RECHECK_AFTER
from tracker.vocabulary import (
    Challenger,
    Clock,
    Finding,
    ProposalState,
    ReceivedState,
    SourceState,
    TimeKind,
    View,
)

SOON = timedelta(days=28)
# A silence that nobody looked at for 180 days is no longer shown as one: staff are asked two weeks before.
RECHECK_AHEAD = timedelta(days=14)
NOT_LOOKED_AT = timedelta(days=180)
# Beyond so many nobody counts: more than anybody works through in a day.
DEEPEST = 200
FRESH_FOR = 300


def missed_and_not_checked(_on: date) -> QuerySet[Addressee]:
    """The time to answer passed with no answer, and nobody has looked since."""
    return _missed("answer_missed_on").filter(
        ~Exists(_looked("answer_missed_on", Clock.ANSWER)), _unanswered()
    )


def missed_and_unanswered() -> QuerySet[Addressee]:
    """The time to answer passed, and there is no answer on record."""
    return _missed("answer_missed_on").filter(_unanswered())


def promises_not_checked(_on: date) -> QuerySet[Addressee]:
    """The time to act passed on what a body bound itself to, and nobody has looked since nor given a verdict."""
    verdict = Assessment.objects.filter(addressee=OuterRef("pk"), view=View.VERDICT, withdrawn_at=None)
    return _missed("promise_missed_on").filter(
        ~Exists(_looked("promise_missed_on", Clock.ACT)), ~Exists(verdict)
    )


def _missed(column: str) -> QuerySet[Addressee]:
    return Addressee.objects.filter(**{f"{column}__isnull": False})


def _looked(column: str, clock: Clock) -> QuerySet[Check]:
    return Check.objects.filter(
        addressee=OuterRef("pk"), clock=clock, checked_on__gt=OuterRef(column), withdrawn_at=None
    )


def _unanswered() -> Q:
    given = Answer.objects.filter(addressee=OuterRef("pk"), holding=False, withdrawn_at=None)
    return Q(~Exists(given))


def checked_and_not_told(_on: date) -> QuerySet[Addressee]:
    """A check since the deadline found nothing, and the body was not told yet that its silence would be confirmed."""
    nothing = _looked("answer_missed_on", Clock.ANSWER).filter(
        finding=Finding.NOTHING, published_at__isnull=False
    )
    told = Silence.objects.filter(addressee=OuterRef("pk"), withdrawn_at=None)
    return _missed("answer_missed_on").filter(Exists(nothing), ~Exists(told), _unanswered())


def silences_to_recheck(on: date) -> QuerySet[Addressee]:
    """A confirmed silence that nobody looked at for 180 days, or that will be so within two weeks."""
    recent = Check.objects.filter(
        addressee=OuterRef("pk"),
        clock=Clock.ANSWER,
        checked_on__gte=on - RECHECK_AFTER + RECHECK_AHEAD,
        withdrawn_at=None,
    )
    confirmed = Silence.objects.filter(
        addressee=OuterRef("pk"), withdrawn_at=None, published_at__isnull=False
    )
    return _missed("answer_missed_on").filter(Exists(confirmed), ~Exists(recent), _unanswered())


def due_soon(on: date) -> QuerySet[Addressee]:
    """An answer is due within four weeks."""
    return Addressee.objects.filter(answer_sweep_on__gt=on, answer_sweep_on__lte=on + SOON)


def under_review(_on: date) -> QuerySet[Addressee]:
    """Staff look into a challenge, and adverse words rest: not for longer than it takes."""
    return Addressee.objects.filter(under_review_since__isnull=False, withdrawn_at=None)


def time_not_confirmed(_on: date) -> QuerySet[Addressee]:
    """A rule says by when to answer, but sets no date by itself: a person confirms it."""
    rules = Q(recommendation__answer_regime__kind=TimeKind.PERIOD) | Q(
        recommendation__answer_regime=None, recommendation__report__regime__kind=TimeKind.PERIOD
    )
    given = Answer.objects.filter(addressee=OuterRef("pk"), withdrawn_at=None)
    return Addressee.objects.filter(
        rules, ~Exists(given), first_answer_due_on=None, withdrawn_at=None, published_at__isnull=False
    )


def not_looked_at(on: date) -> QuerySet[Recommendation]:
    """Published asks that nobody has touched for 180 days: no correction, and nothing said of any addressee."""
    before = on - NOT_LOOKED_AT
    # By the moment, and not by its day, so that the index serves: some hours more or less are nothing here.
    moment = datetime.combine(before, time.max, UTC)
    fresh = Check.objects.filter(
        addressee__recommendation=OuterRef("pk"), checked_on__gt=before, withdrawn_at=None
    )
    return Recommendation.objects.filter(
        ~Exists(fresh), updated_at__lte=moment, published_at__isnull=False, withdrawn_at=None
    )


@dataclass(frozen=True)
class Queue:
    """Something that waits for somebody: what it is called, its rows on a day, and the date that says since when."""

    key: str
    title: str
    rows: Callable[[date], QuerySet]
    since: str = "answer_missed_on"
    # No index leads to its rows, which change by the day: it is counted once in five minutes.
    seldom: bool = False


ADDRESSEE_QUEUES = (
    Queue("missed", "Time to answer passed, not checked", missed_and_not_checked),
    Queue("silent", "Nothing found, body not told yet", checked_and_not_told),
    Queue("recheck", "Confirmed silence, look again", silences_to_recheck, seldom=True),
    Queue("promises", "Time to act passed, not checked", promises_not_checked, "promise_missed_on"),
    Queue("soon", "Answer due within four weeks", due_soon, "answer_sweep_on"),
    Queue("review", "Under review, adverse words rest", under_review, "under_review_since"),
    Queue("unconfirmed", "Time to answer not confirmed", time_not_confirmed, "published_at", seldom=True),
)


# What the desk links to besides, and does not count.
UNANSWERED = Queue(
    "unanswered", "Time to answer passed, no answer on record", lambda _on: missed_and_unanswered()
)


@dataclass(frozen=True)
class Depth:
    """How many wait, up to so many, and since when the oldest does."""

    count: int
    oldest: date | None

    @property
    def words(self) -> str:
        return f"{DEEPEST:,}+" if self.count > DEEPEST else f"{self.count:,}"

    def age(self, on: date) -> int | None:
        """For how many days the oldest has waited; None where that lies ahead."""
        return (on - self.oldest).days if self.oldest and self.oldest < on else None


def depth(rows: QuerySet, since: str) -> Depth:
    """The depth of a queue, without counting more than anybody can work through: the oldest first, by an index."""
    oldest_first = rows.order_by(since).values(when=F(since))[: DEEPEST + 1]
    found = oldest_first.aggregate(many=Count("*"), oldest=Min("when"))
    when = found["oldest"]
    return Depth(found["many"], when.date() if hasattr(when, "date") else when)


def depth_of_late(key: str, rows: QuerySet, since: str) -> Depth:
    """The same, as it was at most five minutes ago: for what changes by the day and is dear to count."""
    found: Depth | None = cache.get_or_set(f"desk-depth-{key}", lambda: depth(rows, since), FRESH_FOR)
    return found or depth(rows, since)


def silences_to_second(on: date) -> QuerySet[Silence]:
    """Silences whose time to reply is over: a second person may agree."""
    return Silence.objects.drafts().filter(answer_by__lt=on)


def failed_messages() -> QuerySet[Message]:
    """Mails that were given up."""
    return Message.objects.filter(state=MessageState.FAILED)


def challenges_waiting(by_whom: Challenger) -> QuerySet[ReceivedChallenge]:
    """What somebody sent and nobody has decided on."""
    return ReceivedChallenge.objects.filter(state=ReceivedState.WAITING, by_whom=by_whom)


def challenges_to_settle() -> QuerySet[Challenge]:
    """What is shown beside the record, with no word of what came of it."""
    return Challenge.objects.filter(outcome="", published_at__isnull=False, withdrawn_at=None)


def proposals_waiting() -> QuerySet[Proposal]:
    """What partners propose and nobody has decided."""
    return Proposal.objects.filter(state=ProposalState.WAITING)


def disabled_endpoints() -> QuerySet[Endpoint]:
    """Partners' systems that are no longer called: somebody asks the partner."""
    return Endpoint.objects.kept().filter(disabled_at__isnull=False)


def dead_sources() -> QuerySet[Source]:
    """Public sources whose address no longer answers: somebody finds out where the page has gone."""
    return Source.objects.public().filter(state=SourceState.GONE)


def drafts_by_noun(models: Sequence[type[Fact]]) -> dict[str, Depth]:
    """How many drafts there are of each kind of fact, in one query; kinds without any are left out.

    Counted no further than anybody works through, as the queues are.
    """
    counted = [
        sql("SELECT {n}, count(*) FROM ({drafts}) AS d", n=str(n), drafts=select(few))
        for n, few in enumerate(
            model.objects.drafts().order_by().values("pk")[: DEEPEST + 1] for model in models
        )
    ]
    asked = joined(counted, " UNION ALL ")
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.params)
        return {models[n].noun: Depth(many, None) for n, many in cursor.fetchall() if many}
