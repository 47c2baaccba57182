"""An acknowledgement passes for an answer."""

FILE = "tracker/statuses.py"
OLD = "[answer for answer in answers if not answer.holding and answer.counts_on(on)]\n    return"
NEW = "[answer for answer in answers if answer.counts_on(on)]\n    return"
TEST = "tests/rules/test_statuses.py::test_a_holding_reply_stops_no_clock"
