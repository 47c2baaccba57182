"""A connection that was left in the midst of a journey is used again."""

FILE = "tracker/queries/asking.py"
OLD = "            self.server.close()\n            raise\n"
NEW = "            raise\n"
TEST = "tests/api/test_asking.py::test_a_journey_that_is_broken_off_leaves_no_answer_to_the_next"
