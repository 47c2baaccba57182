"""A day that nothing sets makes a body late."""

FILE = "tracker/actions/deadlines.py"
OLD = "if clock == Clock.ANSWER and strength == Strength.NONE:"
NEW = "if False:"
TEST = "tests/actions/test_what_stands.py::test_a_day_that_nothing_sets_is_not_set"
