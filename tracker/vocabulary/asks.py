"""Words of those who ask, of what they ask, and of where a fact comes from."""

from django.db.models import TextChoices


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
