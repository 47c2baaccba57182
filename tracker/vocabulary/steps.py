"""Words of what the register's own staff do about an ask."""

from django.db.models import TextChoices


class StepKind(TextChoices):
    """What kind of step staff took to get an answer."""

    LETTER = "letter", "letter"
    REMINDER = "reminder", "reminder"
    CALL = "call", "call"
    MEETING = "meeting", "meeting"
    FOI_REQUEST = "foi_request", "freedom-of-information request"
    OTHER = "other", "other step"
