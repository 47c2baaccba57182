"""Who subscribes is told all that ever happened."""

FILE = "tracker/alerts/outbox.py"
OLD = "        if one.created_at <= line.recorded_at\n"
NEW = ""
TEST = "tests/alerts/test_who_is_told.py::test_history_is_not_replayed_to_a_new_subscriber"
