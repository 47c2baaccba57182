"""Each process counts for itself: two of them grant twice the limit."""

FILE = "tracker/partners/limits.py"
OLD = "    drawn = max(0, min(draw, limit - (granted - draw)))"
NEW = "    drawn = draw"
TEST = "tests/api/test_limits.py::test_several_processes_together_grant_no_more_than_the_limit"
