"""Words of what bodies said, and of what they did."""

from django.db.models import TextChoices

from tracker.vocabulary.asks import RecommendationKind


class ResponseKind(TextChoices):
    """What kind of document answers. A holding reply acknowledges and stops no clock."""

    FORMAL = "formal", "formal answer"
    ANNOUNCEMENT = "announcement", "announcement"
    UPDATE = "update", "update"
    HOLDING = "holding", "acknowledged, not answered"


class ResponseDate(TextChoices):
    """The dates a response can have."""

    WRITTEN = "written", "written"
    RECEIVED = "received", "received by whoever asked"
    PUBLISHED = "published", "published"


class Position(TextChoices):
    """What a body said. Each is a reading of a source: the summary and the link stand beside it."""

    ACCEPTED = "accepted", "Accepted"
    ACCEPTED_IN_PRINCIPLE = "accepted_in_principle", "Accepted in principle"
    PARTIALLY_ACCEPTED = "partially_accepted", "Partially accepted"
    ALREADY_IN_PLACE = "already_in_place", "Says it was already in place"
    REJECTED = "rejected", "Not accepted"
    DISPUTED = "disputed", "Disputed: contests the reasons, does not refuse in terms"
    NOTED = "noted", "Noted, no more said"
    DEFERRED = "deferred", "Deferred"
    REFERS_ELSEWHERE = "refers_elsewhere", "Points to another body's answer"
    NOT_APPLICABLE = "not_applicable", "Says it is not theirs to answer"
    UNCLEAR = "unclear", "Answered; the words do not settle the position"
    UNREAD = "unread", "An answer was located; the register has not read it yet"


# A body in one of these has bound itself to do something; so has one with a duty or its own commitment.
PROMISING_POSITIONS = (
    Position.ACCEPTED,
    Position.ACCEPTED_IN_PRINCIPLE,
    Position.PARTIALLY_ACCEPTED,
)
PROMISING_KINDS = (RecommendationKind.DUTY, RecommendationKind.COMMITMENT)


class Basis(TextChoices):
    """Whose word the position is."""

    THEIR_WORDS = "their_words", "the body's own words"
    OUR_READING = "our_reading", "our reading"


# What two people must agree on before the public reads it (tracker/queries/second_looks.py), and why: each says of a
# body what it did not say of itself and would contest.
# A refusal, of all or of a part, and a dispute, where that is our reading and not the body's own words.
ADVERSE_READINGS = (Position.REJECTED, Position.PARTIALLY_ACCEPTED, Position.DISPUTED)


class Reason(TextChoices):
    """Why a body refused or accepted only part."""

    EVIDENCE = "evidence", "contests the evidence"
    RESOURCES = "resources", "lacks the means"
    LAW = "law", "says the law does not allow it"
    NOT_OUR_REMIT = "not_our_remit", "says it is outside its remit"
    ALTERNATIVE_OFFERED = "alternative_offered", "offers something else"
    ALREADY_DONE = "already_done", "says it is done"
    NONE_GIVEN = "none_given", "gives no reason"


class Implementation(TextChoices):
    """What a body did, as one view sees it."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    STALLED = "stalled", "Stalled"
    PARTIALLY_IMPLEMENTED = "partially_implemented", "Partially implemented"
    IMPLEMENTED = "implemented", "Implemented"
    NOT_IMPLEMENTED = "not_implemented", "Not implemented"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CANNOT_DETERMINE = "cannot_determine", "Cannot be determined"


# The register's own verdict that nothing, or nothing more, came of what was asked: a promise broken, in our words.
ADVERSE_VERDICTS = (Implementation.NOT_STARTED, Implementation.STALLED, Implementation.NOT_IMPLEMENTED)


class View(TextChoices):
    """Who says how far it was delivered. The views stand side by side; only the verdict closes anything."""

    CLAIMED = "claimed", "the body's own claim"
    INDEPENDENT = "independent", "an independent assessment"
    AFFECTED = "affected", "the people affected"
    VERDICT = "verdict", "the register's verdict"


class Finding(TextChoices):
    """What somebody found who looked for an answer."""

    NOTHING = "nothing", "nothing found"
    FOUND = "found", "an answer found"
