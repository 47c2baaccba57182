"""A private line is told to partners."""

FILE = "tracker/alerts/fanout.py"
OLD = "      AND (t.is_public OR s.user_id IS NOT NULL)\n"
NEW = ""
TEST = "tests/alerts/test_interests.py::test_a_broken_promise_is_told_to_staff_first_and_to_everybody_after_a_check"
