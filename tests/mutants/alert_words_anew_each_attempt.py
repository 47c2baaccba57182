"""A repeat of a mail has other words."""

FILE = "tracker/alerts/outbox.py"
OLD = "    if len(left) < len(notices) or reviewed or not message.text:\n"
NEW = "    if left:\n"
TEST = "tests/alerts/test_sending.py::test_a_dead_mail_server_delays_the_same_mail"
