"""A call is marked as sent when it is taken."""

FILE = "tracker/alerts/call_rows.py"
OLD = "UPDATE tracker_message m SET state = 'sending', attempts = attempts + 1, next_attempt_at = %(until)s\n"
NEW = "UPDATE tracker_message m SET state = 'sent', attempts = attempts + 1, next_attempt_at = %(until)s\n"
TEST = "tests/alerts/test_calls.py::test_what_a_killed_worker_left_is_sent_again_as_the_same_call"
