"""What Django itself refuses under /api/ is told in HTML."""

FILE = "api/middleware.py"
OLD = "            response = _as_problem(response)\n"
NEW = "            pass\n"
TEST = "tests/api/test_manners.py::test_a_refused_host_is_told_as_any_problem"
