"""A key in an address goes on to the views, and their words, and the log."""

FILE = "api/middleware.py"
OLD = "        if _holds_a_key(request):"
NEW = '        if _holds_a_key(request) and request.method == "POST":'
TEST = "tests/api/test_keys.py::test_a_key_in_an_address_is_refused_and_not_logged"
