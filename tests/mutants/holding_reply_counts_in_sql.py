"""An acknowledgement passes for an answer in lists."""

FILE = "tracker/queries/statuses.py"
OLD = "return said_by(on).filter(holding=holding).alias("
NEW = "return said_by(on).alias("
TEST = "tests/rules/test_statuses.py::test_a_holding_reply_stops_no_clock"
