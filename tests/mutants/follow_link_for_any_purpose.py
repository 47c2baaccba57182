"""The link that shows what one follows stops it too."""

FILE = "tracker/alerts/links.py"
OLD = '"tracker.follow.manage", "tracker.follow.stop"'
NEW = '"tracker.follow.stop", "tracker.follow.stop"'
TEST = "tests/alerts/test_readers.py::test_a_link_is_for_one_purpose_and_one_reader"
