"""A mail is tried for ever."""

FILE = "tracker/alerts/outbox.py"
OLD = "    if permanent or message.attempts > len(PAUSES):\n"
NEW = "    if permanent:\n"
TEST = "tests/alerts/test_sending.py::test_after_ten_attempts_in_three_days_it_is_given_up"
