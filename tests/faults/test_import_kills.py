"""kill -9 while an import is applied: each report is there whole or not at all, and the next worker completes it."""

import random
import time

import pytest

from tests.faults import worker
from tests.importing.world import again, counts, csv_bytes, make_world, planned, rows
from tests.running.processes import until
from tracker.importing import jobs
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Answer, Import, Recommendation, Report
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db(transaction=True)

REPORTS, ASKS = 30, 3


def half_written() -> list[str]:
    """The reports of which a part is on record."""
    return [
        report.ref
        for report in Report.objects.all()
        if Recommendation.objects.filter(report=report).count() != ASKS
        or Addressee.objects.filter(recommendation__report=report).count() != ASKS
        or Answer.objects.filter(addressee__recommendation__report=report).count() != ASKS
    ]


def is_applied(of: Import) -> bool:
    return Import.objects.get(pk=of.pk).state == ImportState.APPLIED


def import_while_being_killed(kills: int, seed: int) -> None:
    chance = random.Random(seed)
    make_world()
    content = csv_bytes(
        rows(
            *(
                {"Ref": f"R{report}", "Report": f"Report {report}", "No": str(ask), "Status": "Accepted"}
                for report in range(REPORTS)
                for ask in range(ASKS)
            )
        )
    )
    of = planned(content)
    jobs.ask_apply(of)
    for _ in range(kills):
        before = Report.objects.count()
        doomed = worker.start(worker.import_files)
        # In the midst of it: something of its own is on record.
        until(lambda there=before: Report.objects.count() > there or is_applied(of), seconds=60)
        time.sleep(chance.uniform(0, 0.05))
        worker.kill(doomed)
        assert half_written() == []
    last = worker.start(worker.import_files)
    try:
        until(lambda: is_applied(of), seconds=240)
    finally:
        worker.kill(last)
    assert half_written() == []
    assert Report.objects.count() == REPORTS
    assert Addressee.objects.count() == REPORTS * ASKS, "nothing twice"
    assert counts(again(content)) == {"same": REPORTS * ASKS}
    assert [str(fault) for fault in check_ledger()] == []


def test_kills_while_an_import_is_applied_leave_each_report_whole_or_absent() -> None:
    import_while_being_killed(3, seed=1)


@pytest.mark.faults
def test_twenty_kills_while_an_import_is_applied_leave_each_report_whole_or_absent() -> None:
    import_while_being_killed(20, seed=2)
