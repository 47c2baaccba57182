"""The answer is made before the caller is told that it has it."""

FILE = "api/gate.py"
OLD = "        if given is not None:\n            return given\n        response = answer(request)\n"
NEW = "        response = answer(request)\n        if given is not None:\n            return given\n"
TEST = "tests/api/test_conditional.py::test_who_holds_the_answer_gets_304_before_anything_is_read"
