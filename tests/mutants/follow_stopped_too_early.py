"""Who stops does not wait for what is being made for them."""

FILE = "tracker/alerts/fanout.py"
OLD = " ORDER BY id FOR KEY SHARE\n"
NEW = "\n"
TEST = "tests/alerts/test_readers.py::test_who_stops_while_notices_are_made_gets_none_of_them"
