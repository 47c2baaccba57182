"""What is said to be so by a day that has not come is entered."""

FILE = "tracker/actions/_checked.py"
OLD = "span.latest if span.precision == Precision.BY else span.earliest"
NEW = "span.earliest"
TEST = "tests/actions/test_what_stands.py::test_by_a_day_that_has_not_come_nothing_can_have_happened"
