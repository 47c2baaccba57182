"""The sweep does not ask whether a clerk holds the row."""

FILE = "tracker/actions/deadlines.py"
OLD = "                FOR UPDATE SKIP LOCKED\n"
NEW = ""
TEST = "tests/actions/test_sweep_concurrency.py::test_a_sweep_passes_over_whom_a_clerk_is_answering_and_comes_back"
