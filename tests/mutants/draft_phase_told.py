"""The line that publishes an answer tells since when it was a draft."""

FILE = "tracker/actions/_publishing.py"
OLD = '        marks["recorded_at"] = at\n'
NEW = "        pass\n"
TEST = "tests/api/test_two_registers.py::test_a_register_with_drafts_answers_to_the_byte_as_one_without"
