"""The answer is made before the caller is told that it has it."""

FILE = "api/conditional.py"
OLD = "            if tag in _held(request):\n"
NEW = "            if build(view, request, *args, moment=moment, **kwargs) and tag in _held(request):\n"
TEST = "tests/api/test_conditional.py::test_who_holds_the_answer_gets_304_before_anything_is_read"
