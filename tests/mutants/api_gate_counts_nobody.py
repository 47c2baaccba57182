"""Whoever is served at the gate is not counted: no limit for who asks again."""

FILE = "api/gate.py"
OLD = "    if not admitted(request):\n        return None  # the view says so\n"
NEW = ""
TEST = "tests/api/test_limits.py::test_an_answer_that_is_held_is_counted_too"
