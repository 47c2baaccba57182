"""What was answered to a key may be kept by any cache on the way."""

FILE = "api/middleware.py"
OLD = '        response.headers["Cache-Control"] = "private, no-store"'
NEW = '        response.headers.setdefault("Cache-Control", "private, no-store")'
TEST = "tests/api/test_keys.py::test_an_answer_to_a_key_is_nobody_elses_to_keep"
