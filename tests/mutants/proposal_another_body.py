"""Another proposal under an old idempotency key is lost without a word."""

FILE = "tracker/partners/proposals.py"
OLD = "    if earlier.fingerprint != fingerprint:"
NEW = "    if not earlier.fingerprint:"
TEST = "tests/api/test_proposals.py::test_another_body_under_the_same_idempotency_key_is_422"
