"""A day that has not come is answered."""

FILE = "api/fields.py"
OLD = '        if on > self.context["today"]:\n'
NEW = '        if on.year > self.context["today"].year + 1:\n'
TEST = "tests/api/test_problems.py::test_tomorrow_is_refused_and_today_is_not"
