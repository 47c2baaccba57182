"""The log keeps a key that somebody put into an address."""

FILE = "tracker/web/requests.py"
OLD = "            record.msg, record.args = kept, ()"
NEW = "            pass"
TEST = "tests/api/test_keys.py::test_a_key_in_an_address_is_refused_and_not_logged"
