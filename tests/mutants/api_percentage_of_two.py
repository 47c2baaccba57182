"""A percentage of two cases is told."""

FILE = "tracker/queries/scorecards.py"
OLD = "FEWEST_CASES = 5\n"
NEW = "FEWEST_CASES = 1\n"
TEST = "tests/api/test_scorecards.py::test_no_percentage_and_no_median_below_five_cases"
