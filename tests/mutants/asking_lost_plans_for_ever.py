"""Plans that the server threw away are believed to be there for as long as the connection is."""

FILE = "tracker/queries/asking.py"
OLD = "                self.names.clear()\n"
NEW = "                pass\n"
TEST = "tests/api/test_asking.py::test_plans_that_the_server_has_no_more_are_made_anew"
