"""A deadline that never was has been missed all the same."""

FILE = "tracker/actions/_clocks.py"
OLD = "return due is None or due > day"
NEW = "return due is not None and due > day"
TEST = "tests/actions/test_what_stands.py::test_a_deadline_goes_with_a_rule_that_was_withdrawn"
