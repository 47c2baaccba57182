"""A call is marked as sent when it is taken."""

FILE = "tracker/alerts/call_rows.py"
OLD = '        state=MessageState.SENDING, attempts=F("attempts") + 1, next_attempt_at=at + LEASE\n'
NEW = '        state=MessageState.SENT, sent_at=at, attempts=F("attempts") + 1, next_attempt_at=at + LEASE\n'
TEST = "tests/alerts/test_calls.py::test_what_a_killed_worker_left_is_sent_again_as_the_same_call"
