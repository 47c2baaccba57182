"""The last day is late."""

FILE = "tracker/deadlines.py"
OLD = "    return due_on is not None and due_on < on\n"
NEW = "    return due_on is not None and due_on <= on\n"
TEST = "tests/rules/test_statuses.py::test_overdue_begins_the_day_after_the_deadline"
