"""The form of those affected takes as many as are sent."""

FILE = "tracker/web/replies.py"
OLD = "        if not _limiter.ask("
NEW = "        if False and not _limiter.ask("
TEST = "tests/web/test_replies.py::test_the_form_takes_three_a_minute_from_one_address"
