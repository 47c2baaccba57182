"""A body's link works after its day."""

FILE = "tracker/queries/replies.py"
OLD = "used_at=None, expires_at__gt=at"
NEW = "used_at=None"
TEST = "tests/web/test_replies.py::test_an_expired_link_is_over"
