"""A key lives on after its last day."""

FILE = "tracker/partners/keys.py"
OLD = "    if key is None or not same or key.revoked_at is not None or key.expires_at <= at:"
NEW = "    if key is None or not same or key.revoked_at is not None:"
TEST = "tests/api/test_keys.py::test_a_key_ends_when_it_expires"
