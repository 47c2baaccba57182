"""A feed tells what was once public, whatever became of it."""

FILE = "tracker/alerts/feed.py"
OLD = "if notice.pk not in true or true[notice.pk].tell]"
NEW = "]"
TEST = "tests/api/test_feeds.py::test_what_is_no_longer_public_is_in_no_feed"
