"""The answer is made before the caller is told that it has it."""

FILE = "api/conditional.py"
OLD = "        if held and tag in _tags(held):\n"
NEW = "        if build(view, request, *args, moment=_moment(public_head()), **kwargs) and tag in _tags(held):\n"
TEST = "tests/api/test_conditional.py::test_who_holds_the_answer_gets_304_before_anything_is_read"
