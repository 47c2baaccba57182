"""An acknowledgement passes for an answer in lists."""

FILE = "tracker/queries/statuses.py"
OLD = '.filter(addressee=OuterRef("pk"), holding=False)'
NEW = '.filter(addressee=OuterRef("pk"))'
TEST = "tests/rules/test_statuses.py::test_a_holding_reply_stops_no_clock"
