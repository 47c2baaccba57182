"""The key itself stands in the database."""

FILE = "tracker/partners/keys.py"
OLD = "        digest=_digest(written),"
NEW = "        digest=written,"
TEST = "tests/api/test_keys.py::test_a_key_has_160_secret_bits_and_only_its_digest_is_kept"
