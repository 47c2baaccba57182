"""Whatever key it is may do whatever there is to do."""

FILE = "api/authentication.py"
OLD = "        if wanted is not None and wanted not in key.scopes:"
NEW = "        if wanted is not None and not key.scopes:"
TEST = "tests/api/test_keys.py::test_a_key_does_what_its_scopes_say"
