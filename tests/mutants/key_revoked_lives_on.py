"""A key that was revoked still opens what it opened."""

FILE = "tracker/partners/keys.py"
OLD = "    if key is None or not same or key.revoked_at is not None or key.expires_at <= at:"
NEW = "    if key is None or not same or key.expires_at <= at:"
TEST = "tests/api/test_keys.py::test_a_key_that_is_revoked_opens_nothing_at_the_next_request"
