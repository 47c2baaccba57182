"""Where bodies tell rows apart, a feed that has lost them looks like new rows."""

FILE = "tracker/importing/planning.py"
OLD = "            row.broken = row.ask_key in asks\n"
NEW = "            row.broken = False\n"
TEST = "tests/importing/test_quirks.py::test_a_feed_whose_rows_are_told_apart_by_their_bodies_is_stopped_too"
