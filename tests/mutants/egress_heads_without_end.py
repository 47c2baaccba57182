"""Only bodies are counted: heads are read for as long as they come."""

FILE = "tracker/egress/client.py"
OLD = "        if self.room < 0:\n"
NEW = "        if self.room < 0 and False:\n"
TEST = "tests/egress/test_client.py::test_an_answer_without_end_is_left_however_it_is_wrapped[hundreds]"
