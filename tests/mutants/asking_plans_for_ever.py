"""A connection keeps the plan of every text that it was ever asked."""

FILE = "tracker/queries/asking.py"
OLD = "while len(self.names) > KEPT:"
NEW = "while False:"
TEST = "tests/api/test_asking.py::test_a_connection_keeps_so_many_plans_and_no_more"
