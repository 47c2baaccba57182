"""An answer is kept under a key that does not name the head it was read at."""

FILE = "api/conditional.py"
OLD = "        str(head.number),\n"
NEW = '        "",\n'
TEST = "tests/api/test_kept_answers.py::test_what_changes_is_told_at_once"
