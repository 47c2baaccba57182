"""A reply that was counted and not read is an acceptance."""

FILE = "tracker/importing/saying.py"
OLD = '            reply["position"] = Position.UNREAD.value\n'
NEW = '            reply["position"] = Position.ACCEPTED.value\n'
TEST = (
    "tests/importing/test_feeds.py::test_due_is_the_date_and_56_days_and_overdue_exactly_from_the_day_after"
)
