"""A key in an address goes on to the views, and their words, and the log."""

FILE = "api/middleware.py"
OLD = "_refuse_key if _holds_a_key(request) else answer"
NEW = '_refuse_key if _holds_a_key(request) and request.method == "POST" else answer'
TEST = "tests/api/test_keys.py::test_a_key_in_an_address_is_refused_and_not_logged"
