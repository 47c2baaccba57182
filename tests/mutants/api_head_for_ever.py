"""The head that was asked for once is taken for the head from then on: what is withdrawn is told as standing."""

FILE = "tracker/queries/head.py"
OLD = "    if known is None or not 0 <= at - known[0] < LATELY:\n"
NEW = "    if known is None:\n"
TEST = "tests/api/test_head.py::test_one_question_serves_all_who_ask_within_a_moment_and_no_longer"
