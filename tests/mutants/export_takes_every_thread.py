"""Any number of exports is made at once: slow callers take every thread there is."""

FILE = "api/exports.py"
OLD = "    if not slots.acquire(blocking=False):\n"
NEW = "    if not slots.acquire(blocking=True):\n"
TEST = "tests/api/test_exports_served.py::test_past_the_limit_it_is_503_and_short_requests_go_on"
