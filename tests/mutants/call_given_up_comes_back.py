"""An endpoint that asks for a rest revives a call that was given up."""

FILE = "tracker/alerts/calls.py"
OLD = """        if refused.next_attempt_at is not None:  # what is given up stays so
            refused.next_attempt_at = max(refused.next_attempt_at, at + asked)
"""
NEW = """        refused.next_attempt_at = max(refused.next_attempt_at or at, at + asked)
"""
TEST = "tests/alerts/test_calls.py::test_ten_attempts_take_seventy_five_hours_or_more"
