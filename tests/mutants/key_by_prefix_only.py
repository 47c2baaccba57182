"""A key is known by the half that is no secret."""

FILE = "tracker/partners/keys.py"
OLD = '    same = hmac.compare_digest(_digest(written), key.digest if key else _digest(""))'
NEW = "    same = key is not None"
TEST = "tests/api/test_keys.py::test_what_is_not_the_whole_key_opens_nothing"
