"""Guesses at an account are counted by no process but the one that is asked."""

FILE = "tracker/signin/adapter.py"
OLD = "        if not all(granted):\n"
NEW = "        if False:\n"
TEST = (
    "tests/admin/test_signing_in.py::test_an_account_is_guessed_at_ten_times_a_minute_at_most_from_wherever"
)
