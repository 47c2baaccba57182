"""An export reads at many moments."""

FILE = "api/exports.py"
OLD = "        opened.enter_context(snapshot())\n        with connection.cursor()"
NEW = "        with connection.cursor()"
TEST = "tests/api/test_exports_served.py::test_it_is_of_one_moment_whoever_writes_meanwhile"
