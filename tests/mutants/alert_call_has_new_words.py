"""A call that waits is taken for a mail, which tells how it is now: its correction is dropped."""

FILE = "tracker/alerts/truth.py"
OLD = "(message.attempts or message.endpoint_id)"
NEW = "message.attempts"
TEST = "tests/alerts/test_told_wrong.py::test_a_call_with_an_old_position_is_followed_by_its_correction"
