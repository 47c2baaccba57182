"""A call is marked as sent when it is taken."""

FILE = "tracker/alerts/call_rows.py"
OLD = "SET state = 'sending', attempts = m.attempts + 1, next_attempt_at = %(until)s, body = coalesce(m.body, x.body)\n"
NEW = (
    "SET state = 'sent', sent_at = now(), attempts = m.attempts + 1, next_attempt_at = %(until)s,"
    " body = coalesce(m.body, x.body)\n"
)
TEST = "tests/alerts/test_calls.py::test_what_a_killed_worker_left_is_sent_again_as_the_same_call"
