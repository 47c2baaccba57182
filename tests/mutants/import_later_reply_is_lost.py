"""A body that replies later, by a row that is known, is never said to have replied."""

FILE = "tracker/importing/comparing.py"
OLD = "    if joined:\n"
NEW = "    if False:\n"
TEST = "tests/importing/test_feeds.py::test_who_replies_later_is_on_record_and_who_is_no_longer_counted_stays"
