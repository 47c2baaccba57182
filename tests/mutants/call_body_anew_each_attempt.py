"""The body is written anew for each attempt."""

FILE = "tracker/alerts/call_rows.py"
OLD = "    _fix_bodies([row for row in told if row.body is None])\n"
NEW = "    _fix_bodies(told)\n"
TEST = "tests/alerts/test_calls.py::test_a_retry_has_the_same_bytes_after_a_restore_too"
