"""A deadline stays where the date it was worked out from was wrong."""

FILE = "tracker/actions/correcting.py"
OLD = "[Correction(row, values) for row, values in moved_with(before)]"
NEW = "[]"
TEST = "tests/actions/test_what_stands.py::test_a_deadline_moves_with_the_date_of_its_report"
