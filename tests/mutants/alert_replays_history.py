"""Who subscribes is told of what was recorded before."""

FILE = "tracker/alerts/fanout.py"
OLD = "    WHERE s.created_at <= t.recorded_at\n      AND (t.is_public"
NEW = "    WHERE (t.is_public"
TEST = "tests/alerts/test_who_is_told.py::test_history_is_not_replayed_to_a_new_subscriber"
