"""Who asks: the bodies that the profile names, those of a column, or both; each stands once on a report."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import STAFF
from tests.importing.world import COLUMNS, NOW, ROW, applied, csv_bytes, make_world, planned, with_lines
from tracker.actions.reports import add_reports
from tracker.models import Body, Report, Source
from tracker.models.base import span_columns
from tracker.spans import day
from tracker.vocabulary import ReportKind

pytestmark = pytest.mark.django_db

NAMED = with_lines(('reply = "Reply"', 'reply = "Reply"\npublisher = "Asks"'))


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("An inspectorate", ["An inspectorate"]),
        ("Home Office; AN INSPECTORATE", ["An inspectorate", "Home Office"]),
        ("", ["An inspectorate"]),
    ],
)
def test_a_body_that_profile_and_column_name_publishes_once(cell: str, names: list[str]) -> None:
    applied(planned(csv_bytes([{**ROW, "Asks": cell}], (*COLUMNS, "Asks")), NAMED))
    publishers = Report.objects.get().publishers.order_by("publisher_rows__position")
    assert [body.name for body in publishers] == names


def test_what_the_record_does_not_take_is_said_in_words() -> None:
    """A constraint without a message of its own is named: nobody reads “%(name)s”."""
    report = Report(
        ref="a-report",
        title="A report",
        kind=ReportKind.OTHER,
        source=Source.objects.all()[0],
        **span_columns("dated", day(date(2021, 12, 3))),
    )
    twice = [Body.objects.get(name="An inspectorate")] * 2
    with pytest.raises(ValidationError, match="“publisher_once_a_report”"):
        add_reports(reports=[report], publishers={0: twice}, by=STAFF, at=NOW)
