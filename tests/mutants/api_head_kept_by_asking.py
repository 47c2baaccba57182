"""Each question makes the head that is known young again: as long as many ask, it stays as it was."""

FILE = "tracker/queries/head.py"
OLD = "        known = _lately.known = (at, public_head())\n"
NEW = "        known = _lately.known = (at, public_head())\n    _lately.known = (at, known[1])\n"
TEST = "tests/api/test_head.py::test_one_question_serves_all_who_ask_within_a_moment_and_no_longer"
