"""What a killed worker may have sent is sent again while it is under review."""

FILE = "tracker/alerts/outbox.py"
OLD = "(found[n.pk].rests or not n.told)"
NEW = "not n.told"
TEST = "tests/alerts/test_contested.py::test_what_a_killed_worker_may_have_sent_is_not_sent_again_during_a_review"
