"""X-Forwarded-For is believed where no proxy stands in front."""

FILE = "tracker/partners/callers.py"
OLD = "    hops = settings.TRUSTED_PROXIES\n"
NEW = "    hops = max(settings.TRUSTED_PROXIES, 1)\n"
TEST = "tests/api/test_limits.py::test_no_header_of_the_callers_makes_another_of_them"
