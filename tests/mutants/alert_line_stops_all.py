"""A line that cannot be told stops the reading of the ledger."""

FILE = "tracker/alerts/fanout.py"
OLD = '        log.exception("lines %s to %s could not be told together", lines[0].id, lines[-1].id)\n'
NEW = "        raise\n"
TEST = (
    "tests/alerts/test_sending.py::test_a_line_that_cannot_be_told_stops_no_other_and_is_told_when_it_can_be"
)
