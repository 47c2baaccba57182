"""Where the real case is, and what to ask of it."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.models import Addressee
from tracker.queries.facts import public_records
from tracker.queries.statuses import with_status
from tracker.statuses import status_on

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
REFERENCE = sorted((FIXTURES / "reference").glob("*.json"))
CASES = sorted((FIXTURES / "cases").glob("*.json"))
FILES = [*REFERENCE, *CASES]
LOADED_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def statuses(recommendation: str, on: date) -> dict[str, str]:
    """The status of each public addressee of a recommendation, by body: as Python and as SQL have it."""
    asked = Addressee.objects.public().filter(recommendation__ref=recommendation).select_related("body")
    records = public_records(asked)
    by_rule = {each.body.ref: str(status_on(records[each.pk].facts(), on)) for each in asked}
    by_query = {each.body.ref: each.status_on for each in with_status(asked, on)}
    assert by_rule == by_query
    return by_rule


def counted(recommendation: str, on: date) -> dict[str, int]:
    return dict(Counter(statuses(recommendation, on).values()))


def bodies_in(status: str, recommendation: str, on: date) -> set[str]:
    return {body for body, found in statuses(recommendation, on).items() if found == status}
