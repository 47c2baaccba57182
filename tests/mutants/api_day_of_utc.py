"""The day of an answer is that of Greenwich, not the register's."""

FILE = "api/conditional.py"
OLD = "return register_day(timezone.now())"
NEW = "return timezone.now().date()"
TEST = "tests/api/test_conditional.py::test_the_day_is_the_registers_own"
