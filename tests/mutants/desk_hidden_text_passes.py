"""A copy that hides something is kept for the public though nobody looked."""

FILE = "tracker/actions/papers.py"
OLD = "    if redacted and redacted.findings and not findings_seen:\n"
NEW = "    if False and redacted:\n"
TEST = "tests/admin/test_papers.py::test_a_copy_that_hides_something_is_refused_until_somebody_looked"
