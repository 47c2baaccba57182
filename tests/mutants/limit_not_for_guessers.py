"""Who tries keys is not counted."""

FILE = "api/authentication.py"
OLD = "            count_address(request)  # guessing is asking too\n"
NEW = ""
TEST = "tests/api/test_limits.py::test_a_key_is_counted_by_itself_and_a_wrong_one_by_the_address"
