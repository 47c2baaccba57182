"""A caller is whoever it says it is in X-Forwarded-For."""

FILE = "tracker/partners/callers.py"
OLD = "        written = forwarded[-min(hops, len(forwarded))]"
NEW = "        written = forwarded[0]"
TEST = "tests/api/test_limits.py::test_no_header_of_the_callers_makes_another_of_them"
