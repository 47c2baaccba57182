"""What is refused for want of a key is not counted."""

FILE = "api/authentication.py"
OLD = "                Limits().allow_request(request, view)  # what is refused is counted too\n"
NEW = ""
TEST = "tests/api/test_limits.py::test_what_is_refused_is_counted_too"
