"""Who lost their role still hears of private lines."""

FILE = "tracker/alerts/outbox.py"
OLD = "    if message.user and not message.user.role:\n"
NEW = "    if False:\n"
TEST = "tests/alerts/test_told_wrong.py::test_who_has_no_role_any_more_hears_of_no_private_line"
