"""An answer is kept under a key that does not name the day."""

FILE = "api/conditional.py"
OLD = "        today.isoformat(),\n"
NEW = '        "",\n'
TEST = "tests/api/test_kept_answers.py::test_midnight_makes_another_answer"
