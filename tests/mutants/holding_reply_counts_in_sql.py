"""An acknowledgement passes for an answer in lists."""

FILE = "tracker/queries/statuses.py"
OLD = "answers_given(on).filter(holding=False).alias("
NEW = "answers_given(on).alias("
TEST = "tests/rules/test_statuses.py::test_a_holding_reply_stops_no_clock"
