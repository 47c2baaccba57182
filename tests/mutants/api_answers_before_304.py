"""The answer is made before the caller is told that it has it."""

FILE = "api/conditional.py"
OLD = "        return _at_the_gate(request) or view(request, *args, **kwargs)\n"
NEW = "        return (view(request, *args, **kwargs) and _at_the_gate(request)) or view(request, *args, **kwargs)\n"
TEST = "tests/api/test_conditional.py::test_who_holds_the_answer_gets_304_before_anything_is_read"
