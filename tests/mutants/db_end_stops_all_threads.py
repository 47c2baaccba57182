"""Whoever waits for the end of a snapshot keeps Python's lock meanwhile."""

FILE = "tracker/config/postgresql/base.py"
OLD = "                self.connection.wait(fetch_many(self.connection.pgconn))\n"
NEW = "                while self.connection.pgconn.get_result() is not None:\n                    pass\n"
TEST = "tests/api/test_head.py::test_while_the_end_of_a_snapshot_is_awaited_other_threads_go_on"
