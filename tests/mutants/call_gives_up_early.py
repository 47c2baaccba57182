"""Two failures and a call is given up."""

FILE = "tracker/alerts/calls.py"
OLD = "    if call.attempts > len(call_rows.PAUSES):\n"
NEW = "    if call.attempts > 2:\n"
TEST = "tests/alerts/test_calls.py::test_ten_attempts_take_seventy_five_hours_or_more"
