"""A text that could not be planned is taken for planned."""

FILE = "tracker/queries/asking.py"
OLD = "            del self.names[key]\n"
NEW = "            pass\n"
TEST = "tests/api/test_asking.py::test_a_text_that_could_not_be_planned_is_planned_anew"
