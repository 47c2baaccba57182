"""A page is called gone at the first failure."""

FILE = "tracker/watching/looking.py"
OLD = "        if row.failures >= FAILURES:\n"
NEW = "        if row.failures >= 1:\n"
TEST = "tests/watching/test_looking.py::test_a_page_is_gone_after_three_failures_on_three_days[503]"
