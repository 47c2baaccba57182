"""What is known of the reports and recommendations that new rows of a feed belong to: some of it was withdrawn."""

from collections import defaultdict
from collections.abc import Sequence

from tracker.importing.comparing import OnRecordNow
from tracker.models import Addressee, Answer, ImportRow, Recommendation, Report


class Kin:
    """The rows that were applied before, of the reports and recommendations of new rows."""

    def __init__(self, feed: str, new: Sequence[ImportRow]) -> None:
        known = ImportRow.objects.filter(feed=feed, applied=True).only("report_key", "ask_key", "facts")
        reports = known.filter(report_key__any_of={row.report_key for row in new}) if new else known.none()
        self._reports = {
            row.report_key: row for row in reports.order_by("report_key", "-id").distinct("report_key")
        }
        self._asks: dict[str, list[ImportRow]] = defaultdict(list)
        if self._reports:
            for row in reports.filter(ask_key__any_of={row.ask_key for row in new}).order_by("id"):
                self._asks[row.ask_key].append(row)
        self._on_record = OnRecordNow(
            [*self._reports.values(), *(row for rows in self._asks.values() for row in rows)]
        )

    def withdrawn(self, row: ImportRow, bodies: Sequence[int], replied: Sequence[int]) -> str:
        """Why a new row must not be entered: staff have withdrawn what it would stand on, or say again."""
        asks = self._asks.get(row.ask_key, [])
        report = self._reports.get(row.report_key)
        if report and (reason := self._on_record.withdrawn(report, Report)):
            return reason
        for ask in asks:
            if reason := self._on_record.withdrawn(ask, Recommendation) or self._put(ask, bodies, replied):
                return reason
        return ""

    def _put(self, ask: ImportRow, bodies: Sequence[int], replied: Sequence[int]) -> str:
        """Whether it was withdrawn that one of these bodies was asked, or that one of them replied."""
        body_of: dict[int, int] = {}
        for put in self._on_record.of(ask, Addressee):
            assert isinstance(put, Addressee)
            body_of[put.pk] = put.body_id
            if put.withdrawn_at is not None and put.body_id in bodies:
                return f"the addressee {put.ref} was withdrawn"
        for answer in self._on_record.of(ask, Answer):
            assert isinstance(answer, Answer)
            if answer.withdrawn_at is not None and body_of.get(answer.addressee_id) in replied:
                return f"the answer {answer.ref} was withdrawn"
        return ""
