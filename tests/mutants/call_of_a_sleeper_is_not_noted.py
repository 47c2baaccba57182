"""Nothing is noted while an endpoint is switched off: a replay cannot send it."""

FILE = "tracker/alerts/fanout.py"
OLD = " AND (p.disabled_at IS NULL OR p.disabled_at > %(kept)s))\n"
NEW = " AND p.disabled_at IS NULL)\n"
TEST = "tests/alerts/test_calls.py::test_what_happened_while_it_was_switched_off_is_sent_when_its_owner_asks"
