"""Words of imports: how far one has come, what became of a row, what a column can say."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """How far an import has come. A worker takes up those that are being planned, applied or undone."""

    UPLOADED = "uploaded", "uploaded: waits for a profile"
    PLANNING = "planning", "being read and planned"
    PLANNED = "planned", "planned: waits to be applied"
    STOPPED = "stopped", "stopped: the feed looks broken"
    APPLYING = "applying", "being applied"
    APPLIED = "applied", "applied"
    UNDOING = "undoing", "being undone"
    UNDONE = "undone", "undone"
    REFUSED = "refused", "refused: the file could not be read"


# What a worker has to do something about.
WORKING = (ImportState.PLANNING, ImportState.APPLYING, ImportState.UNDOING)


class Outcome(TextChoices):
    """What would become, or became, of one row of a file."""

    NEW = "new", "new"
    CHANGED = "changed", "changed"
    SAME = "same", "same as on record"
    CONFLICT = "conflict", "conflict: a person must decide"
    REJECTED = "rejected", "rejected: it cannot be read"


class NameChoice(TextChoices):
    """What a person says of a name that no body on record has."""

    SAME = "same", "another name of a body on record"
    NEW = "new", "a body that is not on record yet"
    LEAVE = "leave", "leave its rows out"


class ImportColumn(TextChoices):
    """What a column of a file can say of a row."""

    REPORT = "report", "which report: its reference"
    REPORT_TITLE = "report_title", "title of the report"
    REPORT_DATE = "report_date", "date of the report"
    REPORT_URL = "report_url", "address of the report"
    PUBLISHER = "publisher", "who asks"
    NUMBER = "number", "number or reference of the recommendation"
    TITLE = "title", "title of the recommendation"
    TEXT = "text", "text of the recommendation"
    THEME = "theme", "what it is about"
    BODIES = "bodies", "who is addressed"
    STATUS = "status", "status or position"
    REPLY = "reply", "text of the reply"
    REPLIED_ON = "replied_on", "date of the reply"
    REPLIED_BY = "replied_by", "who replied"
    REPLY_URL = "reply_url", "address of the reply"
    REPLY_COUNT = "reply_count", "how many replied"
    ID = "id", "the register's own name of the addressee"
