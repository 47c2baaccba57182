"""Every stored word with its meaning, and every public wording. Nothing is stored or shown that is not here."""

from datetime import date

from django.db.models import TextChoices


class Precision(TextChoices):
    """How well a date is known."""

    DAY = "day", "the day"
    MONTH = "month", "the month only"
    YEAR = "year", "the year only"
    BY = "by", "so by that day; since when is not known"


class DeadlineUnit(TextChoices):
    """What a regime counts in."""

    CALENDAR_DAYS = "calendar_days", "calendar days"
    WORKING_DAYS = "working_days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"


class Counting(TextChoices):
    """Whether the day that starts the clock is day 1."""

    INCLUSIVE = "inclusive", "the starting day is day 1"
    EXCLUSIVE = "exclusive", "the day after the starting day is day 1"
    UNVERIFIED = (
        "unverified",
        "not read in the rule: the later of the two days is taken",
    )


class ClockStart(TextChoices):
    """What starts the time to answer."""

    ISSUED = "issued", "the day the ask was made or sent"
    PUBLISHED = "published", "the day the report was published"
    RECEIVED = "received", "the day the body received it"


class Strength(TextChoices):
    """What stands behind a time to answer."""

    STATUTORY = "statutory", "set by law"
    CONVENTION = "convention", "kept by custom, no law"
    STATED = "stated", "stated by whoever asks"
    NONE = "none", "no time to answer is set"


class TimeKind(TextChoices):
    """The ways in which a report or a rule says by when."""

    PERIOD = "period", "a number of days, weeks or months"
    FIXED = "fixed", "by a day that is named"
    IMMEDIATE = "immediate", "at once"
    NO_DATE = "no_date", "as soon as possible, or no time at all"
    AFTER_EVENT = "after_event", "once something else has happened"


class HolidayCalendar(TextChoices):
    """Whose days off are no working days."""

    ENGLAND_AND_WALES = "england_and_wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
    ANY_UK = "any_uk", "a holiday in any part of the United Kingdom"
    NONE = "none", "weekends only"


class BodyKind(TextChoices):
    """What a body is."""

    GOVERNMENT = "government", "government"
    GOVERNMENT_DEPARTMENT = "government_department", "government department"
    GOVERNMENT_DIRECTORATE = "government_directorate", "part of a government department"
    LEGISLATURE = "legislature", "legislature"
    PARLIAMENTARY_COMMITTEE = "parliamentary_committee", "parliamentary committee"
    POLICE_FORCE = "police_force", "police force"
    LOCAL_POLICING_BODY = "local_policing_body", "local policing body"
    NATIONAL_POLICING_BODY = "national_policing_body", "national policing body"
    INSPECTORATE = "inspectorate", "inspectorate"
    OVERSIGHT_BODY = "oversight_body", "oversight body"
    COMMISSIONER = "commissioner", "commissioner"
    OMBUDSMAN = "ombudsman", "ombudsman"
    INQUIRY = "inquiry", "inquiry"
    CORONER = "coroner", "coroner"
    JUDICIAL_OFFICE = "judicial_office", "judicial office"
    PROFESSIONAL_BODY = "professional_body", "professional body"
    LOCAL_AUTHORITY = "local_authority", "local authority"
    NHS_BODY = "nhs_body", "NHS body"
    NGO = "ngo", "non-governmental organisation"
    STATE = "state", "state"
    COMPANY = "company", "company"
    OTHER = "other", "other body"


class ReportKind(TextChoices):
    """What kind of document asks."""

    SUPER_COMPLAINT = "police_super_complaint_submission", "police super-complaint"
    SUPER_COMPLAINT_REPORT = (
        "police_super_complaint_report",
        "report on a police super-complaint",
    )
    INSPECTION_REPORT = "inspection_report", "inspection report"
    GOVERNMENT_REVIEW = "government_review", "government review"
    COMMISSIONER_REPORT = "commissioner_report", "commissioner's report"
    COMMITTEE_REPORT = "select_committee_report", "parliamentary committee report"
    HUMAN_RIGHTS_REPORT = (
        "human_rights_institution_report",
        "human rights institution report",
    )
    STATUTORY_INQUIRY = "statutory_inquiry", "statutory inquiry"
    NON_STATUTORY_INQUIRY = "non_statutory_inquiry", "non-statutory inquiry"
    CORONER_REPORT = "coroner_report", "coroner's report"
    NON_RESPONSE_LIST = "non_response_list", "list of non-responses"
    OMBUDSMAN_REPORT = "ombudsman_report", "ombudsman's report"
    SUBMISSION = "civil_society_submission", "submission by civil society"
    CAMPAIGN_CALL = "campaign_call", "campaign call"
    ACT = "act", "Act"
    OTHER = "other", "other document"


class RecommendationKind(TextChoices):
    """What kind of ask it is."""

    RECOMMENDATION = "recommendation", "recommendation"
    ACTION = "action", "action the publishers set themselves or each other"
    COMMITMENT = "commitment", "promise a body made of its own accord"
    DUTY = "duty", "duty laid by law"


class LinkKind(TextChoices):
    """How one recommendation stands to another; read as "the first … the second"."""

    REPEATS = "repeats", "repeats"
    DEPENDS_ON = "depends_on", "depends on"
    SUPERSEDES = "supersedes", "supersedes"
    ALTERNATIVE_TO = "alternative_to", "is an alternative to"
    RELATED_TO = "related_to", "is related to"


class Relation(TextChoices):
    """What a repeat asks, measured by the earlier ask. A fallback does not count as a repeat."""

    SAME = "same", "the same ask"
    WIDER = "wider", "a wider ask"
    NARROWER = "narrower", "a narrower ask"
    FALLBACK = "fallback", "a lesser ask, should the first be refused"


class SourceKind(TextChoices):
    """Where a fact comes from."""

    PAGE = "page", "web page"
    LETTER = "letter", "letter"
    EMAIL = "email", "e-mail"
    FOI_ANSWER = "foi_answer", "answer to a freedom-of-information request"
    HANSARD = "hansard", "record of parliament"
    LEGISLATION = "legislation", "legislation"
    PRESS = "press", "press report"
    REFERENCE = "reference", "common reference knowledge, not checked one by one"


class Verification(TextChoices):
    """How a fact was checked against its source. Unverified facts are drafts."""

    READ = "read", "read in the source"
    EXCERPT = "excerpt", "read in an excerpt of the source"
    SECONDARY = "secondary", "said by another source; the original was not read"
    INFERRED = "inferred", "worked out from facts in the source"
    UNVERIFIED = "unverified", "not checked yet; not shown to the public"


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


class Reason(TextChoices):
    """Why a body refused or accepted only part."""

    EVIDENCE = "evidence", "contests the evidence"
    RESOURCES = "resources", "lacks the means"
    LAW = "law", "says the law does not allow it"
    NOT_OUR_REMIT = "not_our_remit", "says it is outside its remit"
    ALTERNATIVE_OFFERED = "alternative_offered", "offers something else"
    ALREADY_DONE = "already_done", "says it is done"
    NONE_GIVEN = "none_given", "gives no reason"


class Clock(TextChoices):
    """The two clocks of an addressee. They are never mixed."""

    ANSWER = "answer", "the time to answer"
    ACT = "act", "the time to act"


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


class DevelopmentKind(TextChoices):
    """What kind of happening around an ask."""

    ORIGIN = "origin", "what led to the report"
    PROCESS = "process", "step of the procedure"
    PUBLICATION = "publication", "publication"
    FINDING = "finding", "finding"
    POLICY = "policy", "policy or guidance"
    LAW = "law", "law"
    TREATY = "treaty", "treaty"
    PARLIAMENT = "parliament", "debate or vote"
    REMINDER = "reminder", "reminder"
    FOI = "foi", "freedom-of-information request"
    STATEMENT = "statement", "statement by a body that was not addressed"
    REACTION = "reaction", "reaction"
    PROGRESS = "progress", "progress"
    RESEARCH = "research", "research"
    STATISTIC = "statistic", "statistic"
    REVIEW = "review", "later review"
    NON_RESPONSE_LIST = "non_response_list", "list of non-responses"
    DISPUTE = "dispute", "dispute"
    RELATED = "related", "related matter"


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
    BODY_ENDED = "body.ended", "the body ended or merged into another"
    DUTY_HOLDER_NAMED = (
        "duty_holder.named",
        "who now holds what an ended body was asked",
    )
    WAIT_ENDED = "wait.ended", "what a deferred answer waited for has come"
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


class Status(TextChoices):
    """The status to show that is no position; a position is shown under its own word."""

    AWAITING = "awaiting", "No answer on record"
    OVERDUE = "overdue", "No response on record"
    IGNORED = "ignored", "No response found"
    ANSWERED_FOR_IT = "answered_for_it", "No answer of its own on record"
    DEFERRAL_ENDED = (
        "deferral_ended",
        "Said it would wait; what it waited for has come; nothing since",
    )


STATUSES = (*Status.values, *Position.values)


def position_label(position: str, basis: str) -> str:
    """The public words for what a body said. A refusal that is our reading says so."""
    words = Position(position).label
    ours = position == Position.REJECTED and basis == Basis.OUR_READING
    return f"{words} (our reading)" if ours else words


def day_label(on: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{on.day} {on:%B %Y}"


def days_label(days: int) -> str:
    """A number of days in words that agree with it."""
    return "1 day" if days == 1 else f"{days} days"


def status_label(
    status: str,
    *,
    due_on: date | None = None,
    days_overdue: int = 0,
    checked_on: date | None = None,
    position: str = "",
    basis: str = "",
    given_by: str = "",
    given_for: str = "",
    waited_for: str = "",
    came_on: date | None = None,
    acknowledged: str = "",
) -> str:
    """The one public wording of a status, with the facts it rests on. Every representation carries it.

    `given_by` answered for `given_for` ("all forces", "it"); `acknowledged` is the date of a holding reply.
    """
    held = f"; acknowledged {acknowledged}, not answered" if acknowledged else ""
    match status:
        case Status.AWAITING:
            time = f"due by {day_label(due_on)}" if due_on else "no confirmed time to answer"
            return f"{Status.AWAITING.label}; {time}{held}"
        case Status.OVERDUE:
            return f"{Status.OVERDUE.label}, {days_label(days_overdue)} after the deadline{held}"
        case Status.IGNORED:
            checked = f" (checked {day_label(checked_on)})" if checked_on else ""
            return f"{Status.IGNORED.label}{checked}{held}"
        case Status.ANSWERED_FOR_IT:
            words = position_label(position, basis)
            words = words[0].lower() + words[1:]
            return f"{Status.ANSWERED_FOR_IT.label}; {given_by} answered for {given_for}: {words}"
        case Status.DEFERRAL_ENDED:
            came = f", which came on {day_label(came_on)}" if came_on else ""
            return f"Said it would wait for {waited_for}{came}; nothing since on record"
        case Position.DEFERRED:
            return f"Deferred: waits for {waited_for}" if waited_for else Position.DEFERRED.label
    return position_label(status, basis)
