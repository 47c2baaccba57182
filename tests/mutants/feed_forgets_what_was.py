"""A feed by status has nothing of the line by which somebody left it."""

FILE = "tracker/alerts/feed.py"
OLD = "    stood = _stood(wanted)\n"
NEW = "    stood = set()\n"
TEST = "tests/api/test_feeds.py::test_a_feed_by_status_tells_of_what_it_was_before_and_after_a_line"
