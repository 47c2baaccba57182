"""A second sweep of the same day makes the mail once more."""

FILE = "tracker/alerts/reminders.py"
OLD = "AND n.due_on = p.due_on\n"
NEW = "AND n.created_at = %(at)s\n"
TEST = "tests/alerts/test_reminders.py::test_a_second_sweep_reminds_of_nothing_and_a_moved_deadline_reminds_again"
