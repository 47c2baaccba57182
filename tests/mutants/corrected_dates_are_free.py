"""A corrected date is not looked at as an entered one is."""

FILE = "tracker/actions/correcting.py"
OLD = "            dates_fit(each.fact, register_day(writing.at))"
NEW = "            pass"
TEST = "tests/actions/test_corrected_dates.py::test_of_a_response"
