"""What the server says to the end of a snapshot is left for the next statement to stumble over."""

FILE = "tracker/config/postgresql/base.py"
OLD = "        self._settle()\n        super().ensure_connection()\n"
NEW = "        super().ensure_connection()\n"
TEST = "tests/api/test_head.py::test_the_end_of_a_snapshot_is_read_by_whoever_uses_the_connection_next"
