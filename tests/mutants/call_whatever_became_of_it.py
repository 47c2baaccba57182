"""A call is made whether its news is still true or not."""

FILE = "tracker/alerts/call_rows.py"
OLD = "        if any(again) or any(verdict.tell for _, verdict in few):\n"
NEW = "        if few:\n"
TEST = "tests/alerts/test_calls.py::test_an_answer_withdrawn_before_a_retry_is_not_sent_and_neither_is_the_correction"
