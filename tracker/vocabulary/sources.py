"""Words of sources: what was found when somebody looked whether they still answer."""

from django.db.models import TextChoices


class SourceState(TextChoices):
    """What has become of a page. A source without a state answers as it did, or nobody has looked yet."""

    MOVED = "moved", "answers at another address"
    GONE = "gone", "no longer answers"
    CHANGED = "changed", "says something else than it did"
