"""An answer is kept under a key that does not name the release."""

FILE = "api/conditional.py"
OLD = "        release(),\n        str"
NEW = '        "",\n        str'
TEST = "tests/api/test_kept_answers.py::test_a_new_release_gives_no_answer_of_an_old_one"
