"""Words of alerts: what there is to hear of, how it reaches somebody, what a message is for."""

from django.db.models import TextChoices


class News(TextChoices):
    """The kinds of news that somebody can ask to hear of. Each line of the ledger is news of one kind, or of none."""

    ANSWERED = "answered", "answered"
    STATUS_CHANGED = "status_changed", "status changed"
    SILENCE_CONFIRMED = "silence_confirmed", "silence confirmed"
    DEADLINE_MOVED = "deadline_moved", "deadline moved"
    DUE_SOON = "due_soon", "due in 28, 7 or 1 days"
    PROMISE_MISSED = "promise_missed", "time to act missed"
    DELIVERED = "delivered", "delivery assessed"
    CONTESTED = "contested", "contested"
    CORRECTED = "corrected", "corrected"
    WITHDRAWN = "withdrawn", "withdrawn"
    ASKED_AGAIN = "recommended_again", "recommended again"
    ADDED = "added", "added to the register"
    # The rest is told to staff only.
    DEADLINE_MISSED = "deadline_missed", "time to answer missed, not checked yet"
    PROPOSAL = "proposal", "a proposal waits"
    ENDPOINT_FAILING = "endpoint_failing", "an endpoint fails"
    SOURCE_DEAD = "source_dead", "a source no longer answers"


STAFF_NEWS = (News.DEADLINE_MISSED, News.PROPOSAL, News.ENDPOINT_FAILING, News.SOURCE_DEAD)
PUBLIC_NEWS = tuple(kind for kind in News if kind not in STAFF_NEWS)
# A call's body is a line of the ledger: that a day comes near is in none.
WEBHOOK_NEWS = {kind.value: kind.label for kind in PUBLIC_NEWS if kind != News.DUE_SOON}
# What a member of staff hears of who follows a report from its page.
FOLLOWED_NEWS = (News.ANSWERED, News.DEADLINE_MISSED, News.PROMISE_MISSED)


class Channel(TextChoices):
    """How news reaches somebody."""

    AT_ONCE = "at_once", "by e-mail, at once"
    DAILY = "daily", "by e-mail, once a day"
    WEEKLY = "weekly", "by e-mail, once a week"
    WEBHOOK = "webhook", "by a call to a partner's system"


DIGESTS = (Channel.DAILY, Channel.WEEKLY)


class Purpose(TextChoices):
    """What a message is for."""

    NEWS = "news", "the news of one action"
    DIGEST = "digest", "the news of a day or a week"
    LETTER = "letter", "words of our own, written when it was made"
    CALL = "call", "one public line, to a partner's system"
    PING = "ping", "a test of a partner's system"


# Days before a deadline on which a reminder is due.
REMINDER_DAYS = (28, 7, 1)
