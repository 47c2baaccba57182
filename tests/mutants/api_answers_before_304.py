"""The answer is made before the caller is told that it has it."""

FILE = "api/gate.py"
OLD = "        return _at_the_gate(request) or answer(request)\n"
NEW = "        return (answer(request) and _at_the_gate(request)) or answer(request)\n"
TEST = "tests/api/test_conditional.py::test_who_holds_the_answer_gets_304_before_anything_is_read"
