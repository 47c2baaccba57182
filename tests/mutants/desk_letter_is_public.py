"""What staff wrote to a body is told to the public with the step."""

FILE = "tracker/models/step.py"
OLD = 'frozenset({"note", "letter"})'
NEW = 'frozenset({"note"})'
TEST = "tests/admin/test_chasing.py::test_a_step_is_for_staff_until_it_is_published_and_stops_no_clock"
