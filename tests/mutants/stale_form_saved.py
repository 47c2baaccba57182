"""A stale form overwrites what somebody else has saved since."""

FILE = "tracker/actions/correcting.py"
OLD = "    if seen_line is not None and last_line(row) != seen_line:\n"
NEW = "    if False:\n"
TEST = "tests/actions/test_entering.py::test_a_stale_correction_is_refused_with_both_versions"
