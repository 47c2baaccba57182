"""The day of an answer is that of Greenwich, not the register's."""

FILE = "api/conditional.py"
OLD = "register_day(timezone.now()))"
NEW = "timezone.now().date())"
TEST = "tests/api/test_conditional.py::test_the_day_is_the_registers_own"
