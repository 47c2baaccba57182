"""A reminder that waits to be sent goes out though the deadline was moved since."""

FILE = "tracker/alerts/truth.py"
OLD = "    if due != notice.due_on:"
NEW = "    if due is None:"
TEST = "tests/alerts/test_reminders.py::test_what_is_over_when_its_time_comes_is_not_sent"
