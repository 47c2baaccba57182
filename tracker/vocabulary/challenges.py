"""Words of the right of reply: who contests what the register says, of what, how it came, and what came of it."""

from django.db.models import TextChoices


class ChallengeAbout(TextChoices):
    """What of the record a challenge contests: the closed set of its subjects."""

    ADDRESSEE = "addressee", "how the register shows one ask to one body"
    RECOMMENDATION = "recommendation", "what the register says was asked"
    RESPONSE = "response", "what the register says of a response"
    ANSWER = "answer", "how the register reads an answer"
    ASSESSMENT = "assessment", "what the register says was done"


class Challenger(TextChoices):
    """Who contests it."""

    BODY = "body", "the body"
    AFFECTED = "affected", "those affected"


class CameBy(TextChoices):
    """How a challenge reached the register."""

    LINK = "link", "by a link that was sent to the body"
    FORM = "form", "by the public form"
    LETTER = "letter", "by letter or mail"


class ChallengeOutcome(TextChoices):
    """What the register decided, once it had looked."""

    UPHELD = "upheld", "upheld: the record was corrected"
    PARTLY_UPHELD = "partly_upheld", "upheld in part"
    NOT_UPHELD = "not_upheld", "not upheld: the record stands"
    DECLINED = "declined", "not published"


# What staff choose among when they settle one that is shown; `declined` is for what never was.
SETTLED = (ChallengeOutcome.UPHELD, ChallengeOutcome.PARTLY_UPHELD, ChallengeOutcome.NOT_UPHELD)
# The record was corrected as the challenger asked: nobody contests it any more.
NO_LONGER_CONTESTED = (ChallengeOutcome.UPHELD, ChallengeOutcome.DECLINED)


class DeclineReason(TextChoices):
    """Why a challenge was not published. Every one of them is counted in public, spam too."""

    UNCLEAR = "unclear", "it does not say what of the record is wrong"
    NOT_THE_RECORD = "not_the_record", "it is not about what the register says"
    NAMES_A_PERSON = "names_a_person", "it tells of a person who could be known by it"
    ABUSIVE = "abusive", "it is abusive"
    REPEATED = "repeated", "the same is shown already"
    SPAM = "spam", "it is spam"


class ReceivedState(TextChoices):
    """What became of what somebody sent."""

    WAITING = "waiting", "waits for staff"
    PUBLISHED = "published", "published beside the record"
    DECLINED = "declined", "not published"


class LegalBasis(TextChoices):
    """Why the law demands that something be erased. The public reads these words, and no others."""

    COURT_ORDER = "court_order", "a court ordered it"
    PERSONAL_DATA = "personal_data", "protection of personal data"
    DEFAMATION = "defamation", "a claim of defamation was settled"
    COPYRIGHT = "copyright", "copyright"
    SAFETY = "safety", "the safety of a person"
