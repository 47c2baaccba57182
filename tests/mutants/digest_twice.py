"""The sweep of digests does not ask whether the day's is made."""

FILE = "tracker/alerts/digests.py"
OLD = "if run is None or run.finished_at >= since:"
NEW = "if run is None:"
TEST = "tests/alerts/test_digests.py::test_a_digest_is_made_once_a_day_after_seven"
