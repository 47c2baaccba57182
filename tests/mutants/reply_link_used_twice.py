"""A body's link opens again after it was used."""

FILE = "tracker/queries/replies.py"
OLD = "used_at=None, expires_at__gt=at"
NEW = "expires_at__gt=at"
TEST = "tests/web/test_replies.py::test_a_body_replies_once_and_a_look_uses_nothing_up"
