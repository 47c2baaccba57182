"""Words of the lines of the ledger: what they are about, what happened, in what capacity."""

from django.db.models import TextChoices


class Role(TextChoices):
    """In what capacity a line was written. The public sees the role, never the name."""

    STAFF = "staff", "staff of the register"
    LOADER = "loader", "loaded from files"
    CLOCK = "clock", "recorded by the register's clock"


class Noun(TextChoices):
    """What a line of the ledger is about."""

    SOURCE = "source", "source"
    BODY = "body", "body"
    GROUP = "group", "group"
    MEMBERSHIP = "membership", "membership of a group"
    REGIME = "regime", "regime"
    THEME = "theme", "theme"
    REPORT = "report", "report"
    RECOMMENDATION = "recommendation", "recommendation"
    LINK = "link", "link between recommendations"
    ADDRESSEE = "addressee", "addressee"
    RESPONSE = "response", "response"
    ANSWER = "answer", "answer"
    ASSESSMENT = "assessment", "assessment"
    EXTENSION = "extension", "extension"
    CHECK = "check", "check"
    SILENCE = "silence", "silence"
    DEVELOPMENT = "development", "development"
    CLAIM = "claim", "contested claim"
    STEP = "step", "step taken by the register"
    CHALLENGE = "challenge", "challenge"
    EVENT = "event", "line of the ledger"


class Step(TextChoices):
    """What can happen to any fact. Each line is of the kind noun.step: `answer.published`."""

    RECORDED = "recorded", "entered, as a draft"
    PUBLISHED = "published", "published: all its public fields"
    CORRECTED = "corrected", "corrected: the fields that changed"
    WITHDRAWN = "withdrawn", "withdrawn: a tombstone"
    LINKED = "linked", "a fact it links to became public, or no longer is"


class EventKind(TextChoices):
    """What happens to some facts only. Payloads hold a version and the after-values of the fields changed."""

    DEADLINE_SET = "deadline.set", "a time to answer or to act was set or confirmed"
    DEADLINE_MOVED = (
        "deadline.moved",
        "the deadline in force changed; the first date stands",
    )
    DEADLINE_MISSED = (
        "deadline.missed",
        "the time to answer passed with no answer on record",
    )
    DEADLINE_MISS_RETRACTED = (
        "deadline.miss_retracted",
        "a later entry shows it was no miss",
    )
    PROMISE_MISSED = (
        "promise.missed",
        "the time to act passed with no delivery on record",
    )
    PROMISE_MISS_RETRACTED = (
        "promise.miss_retracted",
        "a later entry shows it was no miss",
    )
    SILENCE_CONFIRMED = (
        "silence.confirmed",
        "nothing found, the body told, a second person agreed",
    )
    SILENCE_RETRACTED = "silence.retracted", "an earlier answer turned up"
    SOURCE_GONE = "source.gone", "its address no longer answers"
    SOURCE_MOVED = "source.moved", "its address leads to another one"
    SOURCE_CHANGED = "source.changed", "its address says something else than it did"
    SOURCE_FOUND_AGAIN = "source.found_again", "its address answers as it did"
    SOURCE_ARCHIVED = "source.archived", "an archive keeps a copy of it"
    BODY_ENDED = "body.ended", "the body ended or merged into another"
    DUTY_HOLDER_NAMED = (
        "duty_holder.named",
        "who now holds what an ended body was asked",
    )
    WAIT_ENDED = "wait.ended", "what a deferred answer waited for has come"
    CHALLENGE_ANSWERED = "challenge.answered", "the register answered a challenge beside it"
    CHALLENGE_SETTLED = "challenge.settled", "the register decided what came of a challenge"
    REVIEW_BEGUN = "review.begun", "staff look into a challenge: adverse words rest"
    REVIEW_ENDED = "review.ended", "staff have looked: what is said is said again"
    CONTENT_ERASED = (
        "content.erased",
        "the content of a line was erased; the chain still verifies",
    )
    REGISTER_MIGRATED = (
        "register.migrated",
        "a migration changed facts: digests before and after",
    )


def fact_event(noun: Noun, step: Step) -> str:
    """The kind of a line that says that a fact was recorded, published, corrected or withdrawn."""
    return f"{noun}.{step}"


EVENT_KINDS: dict[str, str] = {
    **{fact_event(noun, step): f"{noun.label}: {step.label}" for noun in Noun for step in Step},
    **dict(EventKind.choices),
}

# What stands in the log of complaints, corrections and removals besides the challenges themselves.
CORRECTIONS = tuple(fact_event(noun, Step.CORRECTED) for noun in Noun)
WITHDRAWALS = tuple(fact_event(noun, Step.WITHDRAWN) for noun in Noun)
RETRACTIONS = (
    EventKind.DEADLINE_MISS_RETRACTED.value,
    EventKind.PROMISE_MISS_RETRACTED.value,
    EventKind.SILENCE_RETRACTED.value,
)
REVIEWS = (EventKind.REVIEW_BEGUN.value, EventKind.REVIEW_ENDED.value)
LOGGED = (*CORRECTIONS, *WITHDRAWALS, *RETRACTIONS, *REVIEWS, EventKind.CONTENT_ERASED.value)
