"""X-Forwarded-For is believed where no proxy stands in front."""

FILE = "tracker/partners/callers.py"
OLD = "    hops, found = settings.TRUSTED_PROXIES, None\n"
NEW = "    hops, found = max(settings.TRUSTED_PROXIES, 1), None\n"
TEST = "tests/api/test_limits.py::test_no_header_of_the_callers_makes_another_of_them"
